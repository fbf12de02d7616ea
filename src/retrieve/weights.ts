// Written by `npm run calibrate`; do not edit.
/** Weights of the scaled signals where a document has a sidecar of questions; their sum is 1. */
export const LEARNT = {
  lexical: 0.234,
  text: 0.045,
  coverage: -0.065,
  chunk: 0.075,
  question: 0.259,
  questions: 0.183,
  centroid: 0.269,
};
