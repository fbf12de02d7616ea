import { align, instance, NUMBER_BYTES, reserve } from './instance.js';

/** Vectors as rows of bits, whether each number is above 0: a thirty-second of the memory. */
export interface Bits {
  /** What is kept of the vectors, as it lies in memory: filled by `set`, or with what was kept before. */
  readonly stored: readonly Uint8Array[];
  set(row: number, vector: Float32Array): void;
  /** Counts how many bits of each row are not those of a vector. What it gives is valid until the next is counted. */
  differences(vector: Float32Array): Differences;
}

export interface Differences {
  /** By row. */
  readonly all: Uint16Array;
  /** How many rows have so many of them. */
  readonly counts: Uint32Array;
  /** Rows with at most so many. */
  within(most: number): Uint32Array;
}

const BITS_IN_BLOCK = 512;
/** Numbers that are looked at in one go. */
const AT_ONCE = 8;

export function emptyBits(count: number, dimension: number): Bits {
  const { memory, differences, within } = instance();
  const blocks = Math.ceil(dimension / BITS_IN_BLOCK);
  const width = (blocks * BITS_IN_BLOCK) / 8;
  const looked = Math.ceil(count / AT_ONCE) * AT_ONCE;
  const countsAt = align(width);
  const rowsAt = align(countsAt + (blocks * BITS_IN_BLOCK + 1) * NUMBER_BYTES);
  const allAt = rowsAt + count * width;
  const nearAt = align(allAt + looked * Uint16Array.BYTES_PER_ELEMENT);
  const buffer = reserve(memory, nearAt + (count + AT_ONCE) * NUMBER_BYTES);
  const own = new Uint8Array(buffer, 0, width);
  const counts = new Uint32Array(buffer, countsAt, blocks * BITS_IN_BLOCK + 1);
  const rows = new Uint8Array(buffer, rowsAt, count * width);
  const all = new Uint16Array(buffer, allAt, looked);
  // What is looked at beside the rows has more than any limit.
  all.fill(0xffff, count);
  const write = (vector: Float32Array, into: Uint8Array, at: number) => {
    for (let byte = 0; byte < width; byte += 1) {
      let bits = 0;
      for (let bit = 0; bit < 8; bit += 1) {
        const i = byte * 8 + bit;
        if ((vector[i] ?? 0) > 0) bits |= 1 << bit;
      }
      into[at + byte] = bits;
    }
  };
  return {
    stored: [rows],
    set: (row, vector) => write(vector, rows, row * width),
    differences: (vector) => {
      write(vector, own, 0);
      counts.fill(0);
      differences(0, rowsAt, blocks, count, allAt, countsAt);
      return {
        all: all.subarray(0, count),
        counts,
        within: (most) => {
          const end = within(allAt, looked, most, nearAt);
          return new Uint32Array(buffer, nearAt, (end - nearAt) / NUMBER_BYTES);
        },
      };
    },
  };
}
