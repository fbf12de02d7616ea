// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.282,
  causes: 3.120,
  modality: 1.705,
  gathered: 3.181,
  same: -1.799,
  none: 1.430,
  newWords: 2.312,
  newNegatives: 3.640,
  newStances: 1.621,
  bestSentence: -3.089,
  crossings: -0.191,
  jumps: -1.729,
  back: -0.434,
  moreDenials: 1.790,
  links: 0.828,
  wantedLost: 0.524,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 2.636;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.225;
