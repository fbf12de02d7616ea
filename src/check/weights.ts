// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.252,
  causes: 3.165,
  same: -2.547,
  newWords: 4.823,
  newNegatives: 4.637,
  newStances: 1.639,
  bestSentence: -2.944,
  jumps: -1.745,
  back: -0.444,
  moreDenials: 1.85,
  links: 0.81,
  wantedLost: 0.547,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 3.235;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.234;
