import { RUNNER_UP, RUNNER_UP_THEME } from '../answer/index.js';
import { type ComposedIndex, coverage, sentenceTerms, termsOf } from '../index/index.js';
import type { Passage } from '../retrieve/index.js';

/**
 * Share of the topic's words that a sentence of a passage must have where the score alone does not decide, of the most that
 * any sentence has. Development themes, of 0.4 to 0.7.
 */
const NAMED = 0.6;
/** A sentence with every word of the topic speaks of it, where the passage scores at least this share of the best. */
const NAMED_OUTRIGHT = 0.5;

/**
 * The passages that speak of a topic, in their order. One that scores nearly as high as the best does; one that scores
 * lower, by the shares of the theme answers, must also name it: similarity alone draws in what is merely near.
 */
export function onTopic(
  index: ComposedIndex,
  topic: string,
  passages: readonly Passage[],
): readonly Passage[] {
  const terms = [...new Set(termsOf(topic))];
  const named = passages.map(({ ordinal }) =>
    Math.max(
      0,
      ...(index.sentences[ordinal] ?? []).map((sentence) =>
        coverage(terms, sentenceTerms(sentence), index.lexical),
      ),
    ),
  );
  const mostNamed = Math.max(0, ...named);
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ score }, i) => {
    const share = named[i] ?? 0;
    if (score >= RUNNER_UP * best) return true;
    if (share > 0 && share >= NAMED * mostNamed && score >= RUNNER_UP_THEME * best) return true;
    return share > 1 - 1e-9 && score >= NAMED_OUTRIGHT * best;
  });
}
