import { Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import { documentDetailView, documentView, keyOf, paragraphView } from '../../response/index.js';
import { validated } from '../etag.js';
import type { RouteOptions } from './options.js';

/** The documents as they are: metadata, outline, paragraphs, source. */
export function documents({ ready, documentOf }: RouteOptions): Hono {
  return new Hono()
    .get('/v1/documents', validated(), (c) => c.json({ documents: ready().documents.map(documentView) }))
    .get('/v1/documents/:id', validated(), (c) => c.json(documentDetailView(documentOf(c))))
    .get('/v1/documents/:id/source', validated(), (c) =>
      c.body(documentOf(c).source, 200, { 'Content-Type': 'text/plain; charset=utf-8' }),
    )
    .get('/v1/documents/:id/paragraphs/:n', validated(), (c) => {
      const document = documentOf(c);
      const n = c.req.param('n');
      const paragraph = document.paragraphs.find((candidate) => keyOf(candidate) === n);
      if (!paragraph) {
        const last = document.paragraphs.at(-1)?.number ?? 0;
        throw new ParaciteError('not_found', `no paragraph "${n}"; there are 1 to ${last}, and front-matter`);
      }
      return c.json(paragraphView(document, paragraph));
    });
}
