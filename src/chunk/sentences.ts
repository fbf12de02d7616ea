import { segment } from 'sentencex';

/** `[start, end)` in UTF-16 code units of the text that was split. */
export type Range = readonly [start: number, end: number];

/**
 * Sentences of a text, without the white space around them. Abbreviations, initials, numbers and quotations are the
 * segmenter's business; a piece that holds no letter or digit goes with the sentence before it.
 *
 * @param language BCP 47 tag
 */
export function splitSentences(text: string, language: string): Range[] {
  const ranges: [number, number][] = [];
  let offset = 0;
  for (const piece of segment(language, text)) {
    const start = offset + piece.length - piece.trimStart().length;
    const end = offset + piece.trimEnd().length;
    offset += piece.length;
    const last = ranges.at(-1);
    if (last && !/[\p{L}\p{N}]/u.test(piece)) last[1] = Math.max(last[1], end);
    else if (start < end) ranges.push([start, end]);
  }
  return ranges;
}
