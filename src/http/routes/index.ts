import { Hono } from 'hono';
import { admin } from './admin.js';
import { ask } from './ask.js';
import { chat } from './chat.js';
import { contractRoutes } from './contract.js';
import { digest } from './digest.js';
import { documents } from './documents.js';
import { health } from './health.js';
import { mcp } from './mcp.js';
import { metricsRoute } from './metrics.js';
import type { RouteOptions } from './options.js';
import { search } from './search.js';
import { verification } from './verify.js';

export type { RouteOptions } from './options.js';

/** Every operation of the interface for programs, each in a file of its own. */
export function api(options: RouteOptions): Hono {
  const app = new Hono();
  for (const routes of [
    health,
    search,
    ask,
    digest,
    verification,
    documents,
    mcp,
    chat,
    admin,
    metricsRoute,
    contractRoutes,
  ])
    app.route('/', routes(options));
  return app;
}
