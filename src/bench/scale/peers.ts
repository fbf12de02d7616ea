import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { create, insertMultiple, search } from '@orama/orama';
import hnswlib from 'hnswlib-node';
import { BestRows } from '../../index/best-rows.js';
import { layoutOf, vectorIn } from '../../index/graph-file.js';
import { HNSW } from '../../index/index.js';
import { emptyRows } from '../../index/products/index.js';
import { quantile } from '../timing.js';
import { exactly, recallOf } from './exact.js';
import { SENTENCES_A_PARAGRAPH } from './generate.js';
import { FILTERS, hundredthOf, K, type PeerOrder, type PeerResult, type Queries } from './orders.js';

/** Others over the same vectors, with the same questions and filters, each after the other. */
const DIMENSION = 512;
/** Rows that Orama takes at a time. */
const INSERTED_AT_ONCE = 1000;

const order = JSON.parse(await text(process.stdin)) as PeerOrder;
console.log(JSON.stringify(await compare(order)));

type Search = (vector: Float32Array, percent: number) => Promise<readonly number[]>;

async function compare({ folder, chunks, orama }: PeerOrder): Promise<PeerResult[]> {
  const vectors = await vectorsIn(path.join(folder, 'index'), chunks);
  const queries = JSON.parse(await readFile(path.join(folder, 'queries.json'), 'utf8')) as Queries;
  const asked = queries.vectors.map((vector) => Float32Array.from(vector));
  const hundredths = Uint8Array.from({ length: vectors.length }, (_, row) =>
    hundredthOf(Math.floor(row / SENTENCES_A_PARAGRAPH)),
  );
  const wanted = exactly(
    vectors.length,
    (row) => vectors[row] as Float32Array,
    asked,
    FILTERS.map(
      ({ percent }) =>
        (row: number) =>
          (hundredths[row] ?? 0) < percent,
    ),
  );
  const makers = [
    { name: 'exact search (WebAssembly)', make: () => exactSearch(vectors, hundredths) },
    { name: 'hnswlib bare, one graph', make: () => bareGraph(vectors, hundredths) },
    ...(orama ? [{ name: 'Orama, vectors', make: () => oramaVectors(vectors, hundredths) }] : []),
  ];
  const results: PeerResult[] = [];
  for (const { name, make } of makers) {
    global.gc?.();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const find = await make();
    const buildMs = performance.now() - started;
    const searches: PeerResult['searches'][number][] = [];
    for (const [position, { filter, percent }] of FILTERS.entries()) {
      const times: number[] = [];
      const found: (readonly number[])[] = [];
      for (const vector of asked) {
        const began = performance.now();
        found.push(await find(vector, percent));
        times.push(performance.now() - began);
      }
      const recall = recallOf(wanted[position] ?? [], found);
      searches.push({ filter, p50: quantile(times, 0.5), p99: quantile(times, 0.99), recall });
    }
    const residentMb = (process.memoryUsage.rss() - before) / 2 ** 20;
    results.push({ name, chunks: vectors.length, buildMs, residentMb, searches });
  }
  return results;
}

/** Out of the files of the graphs, in order. */
async function vectorsIn(index: string, chunks: number): Promise<Float32Array[]> {
  const folder = await graphFolder(index);
  const extension = (await readdir(folder)).includes('chunks-0.hnsw') ? 'hnsw' : 'f32';
  const vectors: Float32Array[] = [];
  for (let segment = 0; vectors.length < chunks; segment += 1) {
    const file = path.join(folder, `chunks-${segment}.${extension}`);
    const bytes = await readFile(file);
    const layout = layoutOf(file, bytes, DIMENSION);
    for (let row = 0; row < layout.count; row += 1) {
      const vector = new Float32Array(DIMENSION);
      vectorIn(bytes, layout, row, vector);
      vectors.push(vector);
    }
  }
  return vectors;
}

/** Where they lie: in the folder that the pointer names, or where there are only vectors, in the index's own. */
async function graphFolder(index: string): Promise<string> {
  const pointer = await readFile(path.join(index, 'CURRENT'), 'utf8').catch(() => null);
  return path.join(index, pointer?.split(' ')[0] ?? '');
}

async function exactSearch(vectors: readonly Float32Array[], hundredths: Uint8Array): Promise<Search> {
  const rows = emptyRows(vectors.length, DIMENSION);
  for (const [row, vector] of vectors.entries()) rows.matrix.set(vector, row * DIMENSION);
  const all = Uint32Array.from(vectors.keys());
  return async (vector, percent) => {
    const own = percent === 100 ? all : all.filter((row) => (hundredths[row] as number) < percent);
    const best = new BestRows(K);
    best.offer(rows.products(vector, own), own);
    return Array.from(best.rows.subarray(0, best.count));
  };
}

async function bareGraph(vectors: readonly Float32Array[], hundredths: Uint8Array): Promise<Search> {
  const graph = new hnswlib.HierarchicalNSW('ip', DIMENSION);
  graph.initIndex(vectors.length, HNSW.m, HNSW.efConstruction, HNSW.seed);
  for (const [row, vector] of vectors.entries()) graph.addPoint(Array.from(vector), row);
  graph.setEf(HNSW.ef);
  return async (vector, percent) =>
    graph.searchKnn(
      Array.from(vector),
      K,
      percent === 100 ? undefined : (row) => (hundredths[row] as number) < percent,
    ).neighbors;
}

async function oramaVectors(vectors: readonly Float32Array[], hundredths: Uint8Array): Promise<Search> {
  const database = create({ schema: { hundredth: 'number', embedding: `vector[${DIMENSION}]` } as const });
  for (let from = 0; from < vectors.length; from += INSERTED_AT_ONCE) {
    const documents = vectors.slice(from, from + INSERTED_AT_ONCE).map((vector, i) => ({
      id: String(from + i),
      hundredth: hundredths[from + i] as number,
      embedding: Array.from(vector),
    }));
    await insertMultiple(database, documents, INSERTED_AT_ONCE);
  }
  return async (vector, percent) => {
    const { hits } = await search(database, {
      mode: 'vector',
      vector: { value: Array.from(vector), property: 'embedding' },
      similarity: -1,
      limit: K,
      ...(percent < 100 && { where: { hundredth: { lt: percent } } }),
    });
    return hits.map(({ id }) => Number(id));
  };
}
