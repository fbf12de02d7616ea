import { createRequire } from 'node:module';
import type hnswlib from 'hnswlib-node';
import { ParaciteError } from '../errors.js';

/** The compiled HNSW graphs. */
export const graphs = load();

/** @throws ParaciteError `index` with what to do, where they were not compiled when they were installed */
function load(): typeof hnswlib {
  try {
    return createRequire(import.meta.url)('hnswlib-node') as typeof hnswlib;
  } catch (cause) {
    throw new ParaciteError(
      'index',
      'the vector index (hnswlib-node) was not compiled when it was installed: with a C++ compiler, make and python3 there, ' +
        'run npm rebuild hnswlib-node (where npm asks for consent, npm install-scripts approve hnswlib-node before it)',
      { cause },
    );
  }
}
