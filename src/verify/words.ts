/** A word with its place in the text it was read from, in UTF-16 code units. */
export interface Word {
  /** Lower case, typographic apostrophes and hyphens made plain. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Letters and digits with what joins them inside: "whole-of-society", "victims'", "16.4", "A/RES/76/181". */
const WORD = /[\p{L}\p{N}]+(?:['’.,/][\p{L}\p{N}]+)*/gu;

/** Words of a text. Hyphens, spacing and quotation marks do not count; numbers are one word with their separators. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    key: word.normalize('NFKC').toLowerCase().replaceAll('’', "'"),
    start: index,
    end: index + word.length,
  }));
}

/** Where something was openly left out or put in: an ellipsis, or square brackets around more than one letter. */
const GAP = /\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\)|\.\.\.|…|\[[^\][]{2,}\]/u;

/** The stretches of a quotation between openly marked gaps; "[t]he" is read as "the". */
export function segmentsOf(quote: string): string[] {
  return quote
    .replace(/\[(\p{L})\]/gu, '$1')
    .split(GAP)
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment));
}
