import { firstFrom } from '../lists.js';
import type { Bits, Differences } from './products/index.js';

/** Rows that follow each other, with their bits. */
interface Sifted {
  readonly bits: Bits | null;
  readonly from: number;
}

/**
 * Rows whose bits are most like those of a vector: as few as are at least `wanted`, with all that are as like as the last of them.
 *
 * @param segments in the order of their rows
 * @param rows among which, in order; all where null
 * @param wanted no more than there are
 * @returns in order
 */
export function sift(
  segments: readonly Sifted[],
  vector: Float32Array,
  rows: Uint32Array | null,
  wanted: number,
): Uint32Array {
  const parts = segments.flatMap(({ bits, from }) => {
    if (!bits) return [];
    const differences = bits.differences(vector);
    return { from, differences, rows: rows && between(rows, from, from + differences.all.length) };
  });
  const counts = parts.map((part) => (part.rows ? countsAmong(part, part.rows) : part.differences.counts));
  const most = limitFor(wanted, counts);
  const near = parts.map((part) => (part.rows ? withinAmong(part, part.rows, most) : within(part, most)));
  const found = new Uint32Array(near.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const own of near) {
    found.set(own, length);
    length += own.length;
  }
  return found;
}

interface Part {
  readonly from: number;
  readonly differences: Differences;
}

function countsAmong({ from, differences: { all, counts } }: Part, rows: Uint32Array): Uint32Array {
  const own = new Uint32Array(counts.length);
  for (let i = 0; i < rows.length; i += 1) {
    const count = all[(rows[i] as number) - from] as number;
    own[count] = (own[count] as number) + 1;
  }
  return own;
}

/** The least number of differences that so many rows have at most. */
function limitFor(wanted: number, counts: readonly Uint32Array[]): number {
  let taken = 0;
  for (let most = 0; ; most += 1) {
    for (const own of counts) taken += own[most] ?? 0;
    if (taken >= wanted || most >= (counts[0]?.length ?? 0)) return most;
  }
}

function within({ from, differences }: Part, most: number): Uint32Array {
  return differences.within(most).map((row) => from + row);
}

function withinAmong({ from, differences: { all } }: Part, rows: Uint32Array, most: number): number[] {
  const near: number[] = [];
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    if ((all[row - from] as number) <= most) near.push(row);
  }
  return near;
}

/** Those of some numbers in order that are from one on and before another. */
function between(rows: Uint32Array, from: number, to: number): Uint32Array {
  return rows.subarray(firstFrom(rows, from), firstFrom(rows, to));
}
