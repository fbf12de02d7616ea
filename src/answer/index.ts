export { ask } from './answer.js';
export { type Calibration, type Coefficients, type Judges, thresholdOf } from './confidence.js';
export { EVIDENCE, evidenceOf } from './evidence.js';
export { bestExtract } from './quote.js';
export type { Answer, Citation, Question, Quotation } from './types.js';
