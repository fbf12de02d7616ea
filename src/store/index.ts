export { type Counts, VectorStore } from './store.js';
