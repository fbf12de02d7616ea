// Written by `npm run calibrate`; do not edit.
import type { Evidence } from './evidence.js';

/** Weights of the evidence. */
export const WEIGHTS: Evidence = {
  denials: 2.957,
  causes: 2.880,
  modality: 2.399,
  same: -1.473,
  general: 2.270,
  special: 4.900,
  none: 1.775,
  newWords: 4.105,
  newVerbs: 2.086,
  newNegatives: 4.079,
  newActors: -0.685,
  newStances: 1.243,
  opposites: 0.350,
  listedOpposites: 0.006,
  bestSentence: -2.228,
  bestPair: -0.594,
  crossings: 0.890,
  jumps: -1.015,
  far: -0.018,
  back: -0.367,
  moreDenials: 1.519,
  moreLittle: 0.177,
  lessLittle: 0.179,
  links: 0.711,
  newLinks: 0.209,
  moreLinks: 0.645,
  wantedLost: 0.558,
  pleasanter: -0.043,
  unpleasanter: -0.197,
};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 2.053;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 0.237;
