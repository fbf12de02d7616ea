import { candidatesFor } from './align.js';
import { isSpeaker } from './kinds.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Share of the words of one part of a sentence that may stand outside the place which has most of them. */
const OUTSIDE_PASSAGE = 0.3;
const OUTSIDE_SENTENCES = 0.45;
/** Words from which a part of a sentence can be told to be gathered. */
const FEWEST = 3;

/** Parts of a sentence whose words stand in the source, but not together. */
export function gatheredFaults(view: View): Fault[] {
  const { source, tokens } = view;
  return partsOf(view).flatMap((part): Fault[] => {
    const places = part.map((at) => {
      const token = tokens[at];
      return token ? candidatesFor(token, source).map((candidate) => source.tokens[candidate.at]) : [];
    });
    const covered = places.filter((list) => list.length > 0);
    if (covered.length < FEWEST) return [];
    const most = (keysOf: (token: { passage: number; sentence: number }) => readonly number[]): number => {
      const counts = new Map<number, number>();
      for (const list of covered) {
        for (const key of new Set(list.flatMap((token) => (token ? keysOf(token) : [])))) {
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
      return Math.max(...counts.values());
    };
    const outsidePassage = covered.length - most(({ passage }) => [passage]);
    // Two sentences that follow each other are one place: the second often goes on with a pronoun.
    const outsideSentences = covered.length - most(({ sentence }) => [sentence, sentence + 1]);
    const gathered =
      outsidePassage > OUTSIDE_PASSAGE * covered.length ||
      outsideSentences > OUTSIDE_SENTENCES * covered.length;
    const [first = 0] = part;
    return gathered ? [{ kind: 'uncovered', words: wordsOfView(view, first, part.at(-1) ?? first) }] : [];
  });
}

/** Positions of content words of each part of the sentence between commas, "and" and the like. */
function partsOf({ tokens }: View): number[][] {
  const parts: number[][] = [[]];
  let clause = tokens[0]?.clause ?? 0;
  for (const [at, token] of tokens.entries()) {
    if (token.clause !== clause || token.key === 'and' || token.key === 'or') parts.push([]);
    clause = token.clause;
    if (token.content && !token.reporting && !isSpeaker(token.key)) parts.at(-1)?.push(at);
  }
  return parts;
}
