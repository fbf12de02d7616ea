import segment from 'sentencex';

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
  let numbered = false;
  for (const [start, end] of piecesOf(text, language)) {
    const piece = text.slice(start, end);
    const last = ranges.at(-1);
    // What has no letter or digit belongs to what stands before it, a number alone to what follows.
    if (last && (numbered || !/[\p{L}\p{N}]/u.test(piece))) last[1] = end;
    else ranges.push([start, end]);
    numbered = !/\p{L}/u.test(piece) && /\p{N}/u.test(piece);
  }
  return ranges;
}

/** Where a sentence ends inside a quotation and another begins after it: the segmenter keeps the two together. */
const AFTER_QUOTATION = /(?<=[.!?]["”])\s+(?=\p{Lu})/u;

/** The segmenter's sentences where they stand in the text; the whole text where they are not its words. */
function piecesOf(text: string, language: string): Range[] {
  const ranges: [number, number][] = [];
  let offset = 0;
  for (const piece of segment(language, text).flatMap((sentence) => sentence.split(AFTER_QUOTATION))) {
    const trimmed = piece.trim();
    const start = text.indexOf(trimmed, offset);
    // Nothing but white space may be left between two sentences.
    if (start === -1 || text.slice(offset, start).trim() !== '') return wholeOf(text);
    if (trimmed !== '') ranges.push([start, start + trimmed.length]);
    offset = start + trimmed.length;
  }
  return text.slice(offset).trim() === '' ? ranges : wholeOf(text);
}

function wholeOf(text: string): Range[] {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  return start < end ? [[start, end]] : [];
}
