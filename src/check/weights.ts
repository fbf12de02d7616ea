// Written by `npm run calibrate`; do not edit.
/** Weights of the evidence of `evidence.ts`. */
export const WEIGHTS: Readonly<Record<string, number>> = {};
/** Log-odds of a fault where there is no evidence. */
export const BIAS = 0;
/** Log-odds above which a sentence is removed. */
export const THRESHOLD = 1;
