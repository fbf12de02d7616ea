import { build } from './build.js';
import { prepareIndex } from './service.js';

/**
 * Compiles the program and the pages' scripts, exports the encoder and builds the index once, so that test files which
 * run side by side find them.
 */
export default async function setup(): Promise<void> {
  await build();
  await prepareIndex();
}
