import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { readCorpus } from '../../corpus/index.js';
import { LocalEmbeddings } from '../../embed/index.js';
import { hasVectors } from '../../index/graph-file.js';
import { type HeadingEntry, openIndex, type SearchIndex, VectorIndex } from '../../index/index.js';
import { NO_FILTERS, retrieve } from '../../retrieve/index.js';
import { quantile } from '../timing.js';
import { exactly, recallOf } from './exact.js';
import { SENTENCES_A_PARAGRAPH } from './generate.js';
import {
  FILTERS,
  hundredthOf,
  K,
  type Measured,
  type MeasureOrder,
  type Queries,
  type Searched,
} from './orders.js';

const order = JSON.parse(await text(process.stdin)) as MeasureOrder;
console.log(JSON.stringify(await measure(order)));

type Vectors = Pick<SearchIndex['chunks'], 'size' | 'vector' | 'nearest'>;

async function measure({ folder, chunks: size, modelCache, vectorsOnly }: MeasureOrder): Promise<Measured> {
  const started = performance.now();
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: modelCache, threads: 1 });
  const directory = path.join(folder, 'index');
  const index = vectorsOnly ? null : await openWhole(folder, directory, embeddings);
  const chunks: Vectors = index?.chunks ?? (await openVectors(directory, size, embeddings));
  const queries = JSON.parse(await readFile(path.join(folder, 'queries.json'), 'utf8')) as Queries;
  const vectors = queries.vectors.map((vector) => Float32Array.from(vector));
  if (vectors[0]) await chunks.nearest(vectors[0], K, null);
  const startMs = performance.now() - started;
  const paragraphOf = (row: number) =>
    index?.chunks.entry(row)?.paragraph ?? Math.floor(row / SENTENCES_A_PARAGRAPH);
  const found: Searched[] = [];
  const rows: number[][][] = [];
  for (const { filter, percent } of FILTERS) {
    const allowed = percent === 100 ? null : (paragraph: number) => hundredthOf(paragraph) < percent;
    const { times, results } = await asked(vectors, async (vector) =>
      (await chunks.nearest(vector, K, allowed)).map(({ row }) => row),
    );
    rows.push(results);
    found.push({ filter, p50: quantile(times, 0.5), p99: quantile(times, 0.99), recall: Number.NaN });
  }
  const whole = index
    ? await wholeSearches(index, queries)
    : { times: [], foundFirst: Number.NaN, foundInFive: Number.NaN };
  const residentMb = await residentMbNow();
  const filters = FILTERS.map(
    ({ percent }) =>
      (row: number) =>
        percent === 100 || hundredthOf(paragraphOf(row)) < percent,
  );
  const wanted = exactly(chunks.size, (row) => chunks.vector(row), vectors, filters);
  await embeddings.close();
  return {
    startMs,
    residentMb,
    vectors: found.map((one, filter) => ({
      ...one,
      recall: recallOf(wanted[filter] ?? [], rows[filter] ?? []),
    })),
    exact: [],
    whole: whole.times,
    foundFirst: whole.foundFirst,
    foundInFive: whole.foundInFive,
  };
}

async function openWhole(
  folder: string,
  directory: string,
  embeddings: LocalEmbeddings,
): Promise<SearchIndex> {
  const { documents } = await readCorpus(path.join(folder, 'corpus'));
  const index = await openIndex({ directory, documents, embeddings });
  if ('reason' in index) throw new Error(`the index is ${index.reason}: ${index.detail}`);
  return index;
}

async function openVectors(directory: string, size: number, embeddings: LocalEmbeddings): Promise<Vectors> {
  const names = (await readdir(directory)).filter(hasVectors);
  const extension = names.length === 1 ? 'hnsw' : 'f32';
  const files = names.map((_, segment) => path.join(directory, `chunks-${segment}.${extension}`));
  return VectorIndex.read(
    files.map((file) => ({ file, bytes: () => verified(file) })),
    {
      size,
      paragraphOf: (row) => Math.floor(row / SENTENCES_A_PARAGRAPH),
      entry: (): HeadingEntry | undefined => undefined,
    },
    embeddings.profile.dimension,
    embeddings,
  );
}

/** Read and hashed, as it is where a manifest says what its hash is. */
async function verified(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  createHash('sha256').update(bytes).digest();
  return bytes;
}

/** Questions as they are asked, of the planted facts: in all, and in the years that they are not limited to. */
async function wholeSearches(index: SearchIndex, { texts, answers }: Queries) {
  const times: number[] = [];
  let first = 0;
  let five = 0;
  for (const [place, own] of texts.entries()) {
    const before = performance.now();
    const { passages } = await retrieve(index, { text: own, limit: 5, filters: NO_FILTERS, scope: true });
    times.push(performance.now() - before);
    const answer = answers[place];
    if (!answer) continue;
    const rank = passages.findIndex(
      ({ document, paragraph }) =>
        document.metadata.id === answer.document && paragraph.number === answer.paragraph,
    );
    if (rank === 0) first += 1;
    if (rank >= 0) five += 1;
  }
  const one: Searched = {
    filter: 'none',
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    recall: Number.NaN,
  };
  return { times: [one], foundFirst: first / answers.length, foundInFive: five / answers.length };
}

async function asked<T>(vectors: readonly Float32Array[], search: (vector: Float32Array) => Promise<T>) {
  const times: number[] = [];
  const results: T[] = [];
  for (const vector of vectors) {
    const before = performance.now();
    results.push(await search(vector));
    times.push(performance.now() - before);
  }
  return { times, results };
}

async function residentMbNow(): Promise<number> {
  global.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
