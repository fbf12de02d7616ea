import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { RecordDocument } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import type { Responder } from '../response/index.js';
import type { Operations } from '../serving/index.js';
import { pages } from './pages/index.js';
import { problem, problemOf } from './problems.js';
import { api, type RouteOptions } from './routes/index.js';

/** Longest request body, in bytes: the longest quotation with every character as a pair of escapes, and its JSON. */
const MAX_BODY = 128 * 1024;

export interface AppOptions {
  /** What answers, or null and why while questions cannot be answered yet. */
  readonly responder: () => { readonly ready: Responder } | { readonly ready: null; readonly reason: string };
  /** What an operator can do and see; undefined where there is only a responder. */
  readonly operations?: Operations;
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown) => void;
}

/** The HTTP interface. */
export function createApp({ responder, operations, onError }: AppOptions): Hono {
  const app = new Hono();
  const ready = (): Responder => {
    const state = responder();
    if (!state.ready)
      throw new ParaciteError('not_ready', `questions cannot be answered yet: ${state.reason}`);
    return state.ready;
  };
  const documentOf = (c: Context): RecordDocument => {
    const id = c.req.param('id');
    const document = ready().documents.find(({ metadata }) => metadata.id === id);
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

  const options: RouteOptions = { ready, documentOf, operations: operations ?? null };
  app.route('/', api(options));
  app.route('/', pages(options));

  for (const { method, path } of [...app.routes]) {
    if (method !== 'ALL') {
      app.all(path, (c) =>
        problem(c, 405, `${c.req.method} is not possible here; use ${method}`, { Allow: method }),
      );
    }
  }
  return app;
}
