import { Hono } from 'hono';
import { parseSearch } from '../search-query.js';
import { since } from '../took.js';
import { unlessKnown, weakValidatorOf } from '../validators.js';
import type { RouteOptions } from './options.js';

/** The paragraphs nearest to a query. */
export function search({ ready }: RouteOptions): Hono {
  return new Hono().get('/v1/search', async (c) => {
    const responder = ready();
    const started = performance.now();
    const view = await responder.search(parseSearch(c.req.queries()), { signal: c.req.raw.signal });
    return unlessKnown(c, weakValidatorOf(view), () => c.json({ ...view, tookMs: since(started) }));
  });
}
