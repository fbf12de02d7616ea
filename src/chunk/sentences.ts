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
  let numbered = false;
  const pieces = segment(language, text);
  // The segmenter rewrites some control characters; its pieces are only of use where they are the text's.
  for (const piece of pieces.join('') === text ? pieces : [text]) {
    const start = offset + piece.length - piece.trimStart().length;
    const end = offset + piece.trimEnd().length;
    offset += piece.length;
    if (start >= end) continue;
    const last = ranges.at(-1);
    // What has no letter or digit belongs to what stands before it, a number alone to what follows.
    if (last && (numbered || !/[\p{L}\p{N}]/u.test(piece))) last[1] = end;
    else ranges.push([start, end]);
    numbered = !/\p{L}/u.test(piece) && /\p{N}/u.test(piece);
  }
  return ranges;
}
