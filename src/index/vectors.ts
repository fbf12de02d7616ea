import path from 'node:path';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { LRUCache } from 'lru-cache';
import { messageOf } from '../errors.js';
import { type List, partOf } from '../lists.js';
import { remembered } from '../remembered.js';
import { HNSWLib } from '../vendor/hnsw-store.js';
import { BestRows, largest } from './best-rows.js';
import { cut, SEGMENT, type SegmentSizes } from './cut.js';
import { type Places, placesOf } from './places.js';
import { type Estimates, emptyRows, type Rows } from './products/index.js';
import { buildSegment, HNSW, type KeptGraphs, readSegment, type Segment } from './segment.js';
import { sift } from './sift.js';
import type { Allowed, Entry, EntryList } from './types.js';

export interface EntryHit {
  /** Row of the entry in this index. */
  readonly row: number;
  readonly paragraph: number;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** Cosines of one vector with the entries of paragraphs, each computed once, of codes: within some thousandths. */
export interface Cosines {
  /** With each entry of a paragraph, as `rowsOf` has them. */
  of(paragraph: number): Float32Array;
  /** With the nearest entries of a paragraph, nearest first, at most `limit`. */
  best(paragraph: number, limit: number): Float32Array;
  /** With the mean of a paragraph's entries; 0 where it has none. */
  withMean(paragraph: number): number;
}

/** A file of a graph or of vectors alone. */
export interface GraphFile {
  readonly file: string;
  /** Of the file that `readOf` names, verified. */
  readonly bytes: () => Promise<Uint8Array>;
}

export interface BuildOptions {
  readonly sizes?: SegmentSizes;
  /** Whether the vectors are in a graph where they fit in one segment; they are where nothing is said. */
  readonly graph?: boolean;
  /** Graphs that need not be made. */
  readonly kept?: KeptGraphs;
}

const NONE_KEPT: KeptGraphs = async () => null;

/** Share of the entries up to which those that a filter allows are compared whole, and of several segments: chosen by `npm run bench:scale`. */
const COMPARED_SHARE = 0.15;
const COMPARED_SHARE_OF_MANY = 0.04;
/** Rows of several segments whose codes are compared, and so many more for each that is wanted: chosen by `npm run bench:scale`. */
const SIFTED = 4_000;
const SIFTED_AGAIN = 64;
/** The same of one segment, a share of its rows: of the 48 questions nearest to a development question, .999 are among them. */
const SIFTED_SHARE = 1 / 32;
const SIFTED_AGAIN_ALONE = 16;
/** Of those compared by their codes, so many times as many as are wanted, and so many more, are compared exactly. */
const COMPARED_AGAIN = { times: 2, more: 12 };
/** Means of paragraphs' entries that are kept. */
const MEANS_KEPT = 16_384;

/**
 * Vectors of entries. As many as fit in one segment are held for exact similarities, and in a graph of hnswlib where that is wanted.
 * Others have bits and codes: a search looks at the bits of all, because a graph of many misses what few are like. Of several segments
 * the vectors themselves are in files. Searches go to the graph of LangChain's store itself: looking up a LangChain document for each hit
 * would take a third of their time.
 */
export class VectorIndex<E extends Entry> {
  readonly #list: EntryList<E>;
  readonly #dimension: number;
  readonly #segments: readonly (Segment & { readonly from: number; readonly store: HNSWLib | null })[];
  readonly #places: Places;
  readonly #means = new LRUCache<number, Float32Array>({ max: MEANS_KEPT });
  /** Where a mean is put to be multiplied. */
  readonly #scratch: Rows;

