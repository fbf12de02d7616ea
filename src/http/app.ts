import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { RecordDocument } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import type { Responder } from '../response/index.js';
import type { Operations } from '../serving/index.js';
import { openAssets, pages, problemPages } from './pages/index.js';
import { problem, problemOf } from './problems.js';
import { api, type RouteOptions } from './routes/index.js';

/** Longest request body, in bytes: the longest quotation with every character as a pair of escapes, and its JSON. */
const MAX_BODY = 128 * 1024;
/** The same for the longest draft. */
const MAX_DRAFT_BODY = 2560 * 1024;
/** Where drafts are sent to. */
const DRAFT_PATHS: readonly string[] = ['/v1/verify', '/verify'];

export interface AppOptions {
  /** What answers, or null and why while questions cannot be answered yet. */
  readonly responder: () => { readonly ready: Responder } | { readonly ready: null; readonly reason: string };
  /** What an operator can do and see; undefined where there is only a responder. */
  readonly operations?: Operations;
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown) => void;
}

/** The HTTP interface. @throws ParaciteError `config` where the pages' scripts are not compiled */
export function createApp({ responder, operations, onError }: AppOptions): Hono {
  const app = new Hono();
  const assets = openAssets();
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
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        // The empty icon: no request for /favicon.ico.
        imgSrc: ['data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  app.use(problemPages(assets));
  const limit = bodyLimitOf(MAX_BODY);
  const draftLimit = bodyLimitOf(MAX_DRAFT_BODY);
  app.use((c, next) => (DRAFT_PATHS.includes(c.req.path) ? draftLimit : limit)(c, next));
  app.onError((error, c) => problemOf(error, c, onError));
  app.notFound((c) => problem(c, 404, `nothing at ${c.req.path}; README.md lists what there is`));

  const options: RouteOptions = { ready, documentOf, operations: operations ?? null };
  app.route('/', api(options));
  app.route('/', pages({ ...options, assets }));

  const methods = new Map<string, string[]>();
  for (const { method, path } of app.routes) {
    if (method !== 'ALL') methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, possible] of methods) {
    app.all(path, (c) =>
      problem(c, 405, `${c.req.method} is not possible here; use ${possible.join(' or ')}`, {
        Allow: possible.join(', '),
      }),
    );
  }
  return app;
}

function bodyLimitOf(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new ParaciteError('too_large', `the request body is larger than ${maxSize} bytes`);
    },
  });
}
