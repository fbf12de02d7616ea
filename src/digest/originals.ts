import { extractOf } from '../answer/index.js';
import { type AnyIndex, sentenceTerms } from '../index/index.js';
import { quotedTerms, repeats, shareIn } from './fold.js';
import type { Said } from './types.js';

/** Share of a sentence's terms that a restatement must have for it to be what is restated. */
const RESTATED = 0.7;

/**
 * Sentences that a part without a year restates, from the paragraphs of the years: they are on the topic too, and a digest
 * quotes the year itself rather than what was made of it.
 */
export function originals(index: AnyIndex, statements: readonly Said[]): Said[] {
  const restatements = statements.filter(({ passage }) => passage.paragraph.year === null);
  return restatements.flatMap((restatement) => {
    const restated = statements.filter(
      (said) => said.passage.paragraph.year !== null && repeats(restatement, said),
    );
    const passages = [...new Set(restated.map(({ passage }) => passage))];
    return passages.flatMap((passage): Said[] => {
      const terms = quotedTerms(restatement);
      const [best] = index
        .sentencesOf(passage.ordinal)
        .filter((sentence) => shareIn(sentenceTerms(sentence), terms) >= RESTATED)
        .sort((a, b) => shareIn(terms, sentenceTerms(b)) - shareIn(terms, sentenceTerms(a)));
      const quoted = restated.some(
        (said) => said.passage === passage && best && said.extract.quote.includes(best.text),
      );
      if (!best || quoted) return [];
      return [{ passage, extract: extractOf(passage.document, passage.paragraph, [best]) }];
    });
  });
}
