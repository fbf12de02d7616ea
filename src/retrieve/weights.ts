// Written by `npm run calibrate`; do not edit.
/** Weights of the scaled signals where a document has a sidecar of questions; their sum is 1. */
export const LEARNT = {
  lexical: 0.247,
  text: 0.04,
  coverage: -0.061,
  chunk: 0.079,
  question: 0.242,
  questions: 0.163,
  centroid: 0.29,
};
