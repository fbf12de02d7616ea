import type { List } from '../lists.js';

/** Entries of a segment: at least so many where others follow, and at most. */
export interface SegmentSizes {
  readonly least: number;
  readonly most: number;
  /** Of so many entries after the least, one on average ends the segment. */
  readonly spread: number;
}

/**
 * As many as are best searched by a graph. More are cut, so that what is read and held at once has a bounded size.
 * Chosen by `npm run bench:scale`.
 */
export const SEGMENT: SegmentSizes = { least: 24_576, most: 32_768, spread: 2_048 };

/**
 * Where the segments of some vectors end. It is the vectors that say where, so that after an edit the segments behind it are
 * soon what they were.
 *
 * @returns [from, to) of each; the vectors of none are in no segment
 */
export function cut(
  vectors: List<Float32Array>,
  { least, most, spread }: SegmentSizes,
): (readonly [from: number, to: number])[] {
  const segments: (readonly [number, number])[] = [];
  if (vectors.length === 0) return segments;
  let from = 0;
  if (vectors.length > most) {
    for (let row = 0; row < vectors.length; row += 1) {
      const size = row + 1 - from;
      if (size >= most || (size >= least && isMark(vectors.at(row) as Float32Array, spread))) {
        segments.push([from, row + 1]);
        from = row + 1;
      }
    }
  }
  if (from < vectors.length) segments.push([from, vectors.length]);
  return segments;
}

/** Says yes to one vector in `spread`, by its bits alone (FNV-1a). */
function isMark({ buffer, byteOffset, length }: Float32Array, spread: number): boolean {
  const bits = new Uint32Array(buffer, byteOffset, Math.min(length, 16));
  let hash = 2_166_136_261;
  for (const word of bits) hash = Math.imul(hash ^ word, 16_777_619);
  return ((hash ^ (hash >>> 15)) >>> 0) % spread === 0;
}
