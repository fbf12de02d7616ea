import { prepareIndex } from './service.js';

/** Exports the encoder and builds the index once, so that test files which run side by side find them in the cache. */
export default async function setup(): Promise<void> {
  await prepareIndex();
}
