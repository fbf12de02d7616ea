export { inspectStore, type StoredText, type StoreInspection } from './inspect.js';
export { type Counts, VectorStore } from './store.js';
