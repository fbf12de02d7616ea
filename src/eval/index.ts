export { calibrate } from './calibrate.js';
export { type EvaluateOptions, evaluate, type SetResult, withoutSidecar } from './evaluate.js';
export { gateFigures, missedGates, readGates } from './gates.js';
export { readSet } from './run.js';
export { table } from './table.js';
