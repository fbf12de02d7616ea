import { align, inBatches, instance, NUMBER_BYTES, ROWS_AT_ONCE, reserve } from './instance.js';

/** Vectors as rows of 8-bit codes, a quarter of the memory: each number divided by the largest of its row, times 127. */
export interface Coded {
  /** What is kept of the vectors, as it lies in memory: filled by `set`, or with what was kept before. */
  readonly stored: readonly Uint8Array[];
  set(row: number, vector: Float32Array): void;
  /** @throws RangeError where the vector has another length */
  estimatesOf(vector: Float32Array): Estimates;
}

/**
 * Products of a vector with rows, in their order, computed of the codes: with vectors of length 1 and 512 numbers a few
 * thousandths from the products of the numbers themselves.
 */
export type Estimates = (rows: ArrayLike<number>) => Float32Array;

const LARGEST_CODE = 127;
/** Of the vector: its products with up to 2,048 codes stay below 2^31. */
const LARGEST_NUMBER = 8191;
/** Codes that are multiplied at a time. */
const BLOCK = 16;

/** @param count rows, of zeros until they are set */
export function emptyCodes(count: number, dimension: number): Coded {
  const { memory, estimates } = instance();
  const width = Math.ceil(dimension / BLOCK) * BLOCK;
  const vectorAt = 0;
  const rowsAt = vectorAt + width * Int16Array.BYTES_PER_ELEMENT;
  const outAt = rowsAt + ROWS_AT_ONCE * NUMBER_BYTES;
  const scalesAt = outAt + ROWS_AT_ONCE * NUMBER_BYTES;
  const codesAt = align(scalesAt + count * NUMBER_BYTES);
  const buffer = reserve(memory, codesAt + count * width);
  const vectorIn = new Int16Array(buffer, vectorAt, width);
  const scales = new Float32Array(buffer, scalesAt, count);
  const codes = new Int8Array(buffer, codesAt, count * width);
  const batches = inBatches(buffer, rowsAt, outAt, count);
  return {
    stored: [scales, codes].map(
      ({ byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
    set: (row, vector) => {
      const scale = largest(vector) / LARGEST_CODE;
      scales[row] = scale;
      const inverse = scale === 0 ? 0 : 1 / scale;
      const at = row * width;
      for (let i = 0; i < dimension; i += 1) codes[at + i] = Math.round((vector[i] as number) * inverse);
    },
    estimatesOf: (vector) => {
      if (vector.length !== dimension) throw new RangeError(`a vector of ${dimension} numbers is expected`);
      const scale = largest(vector) / LARGEST_NUMBER;
      const encoded = new Int16Array(width);
      for (let i = 0; i < dimension; i += 1)
        encoded[i] = scale === 0 ? 0 : Math.round((vector[i] as number) / scale);
      return (rows) => {
        vectorIn.set(encoded);
        const found = batches(rows, (now) =>
          estimates(vectorAt, codesAt, width, scalesAt, rowsAt, now, outAt),
        );
        for (let i = 0; i < found.length; i += 1) found[i] = (found[i] as number) * scale;
        return found;
      };
    },
  };
}

/** The largest number of a vector, whatever its sign. */
function largest(vector: Float32Array): number {
  let most = 0;
  for (let i = 0; i < vector.length; i += 1) most = Math.max(most, Math.abs(vector[i] as number));
  return most;
}
