import { createHash } from 'node:crypto';
import type hnswlib from 'hnswlib-node';
import { breathe } from '../breathe.js';
import type { List } from '../lists.js';
import { graphInThread, sharedMatrix } from './graph-building.js';
import { layoutOf, vectorIn, vectorReader } from './graph-file.js';
import { graphs } from './graphs.js';
import { type Estimates, emptyCodes, emptyRows, type Rows } from './products/index.js';

/**
 * HNSW parameters, chosen by `npm run bench`: of those that find .97 of the ten exact neighbours of the development
 * questions, the quickest to build. `ef` is the length of the search list; 160 changed no figure of the development split.
 */
export const HNSW = { m: 16, efConstruction: 50, ef: 80, seed: 1 } as const;

/**
 * Finds the file of a graph of an earlier index by its key, so that it need not be made again; null where there is none that is as
 * it was written.
 */
export type KeptGraphs = (key: string) => Promise<string | null>;

/** Entries that follow each other, with a graph of their own. Rows are counted from the first of them. */
export interface Segment {
  /** Says what the graph is of: the same vectors and settings, the same key, and the same graph. */
  key(): string;
  readonly size: number;
  readonly graph: hnswlib.HierarchicalNSW;
  vector(row: number): Float32Array;
  /** Products of a vector with rows, in their order. */
  products(vector: Float32Array, rows: ArrayLike<number>): Float32Array;
  /** The same to within some thousandths, without reading from the disk. */
  estimatesOf(vector: Float32Array): Estimates;
}

/** Rows put into the graph before others have their turn: some 50 ms. */
const ROWS_AT_ONCE = 128;

/**
 * A graph of vectors of length 1, made in a thread of its own where it is one of several.
 *
 * @param inMemory whether the vectors are held for exact products beside their codes, or the codes alone beside what is given
 * @param kept graphs that need not be made
 */
export async function buildSegment(
  vectors: List<Float32Array>,
  dimension: number,
  inMemory: boolean,
  kept: KeptGraphs,
): Promise<Segment> {
  if (inMemory) {
    const key = keyOf(vectors.length, (row) => vectors.at(row) as Float32Array);
    const file = await kept(key);
    const graph = file === null ? await graphHere(vectors, dimension) : graphIn(file, dimension);
    const copy = (row: number, into: Float32Array) => into.set(vectors.at(row) as Float32Array);
    return { graph, key: () => key, ...held(vectors.length, dimension, copy) };
  }
  const matrix = sharedMatrix(vectors, dimension);
  const key = keyOf(vectors.length, (row) => matrix.subarray(row * dimension, (row + 1) * dimension));
  const file = await kept(key);
  const graph = file === null ? await graphInThread(matrix, dimension, HNSW) : graphIn(file, dimension);
  const copy = (row: number, into: Float32Array) =>
    into.set(matrix.subarray(row * dimension, (row + 1) * dimension));
  const read = (rows: ArrayLike<number>, into: Float32Array) => {
    for (let i = 0; i < rows.length; i += 1)
      into.set(vectors.at(rows[i] as number) as Float32Array, i * dimension);
  };
  return { graph, key: () => key, ...coded(vectors.length, dimension, copy, read) };
}

async function graphHere(vectors: List<Float32Array>, dimension: number): Promise<hnswlib.HierarchicalNSW> {
  const graph = new graphs.HierarchicalNSW('ip', dimension);
  graph.initIndex(vectors.length, HNSW.m, HNSW.efConstruction, HNSW.seed);
  for (let row = 0; row < vectors.length; row += 1) {
    graph.addPoint(Array.from(vectors.at(row) as Float32Array), row);
    if (row % ROWS_AT_ONCE === 0) await breathe();
  }
  return graph;
}

/**
 * A segment as it stands on disk.
 *
 * @param bytes of the file, which hnswlib reads by its name
 * @throws Error where it is not a graph of such vectors
 */
export function readSegment(file: string, bytes: Uint8Array, dimension: number, inMemory: boolean): Segment {
  const layout = layoutOf(bytes, dimension);
  const copy = (row: number, into: Float32Array) => vectorIn(bytes, layout, row, into);
  const rows = inMemory
    ? held(layout.count, dimension, copy)
    : coded(layout.count, dimension, copy, vectorReader(file, layout, dimension).read);
  const key = () => keyOf(layout.count, rows.vector);
  return { graph: graphIn(file, dimension), key, ...rows };
}

function graphIn(file: string, dimension: number): hnswlib.HierarchicalNSW {
  const graph = new graphs.HierarchicalNSW('ip', dimension);
  graph.readIndexSync(file);
  return graph;
}

function keyOf(count: number, vectorOf: (row: number) => Float32Array): string {
  const hash = createHash('sha256').update(JSON.stringify(HNSW));
  for (let row = 0; row < count; row += 1) {
    const { buffer, byteOffset, byteLength } = vectorOf(row);
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

type Copy = (row: number, into: Float32Array) => void;
type Read = (rows: ArrayLike<number>, into: Float32Array) => void;

function held(size: number, dimension: number, copy: Copy): Omit<Segment, 'graph' | 'key'> {
  const rows = emptyRows(size, dimension);
  const codes = emptyCodes(size, dimension);
  const vector = (row: number) => rows.matrix.subarray(row * dimension, (row + 1) * dimension);
  for (let row = 0; row < size; row += 1) {
    copy(row, vector(row));
    codes.set(row, vector(row));
  }
  return { size, vector, products: rows.products, estimatesOf: codes.estimatesOf };
}

/** Vectors fetched at a time for exact products. */
const FETCHED_AT_ONCE = 256;

function coded(size: number, dimension: number, copy: Copy, read: Read): Omit<Segment, 'graph' | 'key'> {
  const codes = emptyCodes(size, dimension);
  const own = new Float32Array(dimension);
  for (let row = 0; row < size; row += 1) {
    copy(row, own);
    codes.set(row, own);
  }
  const places = Array.from({ length: FETCHED_AT_ONCE }, (_, place) => place);
  return {
    size,
    vector: (row) => {
      const into = new Float32Array(dimension);
      read([row], into);
      return into;
    },
    products: (vector, rows) => {
      const { matrix, products } = fetchedOf(dimension);
      const found = new Float32Array(rows.length);
      for (let from = 0; from < rows.length; from += FETCHED_AT_ONCE) {
        const now = Array.prototype.slice.call(rows, from, from + FETCHED_AT_ONCE) as number[];
        read(now, matrix);
        found.set(products(vector, places.slice(0, now.length)), from);
      }
      return found;
    },
    estimatesOf: codes.estimatesOf,
  };
}

/** Where fetched vectors are put, one for all segments. */
const fetched = new Map<number, Rows>();

function fetchedOf(dimension: number): Rows {
  const found = fetched.get(dimension) ?? emptyRows(FETCHED_AT_ONCE, dimension);
  fetched.set(dimension, found);
  return found;
}
