// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.44,
  causes: 3.336,
  same: -2.777,
  newWords: 5.388,
  newNegatives: 4.223,
  newStances: 1.714,
  bestSentence: -2.951,
  jumps: -1.786,
  back: -0.451,
  moreDenials: 1.758,
  links: 0.801,
  wantedLost: 0.611,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 3.462;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.703;
