export { accessLog } from './access-log.js';
export { createMetrics, type Metrics } from './metrics.js';
export { type AccessEntry, observe } from './observe.js';
