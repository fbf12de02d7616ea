import { type Extract, RUNNER_UP, RUNNER_UP_THEME } from '../answer/index.js';
import { type AnyIndex, coverage, type Lexicon, sentenceTerms, termsOf } from '../index/index.js';
import type { Passage } from '../retrieve/index.js';

/**
 * Share of the topic's words that a sentence must have to name it, of the most that any compared with it has. Development
 * themes, of 0.4 to 0.7.
 */
const NAMED = 0.6;
/** A sentence with every word of the topic speaks of it, where the passage scores at least this share of the best. */
const NAMED_OUTRIGHT = 0.5;

/**
 * The passages that speak of a topic, in their order. One that scores nearly as high as the best does; one that scores
 * lower, by the shares of the theme answers, must also name it: similarity alone draws in what is merely near. None where
 * the topic has no word that could be searched for.
 */
export function onTopic(
  index: AnyIndex,
  lexical: Lexicon,
  topic: string,
  passages: readonly Passage[],
): readonly Passage[] {
  const terms = [...new Set(termsOf(topic))];
  if (terms.length === 0) return [];
  const named = passages.map(({ ordinal }) =>
    Math.max(
      0,
      ...index.sentencesOf(ordinal).map((sentence) => coverage(terms, sentenceTerms(sentence), lexical)),
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

/** Of what may be quoted from a passage, that which names the topic; all of it where nothing does. */
export function naming(lexical: Lexicon, topic: string, extracts: readonly Extract[]): Extract[] {
  const terms = [...new Set(termsOf(topic))];
  const shares = extracts.map(({ quote, leadIn }) =>
    coverage(terms, new Set(termsOf(`${leadIn?.quote ?? ''} ${quote}`)), lexical),
  );
  const most = Math.max(0, ...shares);
  return extracts.filter((_, i) => (shares[i] ?? 0) >= NAMED * most);
}
