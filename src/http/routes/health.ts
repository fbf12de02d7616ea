import { Hono } from 'hono';
import type { RouteOptions } from './options.js';

/** Whether the process is up, and whether questions can be answered. */
export function health({ ready }: RouteOptions): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'up' }))
    .get('/readyz', (c) => c.json({ status: 'ready', index: ready().identity }));
}
