import { LocalEmbeddings } from '../../src/embed/index.js';
import { MODEL_CACHE } from './fixtures.js';

/** Exports the encoder once, so that test files which run side by side find it in the cache. */
export default async function setup(): Promise<void> {
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
  await embeddings.close();
}
