// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 3.046,
  causes: 3.017,
  modality: 2.758,
  same: -2.416,
  none: 2.029,
  newWords: 3.184,
  newNegatives: 4.801,
  newStances: 1.194,
  bestSentence: -2.850,
  crossings: 0.891,
  jumps: -1.120,
  back: -0.392,
  moreDenials: 1.608,
  links: 0.796,
  wantedLost: 0.473,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 2.951;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.274;
