export { readVerifyCases } from './read.js';
export { type CheckedCase, checkCases, type VerifyFigures, verifyFigures, verifyGateFigures } from './run.js';
export { verifyTable } from './table.js';
export { HALVES, type Half, halfOf, type VerifyCase } from './types.js';
