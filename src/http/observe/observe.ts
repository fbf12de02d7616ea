import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { since } from '../took.js';
import type { Metrics } from './metrics.js';

/** Every path that is none of ours. */
const NO_ROUTE = 'none';
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What the access log has of a request. */
export interface AccessEntry {
  readonly requestId: string;
  readonly method: string;
  /** Pattern of the route, "none" where there is none. */
  readonly route: string;
  /** Without what is asked; left out where there is nothing at it, because anything can stand in it. */
  readonly path?: string;
  readonly status: number;
  /** Until the answer began, in milliseconds. */
  readonly tookMs: number;
  /** Name of the key, "key-1" for the first, where one was shown. */
  readonly client?: string;
  /** Only where the client was refused for who it is or how much it asks. */
  readonly address?: string;
  /** Only where the settings allow it. */
  readonly question?: string;
}

export interface ObserveOptions {
  readonly metrics: Metrics;
  readonly onRequest: (entry: AccessEntry) => void;
  readonly logQuestions: boolean;
}

/** Counts and tells of every request once it has its answer. */
export function observe({ metrics, onRequest, logQuestions }: ObserveOptions): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    metrics.started();
    let answered = false;
    try {
      await next();
      answered = true;
    } finally {
      const tookMs = since(started);
      const pattern = routePath(c, -1);
      const known = !pattern.includes('*');
      const route = known ? pattern : NO_ROUTE;
      const method = METHODS.has(c.req.method) ? c.req.method : 'other';
      const status = answered ? c.res.status : 500;
      metrics.finished({ route, method, status, seconds: tookMs / 1000 });
      const client = c.get('client');
      const question = logQuestions ? (c.get('question') ?? c.req.query('q')) : undefined;
      onRequest({
        requestId: c.get('requestId'),
        method,
        route,
        ...(known && status !== 404 && { path: c.req.path }),
        status,
        tookMs,
        ...(client && { client }),
        ...((status === 401 || status === 429) && { address: c.get('address') }),
        ...(question && { question }),
      });
    }
  };
}
