import type { Retold } from '../check/index.js';
import { labelOf } from '../corpus/index.js';
import { wordsOf } from '../verify/index.js';
import type { NumberedPassage } from './passages.js';

type Quotable = NumberedPassage['sentences'][number];

/** Sentences of a passage that are said where a model's own wording cannot be proved. */
export interface RecordWords {
  readonly passage: NumberedPassage;
  /** In the order of the passage. */
  readonly sentences: readonly Quotable[];
}

/** Sentences that were found in the texts of passages, as what can be quoted of these. */
export function recordWordsOf(
  retold: readonly Retold[],
  passages: readonly NumberedPassage[],
): RecordWords[] {
  return retold.flatMap(({ passage: position, sentences: texts }) => {
    const passage = passages[position];
    // The passage's language may cut otherwise; no more may be quoted than was found.
    const sentences = passage?.sentences.filter((one) => texts.some((text) => text.includes(one.text))) ?? [];
    return passage && sentences.length > 0 ? [{ passage, sentences }] : [];
  });
}

/**
 * A quotation with what leads it in. One that follows another says no more than it must.
 *
 * @param before the passage whose words stand right before it, if any do
 */
export function ledIn(quote: string, passage: NumberedPassage, before: NumberedPassage | null): string {
  if (before?.id === passage.id) return `“${quote}”`;
  const label = labelOf(passage.paragraph);
  if (before) return `${label.charAt(0).toUpperCase()}${label.slice(1)}: “${quote}”`;
  return `The record says (${label}): “${quote}”`;
}

/** What a text says, to see whether it was said before: its words, whatever stands between them. */
export function sayingOf(text: string): string {
  return ` ${wordsOf(text)
    .map(({ key }) => key)
    .join(' ')} `;
}
