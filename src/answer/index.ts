export { ask } from './answer.js';
export { thresholdOf } from './confidence.js';
export { EVIDENCE, evidenceOf } from './evidence.js';
export { bestExtract } from './quote.js';
export type { Answer, Calibration, Citation, Coefficients, Judges, Question, Quotation } from './types.js';
