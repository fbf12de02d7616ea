import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { requestId } from 'hono/request-id';
import type { Config } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import { type Writer, written } from '../generate/index.js';
import type { Responder } from '../response/index.js';
import type { Operations } from '../serving/index.js';
import { accessOf, onlyKnownOrigins } from './access/index.js';
import { openAiErrors } from './chat/index.js';
import { safeHeaders } from './headers.js';
import { sizeLimit, targetLimit } from './limits.js';
import { type AccessEntry, createMetrics, observe } from './observe/index.js';
import { openAssets, pages, problemPages } from './pages/index.js';
import { problem, problemOf } from './problems.js';
import { api, type RouteOptions } from './routes/index.js';

/** Longest id that a client may give its request, in characters. */
const MAX_REQUEST_ID = 128;

/** How long a browser may keep the answer to a preflight, in seconds. */
const PREFLIGHT_SECONDS = 600;

/** Settings that the interface itself follows. */
export type AppSettings = Pick<
  Config,
  'apiKeys' | 'corsOrigins' | 'host' | 'logQuestions' | 'rateLimitPerMinute' | 'trustedProxies'
>;

/** Open to everyone who gets here, without a limit. */
const OPEN: AppSettings = {
  apiKeys: [],
  corsOrigins: [],
  host: '127.0.0.1',
  logQuestions: false,
  rateLimitPerMinute: 0,
  trustedProxies: 0,
};

export interface AppOptions {
  /** What answers, or null and why while questions cannot be answered yet. */
  readonly responder: () => { readonly ready: Responder } | { readonly ready: null; readonly reason: string };
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown, requestId?: string) => void;
  /** Told of every request once it has its answer. */
  readonly onRequest?: (entry: AccessEntry) => void;
  readonly settings?: AppSettings;
  /** What an operator may have done; nothing where left out. */
  readonly operations?: Operations;
  /** What writes answers; without it they are quotations only. */
  readonly writer?: Writer | null;
}

/** The HTTP interface. @throws ParaciteError `config` where the pages' scripts are not compiled */
export function createApp({
  responder,
  onError,
  onRequest = () => undefined,
  settings = OPEN,
  operations,
  writer = null,
}: AppOptions): Hono {
  const { apiKeys, corsOrigins, logQuestions, rateLimitPerMinute, trustedProxies } = settings;
  const app = new Hono();
  const assets = openAssets();
  const metrics = createMetrics(() => responder().ready, { operations, writer });
  const ready = (): Responder => {
    const state = responder();
    if (!state.ready)
      throw new ParaciteError('not_ready', `questions cannot be answered yet: ${state.reason}`);
    return metrics.counted(written(state.ready, writer));
  };
  const documentOf = (c: Context): RecordDocument => {
    const id = c.req.param('id');
    const document = ready().documents.find(({ metadata }) => metadata.id === id);
    if (!document) throw new ParaciteError('not_found', `no document "${id}"; GET /v1/documents lists them`);
    return document;
  };

  const { guard, routes: signIn } = accessOf({
    apiKeys,
    rateLimitPerMinute,
    trustedProxies,
    stylesheet: assets.url('style.css'),
  });
  app.use(requestId({ limitLength: MAX_REQUEST_ID }));
  app.use(observe({ metrics, onRequest, logQuestions }));
  app.use(safeHeaders(trustedProxies));
  for (const path of ['/v1/chat/completions', '/v1/models', '/v1/models/*']) app.use(path, openAiErrors);
  app.use(targetLimit);
  if (corsOrigins.length > 0) {
    for (const path of ['/v1/*', '/mcp', '/openapi.json']) app.use(path, crossOrigin(corsOrigins));
  }
  app.use(problemPages(assets));
  app.use(guard);
  app.use('/mcp', onlyKnownOrigins(settings));
  app.use(sizeLimit);
  app.onError((error, c) => problemOf(error, c, (cause) => onError(cause, c.get('requestId'))));
  app.notFound((c) => problem(c, 404, `nothing at ${c.req.path}; /openapi.json lists what there is`));

  const options: RouteOptions = {
    ready,
    documentOf,
    onError,
    metrics,
    operations: operations ?? null,
    closed: apiKeys.length > 0,
    trustedProxies,
  };
  app.route('/', api(options));
  app.route('/', signIn);
  app.route('/', pages({ ...options, assets }));

  const allowed = new Map<string, string[]>();
  for (const { method, path } of app.routes) {
    if (method !== 'ALL') allowed.set(path, [...(allowed.get(path) ?? []), method]);
  }
  for (const [path, methods] of allowed) {
    const allow = [...new Set(methods)].join(', ');
    app.all(path, (c) =>
      problem(c, 405, `${c.req.method} is not possible here; use ${allow}`, { Allow: allow }),
    );
  }
  return app;
}

/** Lets scripts of other origins read answers, but never with a cookie. */
function crossOrigin(origins: readonly string[]) {
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'Mcp-Protocol-Version', 'X-Request-Id'],
    exposeHeaders: [
      'ETag',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: PREFLIGHT_SECONDS,
  });
}
