import { addedDenials } from './added-denials.js';
import { lostDenials } from './lost-denials.js';
import { oppositeFaults } from './opposites.js';
import type { Fault } from './types.js';
import type { View } from './view.js';

/** Denials that one side has and the other has not, and words for their opposites. */
export function polarityFaults(view: View): Fault[] {
  return [...addedDenials(view), ...lostDenials(view), ...oppositeFaults(view)];
}
