export { ask } from './answer.js';
export { DEFAULT_ABSTAIN_THRESHOLD } from './confidence.js';
export { bestExtract } from './quote.js';
export type { Answer, Citation, Question, Quotation } from './types.js';
