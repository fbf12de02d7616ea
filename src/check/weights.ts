// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.176,
  causes: 3.285,
  same: -3.759,
  newWords: 5.176,
  newNegatives: 4.313,
  newStances: 1.612,
  bestSentence: -2.506,
  jumps: -1.848,
  back: -0.676,
  moreDenials: 2.116,
  links: 0.394,
  wantedLost: 0.609,
  alike: -3.456,
  pairs: -1.059,
  newLinks: 0.741,
  negativesLost: 0.594,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 4.776;
/** Log-odds above which a sentence is not let through. */
export const THRESHOLD = -1.989;
