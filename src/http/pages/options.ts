import type { RouteOptions } from '../routes/index.js';
import type { Assets } from './assets.js';

/** What pages are given. */
export interface PageOptions extends RouteOptions {
  readonly assets: Assets;
}
