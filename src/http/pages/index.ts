import { Hono } from 'hono';
import type { RouteOptions } from '../routes/index.js';
import { askPage } from './ask.js';
import { openAssets } from './assets.js';
import { digestPage } from './digest.js';
import { readPage } from './read.js';

/** What a person sees, each page in a file of its own: server-rendered, whole without scripts, nothing from elsewhere. */
export function pages(options: RouteOptions): Hono {
  const assets = openAssets();
  const app = new Hono();
  app.route('/', assets.routes);
  for (const page of [askPage, readPage, digestPage]) app.route('/', page({ ...options, assets }));
  return app;
}
