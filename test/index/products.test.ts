import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import wabt from 'wabt';
import { emptyBits, emptyCodes, emptyRows, rowsOf } from '../../src/index/products/index.js';
import { MODULE } from '../../src/index/products/module.js';

const number = fc.float({ min: -1, max: 1, noNaN: true });
/** A vector and the rows of a matrix, all of one length. */
const vectorAndRows = fc.integer({ min: 1, max: 70 }).chain((dimension) => {
  const vector = fc.array(number, { minLength: dimension, maxLength: dimension });
  return fc.tuple(vector, fc.array(vector, { minLength: 1, maxLength: 12 }));
});

test('products of rows equal those of a plain loop, for any dimension and any choice of rows', () => {
  fc.assert(
    fc.property(vectorAndRows, fc.array(fc.nat(), { maxLength: 30 }), ([vector, matrix], picks) => {
      const wanted = picks.map((pick) => pick % matrix.length);
      const rows = rowsOf(Float32Array.from(matrix.flat()), vector.length);
      const products = rows.products(Float32Array.from(vector), wanted);
      expect(products).toHaveLength(wanted.length);
      for (const [position, row] of wanted.entries()) {
        const exact = vector.reduce((sum, value, i) => sum + value * (matrix[row]?.[i] ?? 0), 0);
        expect(products[position]).toBeCloseTo(exact, 4);
      }
    }),
    { numRuns: 300 },
  );
});

test('takes more rows than fit in one call', () => {
  const rows = emptyRows(3000, 4);
  for (let row = 0; row < 3000; row += 1) rows.matrix[row * 4 + 2] = row;
  const all = Array.from({ length: 3000 }, (_, row) => row);
  expect([...rows.products(Float32Array.of(0, 0, 2, 0), all)]).toEqual(all.map((row) => 2 * row));
});

test('refuses a row that is not there and a vector of another length', () => {
  const rows = emptyRows(2, 4);
  expect(() => rows.products(new Float32Array(4), [2])).toThrow('there is no row 2 of 2');
  expect(() => rows.products(new Float32Array(4), [-1])).toThrow(RangeError);
  expect(() => rows.products(new Float32Array(3), [0])).toThrow('a vector of 4 numbers is expected');
});

test('the module is what its source compiles to', async () => {
  const source = await readFile(new URL('../../src/index/products/products.wat', import.meta.url), 'utf8');
  const { parseWat } = await wabt();
  const { buffer } = parseWat('products.wat', source, { simd: true }).toBinary({});
  expect(MODULE).toBe(Buffer.from(buffer).toString('base64'));
});

test('products with 8-bit codes are near those of the numbers, for any dimension and any length', () => {
  fc.assert(
    fc.property(vectorAndRows, ([vector, matrix]) => {
      const codes = emptyCodes(matrix.length, vector.length);
      for (const [row, values] of matrix.entries()) codes.set(row, Float32Array.from(values));
      const found = codes.estimatesOf(Float32Array.from(vector))([...matrix.keys()].reverse());
      for (const [position, values] of [...matrix].reverse().entries()) {
        const exact = vector.reduce((sum, value, i) => sum + value * (values[i] ?? 0), 0);
        const largest = Math.max(...values.map(Math.abs));
        // Half a code for each number of the row, and half a step for each of the vector.
        const most =
          vector.reduce((sum, value) => sum + (Math.abs(value) * largest) / 254, 0) + vector.length / 8191;
        expect(Math.abs((found[position] ?? Number.NaN) - exact)).toBeLessThanOrEqual(most + 1e-5);
      }
    }),
    { numRuns: 300 },
  );
  expect(() => emptyCodes(2, 4).estimatesOf(new Float32Array(4))([2])).toThrow('there is no row 2 of 2');
  expect(() => emptyCodes(2, 4).estimatesOf(new Float32Array(3))).toThrow('a vector of 4 numbers');
});

test('differences of bits are those of the signs, for any dimension', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }).chain((dimension) =>
        fc.array(fc.array(number, { minLength: dimension, maxLength: dimension }), {
          minLength: 1,
          maxLength: 20,
        }),
      ),
      (matrix) => {
        const [vector = []] = matrix;
        const bits = emptyBits(matrix.length, vector.length);
        for (const [row, values] of matrix.entries()) bits.set(row, Float32Array.from(values));
        const wanted = matrix.map(
          (values) => values.filter((value, i) => value > 0 !== (vector[i] ?? 0) > 0).length,
        );
        const { all, counts, within } = bits.differences(Float32Array.from(vector));
        expect([...all]).toEqual(wanted);
        for (const most of [0, 1, Math.floor(vector.length / 2), vector.length]) {
          expect(counts[most]).toBe(wanted.filter((count) => count === most).length);
          expect([...within(most)]).toEqual([...wanted.keys()].filter((row) => (wanted[row] ?? 0) <= most));
        }
      },
    ),
    { numRuns: 200 },
  );
});
