export { BUNDLED } from './bundled.js';
export { type EmbeddingsOptions, LocalEmbeddings } from './embeddings.js';
export type { ModelOptions } from './model.js';
export { encodingProcesses } from './processes.js';
export type { ModelProfile, Pooling, Progress } from './types.js';
