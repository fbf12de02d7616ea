import { type Context, Hono } from 'hono';
import { documentDetailView, documentView, paragraphView } from '../../response/index.js';
import { findParagraph } from '../find.js';
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
      return said(c, paragraphView(document, findParagraph(document, c.req.param('n'))));
    });
}

function said(c: Context, view: object): Response {
  return unlessKnown(c, validatorOf(view), () => c.json(view));
}
