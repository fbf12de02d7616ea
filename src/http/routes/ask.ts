import { Hono } from 'hono';
import { jsonBody } from '../body.js';
import { parse } from '../problems.js';
import { askBody } from '../schemas.js';
import { since } from '../took.js';
import type { RouteOptions } from './options.js';

/** A question, answered with quotations or refused. */
export function ask({ ready }: RouteOptions): Hono {
  return new Hono().post('/v1/ask', async (c) => {
    const responder = ready();
    const started = performance.now();
    const { question, ...rest } = parse(askBody, await jsonBody(c));
    const view = await responder.ask({ text: question, ...rest }, { signal: c.req.raw.signal });
    return c.json({ ...view, tookMs: since(started) });
  });
}
