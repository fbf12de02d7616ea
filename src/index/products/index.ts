import { MODULE } from './module.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  products(vector: number, matrix: number, dimension: number, rows: number, count: number, out: number): void;
}

const PAGE_BYTES = 65_536;
const NUMBER_BYTES = 4;
/** Rows whose products are computed at a time. */
const ROWS_AT_ONCE = 1024;

const compiled = new WebAssembly.Module(Buffer.from(MODULE, 'base64'));

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
  const { memory, products } = new WebAssembly.Instance(compiled).exports as unknown as Exports;
  const vectorAt = 0;
  const rowsAt = vectorAt + dimension * NUMBER_BYTES;
  const outAt = rowsAt + ROWS_AT_ONCE * NUMBER_BYTES;
  const matrixAt = align(outAt + ROWS_AT_ONCE * NUMBER_BYTES);
  const bytes = matrixAt + count * dimension * NUMBER_BYTES;
  memory.grow(Math.max(0, Math.ceil(bytes / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES));
  const { buffer } = memory;
  const vectorIn = new Float32Array(buffer, vectorAt, dimension);
  const rowsIn = new Int32Array(buffer, rowsAt, ROWS_AT_ONCE);
  const out = new Float32Array(buffer, outAt, ROWS_AT_ONCE);
  const stored = new Float32Array(buffer, matrixAt, count * dimension);
  if (matrix) stored.set(matrix);
  return {
    matrix: stored,
    products: (vector, rows) => {
      if (vector.length !== dimension) throw new RangeError(`a vector of ${dimension} numbers is expected`);
      const found = new Float32Array(rows.length);
      vectorIn.set(vector);
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        const now = Math.min(ROWS_AT_ONCE, rows.length - from);
        for (let i = 0; i < now; i += 1) {
          const row = rows[from + i] ?? -1;
          if (!(row >= 0 && row < count)) throw new RangeError(`there is no row ${row} of ${count}`);
          rowsIn[i] = row;
        }
        products(vectorAt, matrixAt, dimension, rowsAt, now, outAt);
        found.set(now === ROWS_AT_ONCE ? out : out.subarray(0, now), from);
      }
      return found;
    },
  };
}

/** The next address at which a row may begin. */
function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}
