import { type Cue, contentAfter, contentBefore, cuesIn, phrasesOf } from './cues.js';
import { ofSource } from './source.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** What stands before is set above or apart from what stands after. */
const CONTRASTS = phrasesOf(
  'than|rather than|instead of|compared to|compared with|as opposed to|unlike|in contrast to|over and above|but not|not only|outweigh*|exceed*|replac*|precede*|preceded by|follow*',
);
const contrastsOf = ofSource(({ tokens }) => cuesIn(tokens, CONTRASTS));
const SIDE = 6;

/** Sides of a contrast that the sentence gives the other way round. */
export function contrastFaults(view: View): Fault[] {
  const { tokens, source } = view;
  const theirs = contrastsOf(source);
  return cuesIn(tokens, CONTRASTS)
    .filter(({ first }) => /^(?:than|rather|instead|compared|as|unlike|in)$/u.test(tokens[first]?.key ?? ''))
    .filter((own) => theirs.some((other) => isTurned(view, own, other)))
    .map(({ first, last }) => ({ kind: 'uncovered' as const, words: wordsOfView(view, first, last) }));
}

function isTurned({ tokens, source, alignment }: View, own: Cue, theirs: Cue): boolean {
  const placesOf = (side: readonly number[]): number[] =>
    side.flatMap((at) => {
      const place = alignment.at[at] ?? -1;
      return place !== -1 && source.tokens[place]?.sentence === source.tokens[theirs.first]?.sentence
        ? [place]
        : [];
    });
  const left = placesOf(contentBefore(tokens, own.first, SIDE));
  const right = placesOf(contentAfter(tokens, own.last, SIDE));
  if (left.length === 0 || right.length === 0) return false;
  return left.some((place) => place > theirs.first) && right.every((place) => place < theirs.first);
}
