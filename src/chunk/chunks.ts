import type { Paragraph, Wording } from '../corpus/index.js';
import { type Range, splitSentences } from './sentences.js';

/** A part of a paragraph that text can be quoted from. */
export interface Part {
  readonly kind: 'block' | 'footnote';
  /** Position among the paragraph's blocks or footnotes. */
  readonly index: number;
}

/** A sentence with its place; the unit that is quoted. */
export interface Sentence {
  readonly part: Part;
  /** Where it stands in the part's wording. */
  readonly range: Range;
  readonly text: string;
}

export interface Chunk extends Sentence {
  /** A sentence, or a piece of one that is too long for the encoder. */
  readonly kind: 'sentence' | 'piece';
}

export interface ChunkOptions {
  /** Longest chunk in tokens. */
  readonly maxTokens: number;
  /** BCP 47 tag of the text. */
  readonly language: string;
  countTokens(text: string): number;
}

/** Where a sentence that is too long may be cut: after a clause, after an item of a list, between words. */
const CUTS = [/(?<=;)\s+/gu, /(?<=,)\s+/gu, /\s+/gu];

/** Parts of a paragraph with their wordings, in reading order. */
export function partsOf(paragraph: Paragraph): { readonly part: Part; readonly wording: Wording }[] {
  return [
    ...paragraph.blocks.map(({ wording }, index) => ({ part: { kind: 'block', index } as const, wording })),
    ...paragraph.footnotes.map(({ wording }, index) => ({
      part: { kind: 'footnote', index } as const,
      wording,
    })),
  ];
}

/** Sentences of a paragraph and its footnotes, in reading order. */
export function sentencesOf(paragraph: Paragraph, language: string): Sentence[] {
  return partsOf(paragraph).flatMap(({ part, wording: { text } }) =>
    splitSentences(text, language).map((range) => ({ part, range, text: text.slice(...range) })),
  );
}

/**
 * Every sentence of a paragraph as a chunk of at most `maxTokens`. Nothing is left out: a sentence that is too long comes
 * in pieces. Runs of several sentences beside them changed no figure of the development split.
 */
export function chunkParagraph(paragraph: Paragraph, options: ChunkOptions): Chunk[] {
  return partsOf(paragraph).flatMap(({ part, wording: { text } }) => {
    const fits = ([start, end]: Range) => options.countTokens(text.slice(start, end)) <= options.maxTokens;
    const chunk = (range: Range, kind: Chunk['kind']): Chunk => ({
      part,
      range,
      text: text.slice(...range),
      kind,
    });
    return splitSentences(text, options.language).flatMap((range) =>
      fits(range)
        ? [chunk(range, 'sentence')]
        : cut(text, range, fits, CUTS).map((piece) => chunk(piece, 'piece')),
    );
  });
}

/** Cuts a range into pieces that fit, as few as greedy filling gives, at the first kind of cut that is fine enough. */
function cut(
  text: string,
  [start, end]: Range,
  fits: (range: Range) => boolean,
  [pattern, ...finer]: readonly RegExp[],
): Range[] {
  const places = pattern
    ? [...text.slice(start, end).matchAll(pattern)].map(
        (match) => [start + match.index, start + match.index + match[0].length] as const,
      )
    : characterCuts(text, start, end);
  const pieces: Range[] = [];
  let from = start;
  let to = start;
  let resume = start;
  for (const [before, after] of [...places, [end, end] as const]) {
    if (to > from && !fits([from, before])) {
      pieces.push([from, to]);
      from = resume;
    }
    to = before;
    resume = after;
  }
  pieces.push([from, to]);
  return pieces.flatMap((piece) => {
    const trimmed = trimRange(text, piece);
    if (fits(trimmed) || (!pattern && trimmed[1] - trimmed[0] <= 2)) return [trimmed];
    return cut(text, trimmed, fits, finer);
  });
}

/** Between any two characters, surrogate pairs kept whole: the last resort, for a word that is too long. */
function characterCuts(text: string, start: number, end: number): (readonly [number, number])[] {
  let offset = start;
  return [...text.slice(start, end)].map((character) => {
    offset += character.length;
    return [offset, offset] as const;
  });
}

function trimRange(text: string, [start, end]: Range): Range {
  const piece = text.slice(start, end);
  return [start + piece.length - piece.trimStart().length, start + piece.trimEnd().length];
}
