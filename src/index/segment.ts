import { createHash } from 'node:crypto';
import { copyFileSync, statSync, writeFileSync } from 'node:fs';
import type hnswlib from 'hnswlib-node';
import { breathe } from '../breathe.js';
import { ParaciteError } from '../errors.js';
import type { List } from '../lists.js';
import {
  aloneIn,
  checkOf,
  isGraph,
  layoutOf,
  readOf,
  vectorIn,
  vectorReader,
  writeVectors,
} from './graph-file.js';
import { graphs } from './graphs.js';
import {
  type Bits,
  type Coded,
  type Estimates,
  emptyBits,
  emptyCodes,
  emptyRows,
  type Rows,
} from './products/index.js';

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

/** Entries that follow each other. Rows are counted from the first of them. */
export interface Segment {
  /** Says what the graph is of: the same vectors and settings, the same key, and the same graph. Null where there is none. */
  key(): string | null;
  readonly size: number;
  /** Where the index has this segment alone, and wants one. */
  readonly graph: hnswlib.HierarchicalNSW | null;
  /** Where there is no graph. */
  readonly bits: Bits | null;
  vector(row: number): Float32Array;
  /** Products of a vector with rows, in their order. */
  products(vector: Float32Array, rows: ArrayLike<number>): Float32Array;
  /** The same to within some thousandths, without reading from the disk. */
  estimatesOf(vector: Float32Array): Estimates;
  /** Writes the graph, or the vectors. */
  write(file: string): void;
}

/** Rows put into the graph before others have their turn: some 50 ms. */
const ROWS_AT_ONCE = 128;

/**
 * @param vectors of length 1
 * @param graph whether they are to be in a graph; then they are held for exact products
 * @param kept graphs that need not be made
 */
export async function buildSegment(
  vectors: List<Float32Array>,
  dimension: number,
  graph: boolean,
  kept: KeptGraphs,
): Promise<Segment> {
  const vectorAt = (row: number) => vectors.at(row) as Float32Array;
  const copy: Copy = (row, into) => into.set(vectorAt(row));
  if (!graph) {
    const read: Read = (rows, into) => {
      for (let i = 0; i < rows.length; i += 1) into.set(vectorAt(rows[i] as number), i * dimension);
    };
    const codes = codesOf(vectors.length, dimension);
    for (let row = 0; row < vectors.length; row += 1) codes.set(row, vectorAt(row));
    const write = (file: string) => {
      writeVectors(file, vectors.length, vectorAt);
      writeFileSync(readOf(file), Buffer.concat(codes.stored));
    };
    await breathe();
    return { ...coded(codes, dimension, read), write };
  }
  const key = keyOf(vectors.length, vectorAt);
  const file = await kept(key);
  const made = file === null ? await graphHere(vectors, dimension) : graphIn(file, dimension);
  return { ...held(vectors.length, dimension, copy), ...graphed(made), key: () => key };
}

function graphed(graph: hnswlib.HierarchicalNSW) {
  return { graph, write: (file: string) => graph.writeIndexSync(file) };
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
 * @param alone whether the index has this segment alone: then the vectors are held
 * @param bytes of the file that `readOf` names; a graph hnswlib reads by its name
 * @throws Error where it is not of such vectors
 */
export function readSegment(file: string, bytes: Uint8Array, dimension: number, alone: boolean): Segment {
  if (!isGraph(file)) {
    const layout = aloneIn(statSync(file).size, dimension);
    const codes = codesOf(layout.count, dimension);
    fill(codes.stored, bytes);
    const read = checked(vectorReader(file, layout, dimension).read, codes, dimension, file);
    return {
      ...coded(codes, dimension, read),
      ...(alone && exactOf(allOf(codes, dimension, read), dimension)),
      write: (to) => {
        copyFileSync(file, to);
        copyFileSync(readOf(file), readOf(to));
      },
    };
  }
  const layout = layoutOf(file, bytes, dimension);
  const copy: Copy = (row, into) => vectorIn(bytes, layout, row, into);
  const rows = held(layout.count, dimension, copy);
  return { ...rows, ...graphed(graphIn(file, dimension)), key: () => keyOf(layout.count, rows.vector) };
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

function held(size: number, dimension: number, copy: Copy): Omit<Segment, 'graph' | 'key' | 'write'> {
  const exact = exactOf(emptyRows(size, dimension), dimension);
  const codes = emptyCodes(size, dimension);
  for (let row = 0; row < size; row += 1) {
    copy(row, exact.vector(row));
    codes.set(row, exact.vector(row));
  }
  return { size, bits: null, ...exact, estimatesOf: codes.estimatesOf };
}

/** What is computed of vectors that are in memory. */
function exactOf({ matrix, products }: Rows, dimension: number): Pick<Segment, 'vector' | 'products'> {
  return { vector: (row) => matrix.subarray(row * dimension, (row + 1) * dimension), products };
}

/** Vectors fetched at a time for exact products. */
const FETCHED_AT_ONCE = 256;

/** What is in memory of vectors that are in a file. */
interface SegmentCodes {
  readonly size: number;
  readonly codes: Coded;
  readonly bits: Bits;
  /** Of each vector, `checkOf`. */
  readonly checks: Uint32Array;
  /** All of it, as it is in memory and one after the other in a file. */
  readonly stored: readonly Uint8Array[];
  set(row: number, vector: Float32Array): void;
}

function codesOf(size: number, dimension: number): SegmentCodes {
  const codes = emptyCodes(size, dimension);
  const bits = emptyBits(size, dimension);
  const checks = new Uint32Array(size);
  return {
    size,
    codes,
    bits,
    checks,
    stored: [new Uint8Array(checks.buffer), ...codes.stored, ...bits.stored],
    set: (row, vector) => {
      codes.set(row, vector);
      bits.set(row, vector);
      checks[row] = checkOf(vector, dimension);
    },
  };
}

function fill(stored: readonly Uint8Array[], bytes: Uint8Array): void {
  const length = stored.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (length !== bytes.byteLength) throw new Error('the codes are of other vectors');
  let from = 0;
  for (const part of stored) {
    part.set(bytes.subarray(from, from + part.byteLength));
    from += part.byteLength;
  }
}

/** Reads vectors, and looks whether they are those that were written. */
function checked(read: Read, { checks }: SegmentCodes, dimension: number, file: string): Read {
  return (rows, into) => {
    read(rows, into);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if (checkOf(into.subarray(i * dimension), dimension) !== checks[row])
        throw new ParaciteError(
          'index',
          `vector ${row} in ${file} is not as it was written: paracite index makes the index anew`,
        );
    }
  };
}

/** Vectors in memory that are in a file. */
function allOf({ size }: SegmentCodes, dimension: number, read: Read): Rows {
  const rows = emptyRows(size, dimension);
  const places = Array.from({ length: size }, (_, row) => row);
  read(places, rows.matrix);
  return rows;
}

function coded({ size, codes, bits }: SegmentCodes, dimension: number, read: Read): Omit<Segment, 'write'> {
  const places = Array.from({ length: FETCHED_AT_ONCE }, (_, place) => place);
  return {
    size,
    graph: null,
    key: () => null,
    bits,
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
