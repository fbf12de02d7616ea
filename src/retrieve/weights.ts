// Written by `npm run calibrate`; do not edit.
/** Weights of the scaled signals where a document has a sidecar of questions; their sum is 1. */
export const LEARNT = {
  lexical: 0.242,
  text: 0.037,
  coverage: -0.056,
  chunk: 0.077,
  question: 0.228,
  questions: 0.186,
  centroid: 0.286,
};
