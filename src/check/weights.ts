// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.02,
  causes: 3.173,
  same: -3.497,
  newWords: 5.065,
  newNegatives: 4.149,
  newStances: 1.583,
  bestSentence: -2.205,
  jumps: -1.872,
  back: -0.708,
  moreDenials: 1.971,
  links: 0.523,
  wantedLost: 0.231,
  alike: -3.418,
  pairs: -0.905,
  newLinks: 0.581,
  negativesLost: 0.528,
  cut: -1.425,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 4.43;
/** Log-odds above which a sentence is not let through. */
export const THRESHOLD = -1.806;
