import type { DraftRange, FoundQuote } from './quotes.js';
import type { Reference } from './references.js';

/** A sentence of a draft with what it quotes and which paragraphs it mentions. */
export interface DraftSentence {
  readonly range: DraftRange;
  readonly quotes: readonly FoundQuote[];
  readonly references: readonly Reference[];
}

/**
 * Sentences of a paragraph of a draft. Full stops inside quotations and mentions of paragraphs end none; a mention in
 * brackets goes with the quotation that it follows.
 */
export function sentencesOfDraft(
  draft: string,
  paragraph: DraftRange,
  quotes: readonly FoundQuote[],
  references: readonly Reference[],
): DraftSentence[] {
  const sentences = rangesOf(masked(draft, paragraph, quotes, references)).map(
    ([start, end]): { range: DraftRange; quotes: FoundQuote[]; references: Reference[] } => ({
      range: [paragraph[0] + start, paragraph[0] + end],
      quotes: [],
      references: [],
    }),
  );
  const at = (place: number) => sentences.findLast(({ range }) => range[0] <= place) ?? sentences[0];
  for (const quote of quotes) at(quote.outer[0])?.quotes.push(quote);
  for (const reference of references) {
    const before = quotes.find(({ outer }) => reference.inBrackets && follows(draft, outer, reference));
    at(before ? before.outer[0] : reference.range[0])?.references.push(reference);
  }
  return sentences;
}

/** A full stop after which a sentence may start. */
const STOP = /[.!?…]["”’'»)\]]*\s+(?=["“‘'«([]*[\p{Lu}\p{N}])/gu;
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{L}|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Hh]\.[Ee]|[Nn]os?|[Aa]rts?|[Pp]aras?|pp|e\.g|i\.e|[Cc]f|vs|etc|[Ss]t|[Ff]ig|[Cc]h|[Ss]ec|[Vv]ol)$/u;

/** Sentences of a draft: one pass whatever it holds, which the segmenter of the record does not promise. */
function rangesOf(text: string): DraftRange[] {
  const ranges: DraftRange[] = [];
  let start = 0;
  for (const { 0: stop, index } of text.matchAll(STOP)) {
    if (stop.startsWith('.') && ABBREVIATION.test(text.slice(Math.max(0, index - 8), index))) continue;
    ranges.push([start, index + stop.trimEnd().length]);
    start = index + stop.length;
  }
  const end = text.trimEnd().length;
  if (start < end) ranges.push([start, end]);
  return ranges;
}

/** Whether nothing but white space and punctuation stands between a quotation and a mention after it. */
export function follows(draft: string, [, end]: DraftRange, { range }: Reference): boolean {
  return range[0] >= end && range[0] - end <= 8 && !/[\p{L}\p{N}]/u.test(draft.slice(end, range[0]));
}

/** The paragraph with other characters for those that would end a sentence where none ends; as long as it is. */
function masked(
  draft: string,
  [start, end]: DraftRange,
  quotes: readonly FoundQuote[],
  references: readonly Reference[],
): string {
  let text = '';
  let from = start;
  const covered = [...quotes.map(({ range }) => range), ...references.map(({ range }) => range)].sort(
    (a, b) => a[0] - b[0],
  );
  for (const [first, last] of covered) {
    if (first < from || last > end) continue;
    const inside = draft.slice(first, last);
    text +=
      draft.slice(from, first) + inside.slice(0, -1).replace(/[^\p{L}\p{N} ]/gu, 'x') + inside.slice(-1);
    from = last;
  }
  return text + draft.slice(from, end);
}
