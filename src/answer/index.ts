export { ask, RUNNER_UP, RUNNER_UP_THEME } from './answer.js';
export { type Confidence, confidenceOf, thresholdOf } from './confidence.js';
export { EVIDENCE, evidenceOf } from './evidence.js';
export { bestExtract, type Extract, extractOf, extracts, quotedOf, runsOf } from './quote.js';
export type { Answer, Calibration, Citation, Coefficients, Judges, Question, Quotation } from './types.js';
