import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import type hnswlib from 'hnswlib-node';
import { breathe } from '../breathe.js';
import { HNSWLib } from '../vendor/hnsw-store.js';
import { graphs } from './graphs.js';
import { emptyRows, type Rows, rowsOf } from './products/index.js';
import type { Allowed, Entry } from './types.js';

/**
 * HNSW parameters, chosen by `npm run bench`: of those that find .97 of the ten exact neighbours of the development
 * questions, the quickest to build. `ef` is the length of the search list; 160 changed no figure of the development split.
 */
export const HNSW = { m: 16, efConstruction: 50, ef: 80, seed: 1 } as const;

/** The largest of some values, the largest first. Sorting all of a typed array costs more than the products do. */
function largest(values: Float32Array, limit: number): Float32Array {
  const kept = new Float32Array(Math.min(limit, values.length));
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (count === kept.length && value <= (kept[count - 1] as number)) continue;
    let at = count < kept.length ? count : count - 1;
    for (; at > 0 && (kept[at - 1] as number) < value; at -= 1) kept[at] = kept[at - 1] as number;
    kept[at] = value;
    if (count < kept.length) count += 1;
  }
  return kept;
}

/** Rows put into the graph before others have their turn: some 50 ms. */
const ROWS_AT_ONCE = 128;

export interface EntryHit<E extends Entry> {
  /** Row of the entry in this index. */
  readonly row: number;
  readonly entry: E;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** Cosines of one vector with the entries of paragraphs, each computed once. */
export interface Cosines {
  /** With each entry of a paragraph, as `rowsOf` has them. */
  of(paragraph: number): Float32Array;
  /** With the nearest entries of a paragraph, nearest first, at most `limit`. */
  best(paragraph: number, limit: number): Float32Array;
  /** With the mean of a paragraph's entries; 0 where it has none. */
  withMean(paragraph: number): number;
}

/**
 * Vectors of entries in the graph of LangChain's HNSW store, and as rows for exact similarities. Searches go to the store's
 * graph itself: looking up a LangChain document for each hit would take a third of their time.
 */
export class VectorIndex<E extends Entry> {
  readonly #store: HNSWLib;
  readonly #entries: readonly E[];
  readonly #vectors: Rows;
  readonly #dimension: number;
  readonly #rows = new Map<number, number[]>();
  /** Means of the paragraphs' entries, in the order of `#rows`, made when first needed. */
  #means: { readonly rows: Rows; readonly rowOf: ReadonlyMap<number, number> } | null = null;

  private constructor(
    graph: hnswlib.HierarchicalNSW,
    entries: readonly E[],
    vectors: Rows,
    dimension: number,
    embeddings: EmbeddingsInterface,
  ) {
    graph.setEf(HNSW.ef);
    this.#store = new HNSWLib(embeddings, { space: 'ip', numDimensions: dimension, index: graph });
    this.#entries = entries;
    this.#vectors = vectors;
    this.#dimension = dimension;
    for (const [row, { paragraph }] of entries.entries()) {
      const rows = this.#rows.get(paragraph) ?? [];
      rows.push(row);
      this.#rows.set(paragraph, rows);
    }
  }

  /** @param vectors a vector of length 1 for each entry */
  static async build<E extends Entry>(
    entries: readonly E[],
    vectors: readonly Float32Array[],
    dimension: number,
    embeddings: EmbeddingsInterface,
  ): Promise<VectorIndex<E>> {
    const graph = new graphs.HierarchicalNSW('ip', dimension);
    graph.initIndex(Math.max(entries.length, 1), HNSW.m, HNSW.efConstruction, HNSW.seed);
    const rows = emptyRows(entries.length, dimension);
    for (const [row, vector] of vectors.entries()) {
      graph.addPoint(Array.from(vector), row);
      if (row % ROWS_AT_ONCE === 0) await breathe();
      rows.matrix.set(vector, row * dimension);
    }
    return new VectorIndex(graph, entries, rows, dimension, embeddings);
  }

  /** @throws Error where the graph's file cannot be read */
  static read<E extends Entry>(
    graphFile: string,
    matrix: Float32Array,
    entries: readonly E[],
    dimension: number,
    embeddings: EmbeddingsInterface,
  ): VectorIndex<E> {
    const graph = new graphs.HierarchicalNSW('ip', dimension);
    graph.readIndexSync(graphFile);
    return new VectorIndex(graph, entries, rowsOf(matrix, dimension), dimension, embeddings);
  }

  writeGraph(file: string): void {
    this.#store.index.writeIndexSync(file);
  }

  /** [entries, dimension], row-major. */
  get matrix(): Float32Array {
    return this.#vectors.matrix;
  }

  /** By row. */
  get entries(): readonly E[] {
    return this.#entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Rows of a paragraph's entries. */
  rowsOf(paragraph: number): readonly number[] {
    return this.#rows.get(paragraph) ?? [];
  }

  entry(row: number): E | undefined {
    return this.#entries[row];
  }

  /** Cosine of a vector of length 1 with an entry's. */
  similarity(vector: Float32Array, row: number): number {
    return this.#vectors.products(vector, [row])[0] ?? 0;
  }

  /** Cosines of a vector of length 1. */
  cosines(vector: Float32Array): Cosines {
    const known = new Map<number, Float32Array>();
    const of = (paragraph: number) => {
      const found = known.get(paragraph) ?? this.#vectors.products(vector, this.rowsOf(paragraph));
      known.set(paragraph, found);
      return found;
    };
    return {
      of,
      best: (paragraph, limit) => largest(of(paragraph), limit),
      withMean: (paragraph) => {
        this.#means ??= this.#meansOfParagraphs();
        const row = this.#means.rowOf.get(paragraph);
        return row === undefined ? 0 : (this.#means.rows.products(vector, [row])[0] ?? 0);
      },
    };
  }

  #meansOfParagraphs() {
    const rows = emptyRows(this.#rows.size, this.#dimension);
    const rowOf = new Map([...this.#rows.keys()].map((paragraph, row) => [paragraph, row]));
    for (const [paragraph, row] of rowOf) {
      rows.matrix.set(this.#meanOf(this.rowsOf(paragraph)), row * this.#dimension);
    }
    return { rows, rowOf };
  }

  /** Mean of rows, brought to length 1. */
  #meanOf(rows: readonly number[]): Float32Array {
    const { matrix } = this.#vectors;
    const sum = new Float32Array(this.#dimension);
    for (const row of rows) {
      for (let i = 0; i < this.#dimension; i += 1) {
        sum[i] = (sum[i] as number) + (matrix[row * this.#dimension + i] as number);
      }
    }
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  }

  /** The nearest entries among the allowed paragraphs, nearest first; all paragraphs where `allowed` is null. */
  async nearest(vector: ArrayLike<number>, limit: number, allowed: Allowed | null): Promise<EntryHit<E>[]> {
    const k = Math.min(limit, this.size);
    if (k === 0) return [];
    const filter = allowed ? (row: number) => allowed(this.#entries[row]?.paragraph ?? -1) : undefined;
    const { neighbors, distances } = this.#store.index.searchKnn(Array.from(vector), k, filter);
    return neighbors.flatMap((row, rank) => {
      const entry = this.#entries[row];
      return entry ? [{ row, entry, similarity: 1 - (distances[rank] ?? 1) }] : [];
    });
  }
}
