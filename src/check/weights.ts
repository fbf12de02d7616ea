// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.424,
  causes: 3.04,
  same: -3.849,
  newWords: 4.536,
  newNegatives: 4.064,
  newStances: 1.487,
  bestSentence: -2.266,
  jumps: -1.758,
  back: -0.632,
  moreDenials: 1.802,
  links: 0.309,
  wantedLost: 0.579,
  alike: -3.245,
  pairs: -1.144,
  newLinks: 0.877,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 4.898;
/** Log-odds above which a sentence is not let through. */
export const THRESHOLD = -2.487;
