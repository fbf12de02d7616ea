import { MODULE } from './module.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  products(vector: number, matrix: number, dimension: number, rows: number, count: number, out: number): void;
  estimates(
    vector: number,
    codes: number,
    width: number,
    scales: number,
    rows: number,
    count: number,
    out: number,
  ): void;
  differences(vector: number, rows: number, blocks: number, count: number, out: number, counts: number): void;
  within(numbers: number, count: number, most: number, out: number): number;
}

const PAGE_BYTES = 65_536;
export const NUMBER_BYTES = 4;
/** Rows whose products are computed at a time. */
export const ROWS_AT_ONCE = 1024;

const compiled = new WebAssembly.Module(Buffer.from(MODULE, 'base64'));

/** The compiled products with a memory of their own. */
export function instance(): Exports {
  return new WebAssembly.Instance(compiled).exports as unknown as Exports;
}

/** Grows a memory to at least so many bytes. */
export function reserve(memory: WebAssembly.Memory, bytes: number): ArrayBuffer {
  memory.grow(Math.max(0, Math.ceil(bytes / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES));
  return memory.buffer as ArrayBuffer;
}

/** The next address at which a row may begin. */
export function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}

/**
 * Numbers for each of some rows, a batch at a time.
 *
 * @param rowsAt where the numbers of the rows are put, and `outAt` where what is computed of them is read
 * @param count rows that there are
 */
export function inBatches(buffer: ArrayBuffer, rowsAt: number, outAt: number, count: number) {
  const rowsIn = new Int32Array(buffer, rowsAt, ROWS_AT_ONCE);
  const out = new Float32Array(buffer, outAt, ROWS_AT_ONCE);
  return (rows: ArrayLike<number>, compute: (now: number) => void): Float32Array => {
    const found = new Float32Array(rows.length);
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const now = Math.min(ROWS_AT_ONCE, rows.length - from);
      for (let i = 0; i < now; i += 1) {
        const row = rows[from + i] ?? -1;
        if (!(row >= 0 && row < count)) throw new RangeError(`there is no row ${row} of ${count}`);
        rowsIn[i] = row;
      }
      compute(now);
      found.set(now === ROWS_AT_ONCE ? out : out.subarray(0, now), from);
    }
    return found;
  };
}
