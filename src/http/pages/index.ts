import { Hono } from 'hono';
import { askPage } from './ask.js';
import { digestPage } from './digest.js';
import { documentsPage } from './documents.js';
import type { PageOptions } from './options.js';
import { readPage } from './read.js';
import { searchPage } from './search.js';
import { verifyPage } from './verify.js';

export { openAssets } from './assets.js';
export type { PageOptions } from './options.js';
export { problemPages } from './problem.js';

/** What a person sees, each page in a file of its own: server-rendered, whole without scripts, nothing from elsewhere. */
export function pages(options: PageOptions): Hono {
  const app = new Hono();
  app.route('/', options.assets.routes);
  for (const page of [askPage, searchPage, verifyPage, digestPage, documentsPage, readPage]) {
    app.route('/', page(options));
  }
  return app;
}
