import { Hono } from 'hono';
import { parse } from '../problems.js';
import { searchQuery } from '../schemas.js';
import { since } from '../took.js';
import { unlessKnown, weakValidatorOf } from '../validators.js';
import type { RouteOptions } from './options.js';

/** The paragraphs nearest to a query. */
export function search({ ready }: RouteOptions): Hono {
  return new Hono().get('/v1/search', async (c) => {
    const responder = ready();
    const started = performance.now();
    const asked = c.req.queries();
    const query = parse(searchQuery, {
      ...c.req.query(),
      year: asked.year ?? [],
      document: asked.document ?? [],
      section: asked.section ?? [],
    });
    const filters = {
      documents: query.document,
      years: query.year,
      sections: query.section,
      paragraphs: null,
    };
    const { limit, scope } = query;
    const view = await responder.search(
      { text: query.q, limit, filters, scope },
      { signal: c.req.raw.signal },
    );
    return unlessKnown(c, weakValidatorOf(view), () => c.json({ ...view, tookMs: since(started) }));
  });
}
