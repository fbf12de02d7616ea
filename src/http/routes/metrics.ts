import { Hono } from 'hono';
import type { RouteOptions } from './options.js';

/** Counts and times for Prometheus. Needs a key where keys are set: a proxy on this machine makes everyone look local. */
export function metricsRoute({ metrics }: RouteOptions): Hono {
  return new Hono().get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );
}
