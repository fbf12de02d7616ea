import { align, inBatches, instance, NUMBER_BYTES, ROWS_AT_ONCE, reserve } from './instance.js';

/** Vectors as the rows of a matrix. */
export interface Rows {
  /** [rows, dimension], row-major; may be written to. */
  readonly matrix: Float32Array;
  /**
   * Products of a vector with rows, in their order. Computed in 32 bits by SIMD instructions of WebAssembly, which take an
   * eighth of the time that a loop in JavaScript takes.
   */
  products(vector: Float32Array, rows: ArrayLike<number>): Float32Array;
}

/** @param matrix [rows, dimension], row-major; copied */
export function rowsOf(matrix: Float32Array, dimension: number): Rows {
  return emptyRows(matrix.length / dimension, dimension, matrix);
}

/** @param matrix to begin with, zeros where undefined */
export function emptyRows(count: number, dimension: number, matrix?: Float32Array): Rows {
  const { memory, products } = instance();
  const vectorAt = 0;
  const rowsAt = vectorAt + dimension * NUMBER_BYTES;
  const outAt = rowsAt + ROWS_AT_ONCE * NUMBER_BYTES;
  const matrixAt = align(outAt + ROWS_AT_ONCE * NUMBER_BYTES);
  const buffer = reserve(memory, matrixAt + count * dimension * NUMBER_BYTES);
  const vectorIn = new Float32Array(buffer, vectorAt, dimension);
  const batches = inBatches(buffer, rowsAt, outAt, count);
  const stored = new Float32Array(buffer, matrixAt, count * dimension);
  if (matrix) stored.set(matrix);
  return {
    matrix: stored,
    products: (vector, rows) => {
      if (vector.length !== dimension) throw new RangeError(`a vector of ${dimension} numbers is expected`);
      vectorIn.set(vector);
      return batches(rows, (now) => products(vectorAt, matrixAt, dimension, rowsAt, now, outAt));
    },
  };
}
