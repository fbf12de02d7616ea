import type { Allowed, EntryList } from './types.js';

/** Most rows of which the lists by paragraph are kept. */
const MOST_KEPT = 65_536;

/** Which rows are of a paragraph. */
export interface Places {
  rowsOf(paragraph: number): readonly number[];
  /** Rows of the paragraphs that are allowed, in order. */
  allowed(allowed: Allowed): Uint32Array;
}

/** Rows by paragraph, in two arrays of numbers: those of one paragraph follow each other. */
export function placesOf({ size, paragraphOf }: Pick<EntryList<never>, 'size' | 'paragraphOf'>): Places {
  let count = 0;
  for (let row = 0; row < size; row += 1) count = Math.max(count, paragraphOf(row) + 1);
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < size; row += 1) {
    const paragraph = paragraphOf(row);
    if (paragraph >= 0) starts[paragraph + 1] = (starts[paragraph + 1] as number) + 1;
  }
  for (let paragraph = 0; paragraph < count; paragraph += 1) {
    starts[paragraph + 1] = (starts[paragraph + 1] as number) + (starts[paragraph] as number);
  }
  const rows = new Uint32Array(starts[count] as number);
  const next = starts.slice();
  const isSorted = isSortedBy(size, paragraphOf);
  const rowsIn = (paragraph: number) => Array.from(rows.subarray(starts[paragraph], starts[paragraph + 1]));
  /** Of few rows, made once. */
  const known: (readonly number[])[] | null = rows.length <= MOST_KEPT ? [] : null;
  for (let row = 0; row < size; row += 1) {
    const paragraph = paragraphOf(row);
    if (paragraph < 0) continue;
    rows[next[paragraph] as number] = row;
    next[paragraph] = (next[paragraph] as number) + 1;
  }
  return {
    rowsOf: (paragraph) => {
      if (!(paragraph >= 0 && paragraph < count)) return [];
      if (!known) return rowsIn(paragraph);
      const found = known[paragraph] ?? rowsIn(paragraph);
      known[paragraph] = found;
      return found;
    },
    allowed: (allowed) => {
      const found = new Uint32Array(rows.length);
      let length = 0;
      for (let paragraph = 0; paragraph < count; paragraph += 1) {
        const end = starts[paragraph + 1] as number;
        let at = starts[paragraph] as number;
        if (at === end || !allowed(paragraph)) continue;
        for (; at < end; at += 1) {
          found[length] = rows[at] as number;
          length += 1;
        }
      }
      const own = found.subarray(0, length);
      return isSorted ? own : own.sort();
    },
  };
}

function isSortedBy(size: number, paragraphOf: (row: number) => number): boolean {
  for (let row = 1; row < size; row += 1) if (paragraphOf(row) < paragraphOf(row - 1)) return false;
  return true;
}
