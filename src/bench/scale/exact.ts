import { BestRows } from '../../index/best-rows.js';
import { emptyRows } from '../../index/products/index.js';
import { K } from './orders.js';

/** Vectors compared at a time. */
const ROWS_AT_ONCE = 4096;

/**
 * Rows of the nearest vectors of each query under each filter, found by comparing all.
 *
 * @param isAllowed whether a row is, by filter
 * @returns by filter, then by query
 */
export function exactly(
  size: number,
  vectorOf: (row: number) => Float32Array,
  queries: readonly Float32Array[],
  filters: readonly ((row: number) => boolean)[],
): Set<number>[][] {
  const dimension = queries[0]?.length ?? 0;
  const block = emptyRows(ROWS_AT_ONCE, dimension);
  const best = filters.map(() => queries.map(() => new BestRows(K)));
  for (let from = 0; from < size; from += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, size - from);
    const own = Array.from({ length: count }, (_, row) => row);
    for (const row of own) block.matrix.set(vectorOf(from + row), row * dimension);
    const chosen = filters.map((isAllowed) => own.filter((row) => isAllowed(from + row)));
    for (const [query, vector] of queries.entries()) {
      const products = block.products(vector, own);
      for (const [filter, rows] of chosen.entries()) {
        best[filter]?.[query]?.offer(
          rows.map((row) => products[row] as number),
          rows,
          from,
        );
      }
    }
  }
  return best.map((byQuery) => byQuery.map(({ rows, count }) => new Set(rows.subarray(0, count))));
}

/** Share of the wanted rows that were found. */
export function recallOf(
  wanted: readonly ReadonlySet<number>[],
  found: readonly (readonly number[])[],
): number {
  let hits = 0;
  let all = 0;
  for (const [query, rows] of wanted.entries()) {
    all += rows.size;
    hits += (found[query] ?? []).filter((row) => rows.has(row)).length;
  }
  return hits / all;
}