  private constructor(
    segments: readonly Segment[],
    list: EntryList<E>,
    dimension: number,
    embeddings: EmbeddingsInterface,
  ) {
    let from = 0;
    this.#segments = segments.map((segment) => {
      const index = segment.graph;
      const store = index && new HNSWLib(embeddings, { space: 'ip', numDimensions: dimension, index });
      const placed = { ...segment, store, from };
      from += segment.size;
      return placed;
    });
    if (from !== list.size) throw new Error(`there are ${from} vectors for ${list.size} entries`);
    this.#list = list;
    this.#dimension = dimension;
    this.#places = placesOf(list);
    this.#scratch = emptyRows(1, dimension);
  }

  /** @param vectors a vector of length 1 for each entry */
  static async build<E extends Entry>(
    list: EntryList<E>,
    vectors: List<Float32Array>,
    dimension: number,
    embeddings: EmbeddingsInterface,
    { sizes = SEGMENT, graph = true, kept = NONE_KEPT }: BuildOptions = {},
  ): Promise<VectorIndex<E>> {
    const parts = cut(vectors, sizes);
    const segments: Segment[] = [];
    for (const [from, to] of parts)
      segments.push(
        await buildSegment(partOf(vectors, from, to), dimension, graph && parts.length === 1, kept),
      );
    return new VectorIndex(segments, list, dimension, embeddings);
  }

  /** @throws Error where a graph's file cannot be read */
  static async read<E extends Entry>(
    files: readonly GraphFile[],
    list: EntryList<E>,
    dimension: number,
    embeddings: EmbeddingsInterface,
  ): Promise<VectorIndex<E>> {
    const segments: Segment[] = [];
    for (const { file, bytes } of files) {
      const read = await bytes();
      try {
        segments.push(readSegment(file, read, dimension, files.length === 1));
      } catch (error) {
        throw new Error(`${path.basename(file)}: ${messageOf(error)}`);
      }
    }
    return new VectorIndex(segments, list, dimension, embeddings);
  }

  /** @param fileOf names the file of a segment */
  write(fileOf: (segment: number) => string): void {
    for (const [place, segment] of this.#segments.entries()) segment.write(fileOf(place));
  }

  get segments(): number {
    return this.#segments.length;
  }

  get hasGraph(): boolean {
    return this.#segments.some(({ graph }) => graph !== null);
  }

  /** What the graph is of, where there is one. */
  keys(): string[] {
    return this.#segments.flatMap((segment) => segment.key() ?? []);
  }

  get size(): number {
    return this.#list.size;
  }

  /** Rows of a paragraph's entries. */
  rowsOf(paragraph: number): readonly number[] {
    return this.#places.rowsOf(paragraph);
  }

  entry(row: number): E | undefined {
    return this.#list.entry(row);
  }

  /** Every entry, by row. */
  *entries(): Generator<E> {
    for (let row = 0; row < this.size; row += 1) yield this.#list.entry(row) as E;
  }

  /** Not to be written to. */
  vector(row: number): Float32Array {
    const { segment, own } = this.#at(row);
    return segment.vector(own);
  }

  /** Cosine of a vector of length 1 with an entry's. */
  similarity(vector: Float32Array, row: number): number {
    return this.#products(vector, [row])[0] ?? 0;
  }

  /** Cosines of a vector of length 1. */
  cosines(vector: Float32Array): Cosines {
    const known = new Map<number, Float32Array>();
    const estimates = this.#estimatesOf(vector);
    const of = (paragraph: number) => {
      const found = known.get(paragraph) ?? estimates(this.rowsOf(paragraph));
      known.set(paragraph, found);
      return found;
    };
    return {
      of,
      best: (paragraph, limit) => largest(of(paragraph), limit),
      withMean: (paragraph) => {
        const mean = this.#meanOf(paragraph);
        if (!mean) return 0;
        this.#scratch.matrix.set(mean);
        return this.#scratch.products(vector, [0])[0] ?? 0;
      },
    };
  }

  /**
   * The nearest entries among the allowed paragraphs, nearest first; all paragraphs where `allowed` is null.
   */
  async nearest(vector: ArrayLike<number>, limit: number, allowed: Allowed | null): Promise<EntryHit[]> {
    const rows = allowed ? this.#places.allowed(allowed) : null;
    const k = Math.min(limit, rows ? rows.length : this.size);
    if (k === 0) return [];
    const own = Float32Array.from(vector);
    const best =
      rows && rows.length <= (this.segments === 1 ? COMPARED_SHARE : COMPARED_SHARE_OF_MANY) * this.size
        ? this.#compared(own, k, rows)
        : (this.#followed(own, k, rows) ?? this.#sifted(own, k, rows));
    return Array.from({ length: best.count }, (_, rank) => {
      const row = best.rows[rank] as number;
      return { row, paragraph: this.#list.paragraphOf(row), similarity: best.values[rank] as number };
    });
  }

  /** By the graph, where there is one. */
  #followed(vector: Float32Array, k: number, rows: Uint32Array | null): BestRows | null {
    const graph = this.#segments[0]?.store?.index;
    if (!graph) return null;
    const best = new BestRows(k);
    const isAllowed = rows && flagsOf(rows, this.size);
    graph.setEf(HNSW.ef);
    const filter = isAllowed ? (row: number) => isAllowed[row] === 1 : undefined;
    const { neighbors, distances } = graph.searchKnn(Array.from(vector), k, filter);
    best.offer(
      distances.map((distance) => 1 - distance),
      neighbors,
    );
    return best;
  }

  /** By the bits of all rows: those with the fewest differences are compared. */
  #sifted(vector: Float32Array, k: number, rows: Uint32Array | null): BestRows {
    const count = rows?.length ?? this.size;
    const wanted =
      this.segments === 1
        ? Math.min(SIFTED, Math.ceil(SIFTED_SHARE * count)) + SIFTED_AGAIN_ALONE * k
        : SIFTED + SIFTED_AGAIN * k;
    return this.#compared(vector, k, sift(this.#segments, vector, rows, Math.min(count, wanted)));
  }

  /** By looking at each row. */
  #compared(vector: Float32Array, k: number, rows: Uint32Array): BestRows {
    const exact = new BestRows(k);
    const again = COMPARED_AGAIN.times * k + COMPARED_AGAIN.more;
    if (rows.length <= again || this.hasGraph) {
      exact.offer(this.#products(vector, rows), rows);
      return exact;
    }
    const near = new BestRows(again);
    let from = 0;
    for (const segment of this.#segments) {
      let to = segment === this.#segments.at(-1) ? rows.length : from;
      while (to < rows.length && isIn(segment, rows[to] as number)) to += 1;
      const own = rows.subarray(from, to);
      const placed = segment.from === 0 ? own : own.map((row) => row - segment.from);
      near.offer(segment.estimatesOf(vector)(placed), placed, segment.from);
      from = to;
    }
    const best = near.rows.subarray(0, near.count);
    exact.offer(this.#products(vector, best), best);
    return exact;
  }

  /** Exact, in the order of the rows. */
  #products(vector: Float32Array, rows: ArrayLike<number>): Float32Array {
    return this.#bySegment(rows, (segment, own) => segment.products(vector, own));
  }

  #estimatesOf(vector: Float32Array): Estimates {
    const estimatesIn = remembered((segment: Segment) => segment.estimatesOf(vector));
    return (rows) => this.#bySegment(rows, (segment, own) => estimatesIn(segment)(own));
  }

  /** Numbers for each of some rows, in their order, made segment by segment. */
  #bySegment(
    rows: ArrayLike<number>,
    compute: (segment: Segment, own: ArrayLike<number>) => Float32Array,
  ): Float32Array {
    const [only] = this.#segments;
    if (only && this.#segments.length === 1) return compute(only, rows);
    const found = new Float32Array(rows.length);
    // Rows of a paragraph, and those that a filter allows, mostly follow each other.
    for (let from = 0; from < rows.length; ) {
      const { segment } = this.#at(rows[from] as number);
      const own: number[] = [];
      for (let row = rows[from] as number; isIn(segment, row); row = rows[from + own.length] ?? -1)
        own.push(row - segment.from);
      found.set(compute(segment, own), from);
      from += own.length;
    }
    return found;
  }

  #at(row: number) {
    const segment = this.#segments.findLast(({ from }) => from <= row);
    if (!segment || !isIn(segment, row)) throw new RangeError(`there is no row ${row} of ${this.size}`);
    return { segment, own: row - segment.from };
  }

  /** Mean of a paragraph's entries, brought to length 1; null where it has none. */
  #meanOf(paragraph: number): Float32Array | null {
    const known = this.#means.get(paragraph);
    if (known) return known;
    const rows = this.rowsOf(paragraph);
    if (rows.length === 0) return null;
    const sum = new Float32Array(this.#dimension);
    for (const row of rows) {
      const vector = this.vector(row);
      for (let i = 0; i < this.#dimension; i += 1) sum[i] = (sum[i] as number) + (vector[i] as number);
    }
    const length = Math.hypot(...sum) || 1;
    const mean = sum.map((value) => value / length);
    this.#means.set(paragraph, mean);
    return mean;
  }
}

function flagsOf(rows: Uint32Array, size: number): Uint8Array {
  const flags = new Uint8Array(size);
  for (const row of rows) flags[row] = 1;
  return flags;
}

function isIn({ from, size }: { readonly from: number; readonly size: number }, row: number): boolean {
  return row >= from && row < from + size;
}
