export type { DatabaseOptions } from './database.js';
export { PostgresStore } from './store.js';
