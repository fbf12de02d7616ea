import { type Cue, contentAfter, contentBefore } from './cues.js';
import { denialsIn } from './denials.js';
import { ofSource } from './source.js';
import type { Token } from './tokens.js';

/** Words after a denial within which it may turn what it is found near. */
const REACH = 6;
const REACH_BACK = 3;

export const denialsOf = ofSource((source) => denialsIn(source.tokens));
/** Positions of a source that its denials may turn. */
export const reachedOf = ofSource((source) => reachOf(source.tokens, denialsOf(source)));

/** Positions that denials may turn. */
export function reachOf(
  tokens: readonly Token[],
  cues: readonly Cue[],
  ahead = REACH,
  back = REACH_BACK,
): Set<number> {
  return new Set(
    cues.flatMap(({ first, last }) => [
      // A prefix turns its word alone; behind, a denial turns no more than its own part of the sentence.
      ...contentAfter(tokens, last, tokens[first]?.key === 'non' ? 1 : ahead),
      ...contentBefore(tokens, first, tokens[first]?.key === 'non' ? 0 : back).filter(
        (at) => tokens[at]?.clause === tokens[first]?.clause,
      ),
      ...Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ]),
  );
}
