import { type Context, Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import { documentDetailView, documentView, keyOf, paragraphView } from '../../response/index.js';
import { unlessKnown, validatorOf } from '../validators.js';
import type { RouteOptions } from './options.js';

/** The documents as they are: metadata, outline, paragraphs, source. */
export function documents({ ready, documentOf }: RouteOptions): Hono {
  return new Hono()
    .get('/v1/documents', (c) => said(c, { documents: ready().documents.map(documentView) }))
    .get('/v1/documents/:id', (c) => said(c, documentDetailView(documentOf(c))))
    .get('/v1/documents/:id/source', (c) => {
      const { source, sha256 } = documentOf(c);
      return unlessKnown(c, `"${sha256}"`, () =>
        c.body(source, 200, { 'Content-Type': 'text/plain; charset=utf-8' }),
      );
    })
    .get('/v1/documents/:id/paragraphs/:n', (c) => {
      const document = documentOf(c);
      const n = c.req.param('n');
      const paragraph = document.paragraphs.find((candidate) => keyOf(candidate) === n);
      if (!paragraph) {
        const last = document.paragraphs.at(-1)?.number ?? 0;
        throw new ParaciteError('not_found', `no paragraph "${n}"; there are 1 to ${last}, and front-matter`);
      }
      return said(c, paragraphView(document, paragraph));
    });
}

function said(c: Context, view: object): Response {
  return unlessKnown(c, validatorOf(view), () => c.json(view));
}
