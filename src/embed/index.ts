export { BUNDLED } from './bundled.js';
export { LocalEmbeddings } from './embeddings.js';
export type { ModelOptions } from './model.js';
export type { ModelProfile, Pooling, Progress } from './types.js';
