import { type FoundQuote, quotesIn, type Readings, readQuotation, wordsOf } from '../verify/index.js';
import { ofSource, type Source } from './source.js';
import { sentencesOf } from './tokens.js';
import type { Fault } from './types.js';

const keysOf = ofSource(({ texts, contexts }) =>
  [...texts, ...contexts].map((text) => wordsOf(text).map(({ key }) => key)),
);

/** Quotations of a sentence that do not stand in one passage as they are, word for word. */
export function quotationFaults(sentence: string, source: Source): Fault[] {
  const texts = keysOf(source);
  const quotes = quotesIn(sentence, 0, sentence.length);
  const altered = quotes.filter(({ text }) => !texts.some((keys) => holds(keys, text)));
  return [...altered, ...stitched(sentence, quotes, source)].map(({ text }) => ({
    kind: 'quotation' as const,
    words: text,
  }));
}

const sentencesOfSource = ofSource(({ texts }) =>
  texts.flatMap((text) =>
    sentencesOf(text).map(([start, end]) => wordsOf(text.slice(start, end)).map(({ key }) => key)),
  ),
);

/** Quotations that follow one another in one claim, "X" as "Y", but not in one sentence of the source in that order. */
function stitched(sentence: string, quotes: readonly FoundQuote[], source: Source): FoundQuote[] {
  return quotes.flatMap((quote, index) => {
    const before = quotes[index - 1];
    if (!before) return [];
    const between = sentence.slice(before.outer[1], quote.outer[0]);
    if (/[;.]|\band\b|\bor\b|,/u.test(between)) return [];
    const whole = `${before.text} ... ${quote.text}`;
    return sentencesOfSource(source).some((keys) => holds(keys, whole)) ? [] : [quote];
  });
}

/** The sentence without its quotations, so that what it says itself can be read alone. */
export function withoutQuotations(sentence: string): string {
  let plain = sentence;
  for (const { outer } of [...quotesIn(sentence, 0, sentence.length)].reverse() as FoundQuote[]) {
    plain = `${plain.slice(0, outer[0])} ${plain.slice(outer[1])}`;
  }
  return plain;
}

/** Most words that an ellipsis may stand for: more, and the pieces are two quotations. */
const MOST_LEFT_OUT = 25;

/** Whether the pieces of a quotation stand in a text in order; words between them only where an ellipsis says so. */
function holds(keys: readonly string[], quote: string): boolean {
  const { pieces } = readQuotation(quote);
  const endOf = (words: readonly Readings[], at: number): number | null => {
    const [first, ...rest] = words;
    if (!first) return at;
    for (const way of first) {
      if (!way.every(({ key }, offset) => keys[at + offset] === key)) continue;
      const end = endOf(rest, at + way.length);
      if (end !== null) return end;
    }
    return null;
  };
  const from = (index: number, start: number, limit: number): boolean => {
    const piece = pieces[index];
    if (!piece) return true;
    for (let at = start; at <= Math.min(keys.length - 1, limit); at += 1) {
      const end = endOf(piece.words, at);
      if (end !== null && from(index + 1, end, end + MOST_LEFT_OUT)) return true;
    }
    return false;
  };
  return pieces.length > 0 && from(0, 0, Number.POSITIVE_INFINITY);
}
