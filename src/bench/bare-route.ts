import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** A Hono server that does nothing but read JSON and write it: what the framework alone costs. */
const app = new Hono()
  .get('/healthz', (c) => c.json({ status: 'up' }))
  .post('/v1/ask', async (c) => c.json(await c.req.json()));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) });
