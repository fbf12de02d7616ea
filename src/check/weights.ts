// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.247,
  causes: 3.169,
  same: -2.577,
  newWords: 4.96,
  newNegatives: 4.501,
  newStances: 1.785,
  bestSentence: -2.946,
  jumps: -1.748,
  back: -0.45,
  moreDenials: 1.85,
  links: 0.802,
  wantedLost: 0.538,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 3.262;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.26;
