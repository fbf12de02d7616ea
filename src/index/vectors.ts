import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import type hnswlib from 'hnswlib-node';
import { Document } from 'langchain';
import { breathe } from '../breathe.js';
import { HNSWLib } from '../vendor/hnsw-store.js';
import { graphs } from './graphs.js';
import type { Allowed, Entry } from './types.js';

/**
 * HNSW parameters, chosen by `npm run bench`: of those that find .99 of the ten exact neighbours of the development
 * questions, the quickest to build. `ef` is the length of the search list.
 */
export const HNSW = { m: 16, efConstruction: 50, ef: 160, seed: 1 } as const;

/** Rows put into the graph before others have their turn: some 50 ms. */
const ROWS_AT_ONCE = 128;

export interface EntryHit<E extends Entry> {
  /** Row of the entry in this index. */
  readonly row: number;
  readonly entry: E;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** Vectors of entries behind LangChain's HNSW store, and as rows for exact similarities. */
export class VectorIndex<E extends Entry> {
  readonly #store: HNSWLib;
  readonly #entries: readonly E[];
  readonly #matrix: Float32Array;
  readonly #dimension: number;
  readonly #rows = new Map<number, number[]>();
  readonly #centroids = new Map<number, Float32Array>();

  private constructor(
    graph: hnswlib.HierarchicalNSW,
    entries: readonly E[],
    matrix: Float32Array,
    dimension: number,
    embeddings: EmbeddingsInterface,
  ) {
    graph.setEf(HNSW.ef);
    this.#store = new HNSWLib(embeddings, { space: 'ip', numDimensions: dimension, index: graph });
    this.#store.docstore.add(
      Object.fromEntries(
        entries.map((entry, row) => [
          row,
          new Document({ pageContent: entry.text, metadata: { row, paragraph: entry.paragraph } }),
        ]),
      ),
    );
    this.#entries = entries;
    this.#matrix = matrix;
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
    const matrix = new Float32Array(entries.length * dimension);
    for (const [row, vector] of vectors.entries()) {
      graph.addPoint(Array.from(vector), row);
      if (row % ROWS_AT_ONCE === 0) await breathe();
      matrix.set(vector, row * dimension);
    }
    return new VectorIndex(graph, entries, matrix, dimension, embeddings);
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
    return new VectorIndex(graph, entries, matrix, dimension, embeddings);
  }

  writeGraph(file: string): void {
    this.#store.index.writeIndexSync(file);
  }

  /** [entries, dimension], row-major. */
  get matrix(): Float32Array {
    return this.#matrix;
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
    return dot(vector, this.#matrix, row * this.#dimension);
  }

  /** Cosine of a vector of length 1 with the mean of a paragraph's entries; 0 where it has none. */
  centroidSimilarity(vector: Float32Array, paragraph: number): number {
    const known = this.#centroids.get(paragraph) ?? this.#meanOf(this.rowsOf(paragraph));
    this.#centroids.set(paragraph, known);
    return dot(vector, known, 0);
  }

  /** Mean of rows, brought to length 1. */
  #meanOf(rows: readonly number[]): Float32Array {
    const sum = new Float32Array(this.#dimension);
    for (const row of rows) {
      for (let i = 0; i < this.#dimension; i += 1) {
        sum[i] = (sum[i] as number) + (this.#matrix[row * this.#dimension + i] as number);
      }
    }
    const length = Math.sqrt(dot(sum, sum, 0)) || 1;
    return sum.map((value) => value / length);
  }

  /** The nearest entries among the allowed paragraphs, nearest first; all paragraphs where `allowed` is null. */
  async nearest(vector: ArrayLike<number>, limit: number, allowed: Allowed | null): Promise<EntryHit<E>[]> {
    const k = Math.min(limit, this.size);
    if (k === 0) return [];
    const filter = allowed ? ({ metadata }: Document) => allowed(metadata.paragraph as number) : undefined;
    const hits = await this.#store.similaritySearchVectorWithScore(Array.from(vector), k, filter);
    return hits.flatMap(([{ metadata }, distance]) => {
      const row = metadata.row as number;
      const entry = this.#entries[row];
      return entry ? [{ row, entry, similarity: 1 - distance }] : [];
    });
  }
}

/** Product of a vector with the stretch of `matrix` from `from` on. Four sums at once: the loop is bound by their latency. */
function dot(vector: Float32Array, matrix: Float32Array, from: number): number {
  const length = vector.length;
  const whole = length - (length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += (vector[i] as number) * (matrix[from + i] as number);
    b += (vector[i + 1] as number) * (matrix[from + i + 1] as number);
    c += (vector[i + 2] as number) * (matrix[from + i + 2] as number);
    d += (vector[i + 3] as number) * (matrix[from + i + 3] as number);
  }
  for (let i = whole; i < length; i += 1) a += (vector[i] as number) * (matrix[from + i] as number);
  return a + b + c + d;
}
