import type { Line } from './group.js';
import { superscript, tidy } from './writer.js';

/** A run of text as the reader of PDFs gives it: `transform` ends with where it stands, in points from the lower left. */
export interface TextItem {
  readonly str: string;
  readonly width: number;
  readonly height: number;
  readonly transform: readonly number[];
  readonly fontName: string;
}

/** A line with how it is printed. */
export interface PrintedLine extends Line {
  readonly page: number;
  /** Of its letters, in points. */
  readonly size: number;
  /** Null where it has several. */
  readonly font: string | null;
}

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly end: number;
  readonly size: number;
  readonly font: string;
}

/** Share of the size by which pieces of one line may stand higher or lower, and a gap between words. */
const SAME_LINE = 0.5;
const WORD_GAP = 0.15;
/** A distance this many times the usual one ends a paragraph. */
const PARAGRAPH_GAP = 1.3;
/** Share of the size from which digits are a mark of a footnote. */
const MARK_SIZE = 0.8;

/** The lines of pages from top to bottom, in the order of the file where it goes down; raised small digits become marks. */
export function linesOfPages(pages: readonly (readonly TextItem[])[]): PrintedLine[][] {
  const read = pages.map((items) => linesOf(items));
  // Distances in sizes of the letters: the commonest is that of the lines of a paragraph.
  const distances = read.flatMap((lines) => lines.flatMap((_, index) => distanceBefore(lines, index) ?? []));
  const usual = commonest(distances.filter((distance) => distance > 0));
  return read.map((lines, number) =>
    lines.flatMap((line, index): PrintedLine[] => {
      const text = tidy(textOf(line));
      const fonts = new Set(line.map(({ font }) => font));
      const [font = null] = fonts;
      const size = Math.round(largest(line).size * 2) / 2;
      const distance = distanceBefore(lines, index);
      // Going up is another column, or what was written last.
      const afterGap = distance === null || distance > usual * PARAGRAPH_GAP || distance < 0;
      return text === ''
        ? []
        : [{ text, page: number + 1, size, font: fonts.size > 1 ? null : font, afterGap }];
    }),
  );
}

function linesOf(items: readonly TextItem[]): Piece[][] {
  const lines: Piece[][] = [];
  for (const item of items) {
    if (item.str.trim() === '') continue;
    const piece = pieceOf(item);
    const line = lines.at(-1);
    if (line && belongs(piece, line)) line.push(piece);
    else lines.push([piece]);
  }
  return lines;
}

/** From the line before, in sizes of the smaller letters; null for the first. */
function distanceBefore(lines: readonly (readonly Piece[])[], index: number): number | null {
  const [before, line] = [lines[index - 1], lines[index]];
  if (!before || !line) return null;
  const [above, below] = [largest(before), largest(line)];
  return (above.y - below.y) / Math.min(above.size, below.size);
}

function pieceOf({ str, width, height, transform, fontName }: TextItem): Piece {
  const [a = 0, b = 0, , , x = 0, y = 0] = transform;
  const size = height || Math.hypot(a, b);
  return { text: str, x, y, end: x + width, size, font: fontName };
}

function belongs(piece: Piece, line: readonly Piece[]): boolean {
  const { y, size } = largest(line);
  const last = line.at(-1);
  return (
    Math.abs(piece.y - y) < SAME_LINE * Math.max(size, piece.size) &&
    (last === undefined || piece.x >= last.x - size)
  );
}

function textOf(line: readonly Piece[]): string {
  const { size, y } = largest(line);
  return line.reduce((text, piece, index) => {
    const before = line[index - 1];
    const mark = /^\s*\d{1,3}\s*$/u.test(piece.text) && piece.size < size * MARK_SIZE && piece.y > y;
    if (mark) return text.trimEnd() + superscript(Number(piece.text)) + (index === 0 ? ' ' : '');
    const gap = before !== undefined && piece.x - before.end > WORD_GAP * size;
    return `${text}${gap && !/\s$/u.test(text) ? ' ' : ''}${piece.text}`;
  }, '');
}

function largest(line: readonly Piece[]): Piece {
  return line.reduce((most, piece) => (piece.size > most.size ? piece : most));
}

/** To a tenth; the smallest of those that are as common. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) {
    const rounded = Math.round(value * 10) / 10;
    counts.set(rounded, (counts.get(rounded) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return most?.[0] ?? Number.POSITIVE_INFINITY;
}
