// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.277,
  causes: 3.118,
  same: -2.140,
  newWords: 3.122,
  newNegatives: 4.390,
  newStances: 1.648,
  bestSentence: -3.113,
  jumps: -1.780,
  back: -0.435,
  moreDenials: 1.852,
  links: 0.843,
  wantedLost: 0.562,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 2.981;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.361;
