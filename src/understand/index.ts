export type { Rewriter, Understood } from './types.js';
export { MAX_UNDERSTOOD, understand, understoodByRule } from './understand.js';
