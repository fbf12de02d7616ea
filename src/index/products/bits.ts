import { align, instance, reserve } from './instance.js';

/** Vectors as rows of bits, whether each number is above 0: a thirty-second of the memory. */
export interface Bits {
  set(row: number, vector: Float32Array): void;
  /** How many bits of each row are not those of a vector; the same array each time. */
  differences(vector: Float32Array): Uint16Array;
}

const BITS_IN_BLOCK = 128;

export function emptyBits(count: number, dimension: number): Bits {
  const { memory, differences } = instance();
  const blocks = Math.ceil(dimension / BITS_IN_BLOCK);
  const width = (blocks * BITS_IN_BLOCK) / 8;
  const rowsAt = align(width);
  const outAt = rowsAt + count * width;
  const buffer = reserve(memory, outAt + count * Uint16Array.BYTES_PER_ELEMENT);
  const own = new Uint8Array(buffer, 0, width);
  const rows = new Uint8Array(buffer, rowsAt, count * width);
  const out = new Uint16Array(buffer, outAt, count);
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
    set: (row, vector) => write(vector, rows, row * width),
    differences: (vector) => {
      write(vector, own, 0);
      differences(0, rowsAt, blocks, count, outAt);
      return out;
    },
  };
}
