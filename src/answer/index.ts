export { ask } from './answer.js';
export type { Calibration, Coefficients, Judges } from './confidence.js';
export { EVIDENCE, evidenceOf } from './evidence.js';
export { bestExtract } from './quote.js';
export type { Answer, Citation, Question, Quotation } from './types.js';
