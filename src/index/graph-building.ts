import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type hnswlib from 'hnswlib-node';
import type { List } from '../lists.js';
import { graphs } from './graphs.js';

export interface GraphOrder {
  /** [vectors, dimension], row-major. */
  readonly matrix: Float32Array;
  readonly dimension: number;
  readonly hnsw: { readonly m: number; readonly efConstruction: number; readonly seed: number };
  /** Where the graph is written. */
  readonly file: string;
}

/** Where the program is compiled to, seen from the sources. */
const COMPILED = '../../dist/index/';

/** Vectors one after the other, where threads can read them. */
export function sharedMatrix(vectors: List<Float32Array>, dimension: number): Float32Array {
  const bytes = vectors.length * dimension * Float32Array.BYTES_PER_ELEMENT;
  const matrix = new Float32Array(new SharedArrayBuffer(bytes));
  for (let row = 0; row < vectors.length; row += 1)
    matrix.set(vectors.at(row) as Float32Array, row * dimension);
  return matrix;
}

/**
 * Makes a graph in a thread of its own: hnswlib puts in one vector after the other and holds its thread up. It comes back by a
 * file, because graphs of two threads share nothing else. The graph is the one that this thread would make.
 *
 * @param matrix that threads can read
 */
export async function graphInThread(
  matrix: Float32Array,
  dimension: number,
  hnsw: GraphOrder['hnsw'],
): Promise<hnswlib.HierarchicalNSW> {
  const file = path.join(tmpdir(), `paracite-${randomUUID()}.hnsw`);
  try {
    const order: GraphOrder = { matrix, dimension, hnsw, file };
    await new Promise<void>((resolve, reject) => {
      const thread = new Worker(entry(), { workerData: order });
      thread.once('message', () => resolve());
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the thread that made a graph ended with ${code}`)));
    });
    const graph = new graphs.HierarchicalNSW('ip', dimension);
    graph.readIndexSync(file);
    return graph;
  } finally {
    await rm(file, { force: true });
  }
}

/** Does some work for each of some things, as many at a time as there are cores. In their order. */
export async function onAllCores<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(things.length);
  let next = 0;
  const one = async () => {
    for (let place = next; place < things.length; place = next) {
      next += 1;
      results[place] = await work(things[place] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(things.length, availableParallelism()) }, one));
  return results;
}

function entry(): string {
  const beside = fileURLToPath(new URL('./graph-thread.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`${COMPILED}graph-thread.js`, import.meta.url));
}
