import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { RecordDocument } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import { retrieve } from '../retrieve/index.js';
import type { Service } from '../service.js';
import { verify } from '../verify/index.js';
import { pages } from './pages.js';
import { parse, problem, problemOf } from './problems.js';
import { askBody, searchQuery, verifyBody } from './schemas.js';
import {
  answerView,
  documentDetailView,
  documentView,
  keyOf,
  paragraphView,
  searchView,
  verifyView,
} from './views.js';

/** Longest request body, in bytes: the longest quotation with every character as a pair of escapes, and its JSON. */
const MAX_BODY = 128 * 1024;

export interface AppOptions {
  /** The service, or null and why while questions cannot be answered yet. */
  readonly service: () => { readonly ready: Service } | { readonly ready: null; readonly reason: string };
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown) => void;
}

/** The HTTP interface. */
export function createApp({ service, onError }: AppOptions): Hono {
  const app = new Hono();
  const ready = (): Service => {
    const state = service();
    if (!state.ready)
      throw new ParaciteError('not_ready', `questions cannot be answered yet: ${state.reason}`);
    return state.ready;
  };
  const documentOf = (c: Context): RecordDocument => {
    const id = c.req.param('id');
    const document = ready().index.documents.find(({ metadata }) => metadata.id === id);
    if (!document) throw new ParaciteError('not_found', `no document "${id}"; GET /v1/documents lists them`);
    return document;
  };

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      onError: () => {
        throw new ParaciteError('too_large', `the request body is larger than ${MAX_BODY} bytes`);
      },
    }),
  );
  app.onError((error, c) => problemOf(error, c, onError));
  app.notFound((c) => problem(c, 404, `nothing at ${c.req.path}; README.md lists what there is`));

  app.get('/healthz', (c) => c.json({ status: 'up' }));
  app.get('/readyz', (c) => c.json({ status: 'ready', index: ready().index.manifest.identity }));

  app.get('/v1/search', async (c) => {
    const { index } = ready();
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
    const retrieval = await retrieve(index, {
      text: query.q,
      limit: query.limit,
      filters,
      scope: query.scope,
    });
    return c.json(searchView(index, retrieval, query.q, performance.now() - started));
  });

  app.post('/v1/ask', async (c) => {
    const opened = ready();
    const started = performance.now();
    const { question, ...rest } = parse(askBody, await jsonBody(c));
    const answer = await opened.ask({ text: question, ...rest });
    return c.json(answerView(opened.index, answer, question, performance.now() - started));
  });

  app.post('/v1/verify', async (c) => {
    const { index } = ready();
    const claim = parse(verifyBody, await jsonBody(c));
    return c.json(verifyView(verify(index.documents, { ...claim, paragraph: claim.paragraph ?? null })));
  });

  app.get('/v1/documents', (c) => c.json({ documents: ready().index.documents.map(documentView) }));
  app.get('/v1/documents/:id', (c) => c.json(documentDetailView(documentOf(c))));
  app.get('/v1/documents/:id/source', (c) =>
    c.body(documentOf(c).source, 200, { 'Content-Type': 'text/plain; charset=utf-8' }),
  );
  app.get('/v1/documents/:id/paragraphs/:n', (c) => {
    const document = documentOf(c);
    const n = c.req.param('n');
    const paragraph = document.paragraphs.find((candidate) => keyOf(candidate) === n);
    if (!paragraph) {
      const last = document.paragraphs.at(-1)?.number ?? 0;
      throw new ParaciteError('not_found', `no paragraph "${n}"; there are 1 to ${last}, and front-matter`);
    }
    return c.json(paragraphView(document, paragraph));
  });

  pages(app, { ready, documentOf });

  for (const { method, path } of [...app.routes]) {
    if (method !== 'ALL') {
      app.all(path, (c) =>
        problem(c, 405, `${c.req.method} is not possible here; use ${method}`, { Allow: method }),
      );
    }
  }
  return app;
}

async function jsonBody(c: Context): Promise<unknown> {
  const type = c.req.header('Content-Type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/iu.test(type)) {
    throw new ParaciteError('unsupported_media_type', 'send the body as application/json');
  }
  const bytes = await c.req.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ParaciteError('bad_request', `the body is not valid JSON in UTF-8: ${messageOf(error)}`);
  }
}
