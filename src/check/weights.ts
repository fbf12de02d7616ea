// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 2.903,
  causes: 2.622,
  same: -3.416,
  newWords: 5.146,
  newNegatives: 5.075,
  newStances: 1.731,
  bestSentence: -2.288,
  jumps: -1.6,
  back: -0.696,
  moreDenials: 2.144,
  links: 0.451,
  wantedLost: 0.291,
  alike: -3.249,
  pairs: -0.898,
  newLinks: 0.636,
  negativesLost: 0.663,
  cut: -1.404,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 4.4;
/** Log-odds above which a sentence is not let through. */
export const THRESHOLD = -1.678;
