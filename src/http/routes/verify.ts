import { Hono } from 'hono';
import { jsonBody } from '../body.js';
import { parse } from '../problems.js';
import { verifyBody } from '../schemas.js';
import type { RouteOptions } from './options.js';

/** A quotation, compared with the record. */
export function verification({ ready }: RouteOptions): Hono {
  return new Hono().post('/v1/verify', async (c) => {
    const responder = ready();
    const { paragraph = null, ...claim } = parse(verifyBody, await jsonBody(c));
    return c.json(await responder.verify({ ...claim, paragraph }, { signal: c.req.raw.signal }));
  });
}
