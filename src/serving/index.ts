export { requestKey } from './cache.js';
export { type BuildProgress, type Operations, Serving, type ServingStats } from './serving.js';
