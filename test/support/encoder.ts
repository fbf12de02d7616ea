import { LocalEmbeddings } from '../../src/embed/index.js';
import { MODEL_CACHE } from './fixtures.js';

/** The bundled encoder. */
export function openEncoder(): Promise<LocalEmbeddings> {
  return LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
}
