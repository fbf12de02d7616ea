import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type RecordDocument, readCorpus } from '../../corpus/index.js';
import { LocalEmbeddings } from '../../embed/index.js';
import { hasVectors, readOf } from '../../index/graph-file.js';
import { type HeadingEntry, openIndex, type SearchIndex, VectorIndex } from '../../index/index.js';
import { NO_FILTERS, retrieve } from '../../retrieve/index.js';
import { quantile } from '../timing.js';
import { exactly, recallOf } from './exact.js';
import { SENTENCES_A_PARAGRAPH } from './generate.js';
import { FILTERS, type Figure, hundredthOf, K, type MeasureOrder, type Queries } from './orders.js';

const order = JSON.parse(await text(process.stdin)) as MeasureOrder;
for await (const figure of measure(order)) console.log(JSON.stringify(figure));

type Vectors = Pick<SearchIndex['chunks'], 'size' | 'vector' | 'nearest'>;

async function* measure(order: MeasureOrder): AsyncGenerator<Figure> {
  const { folder, chunks: size, modelCache, vectorsOnly } = order;
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: modelCache, threads: 1 });
  const directory = path.join(folder, 'index');
  let corpusMs = performance.now();
  const documents = vectorsOnly ? [] : (await readCorpus(path.join(folder, 'corpus'))).documents;
  corpusMs = performance.now() - corpusMs;
  const index = vectorsOnly ? null : await openWhole(directory, documents, embeddings);
  const chunks: Vectors = index?.chunks ?? (await openVectors(directory, size, embeddings));
  const queries = JSON.parse(await readFile(path.join(folder, 'queries.json'), 'utf8')) as Queries;
  const vectors = queries.vectors.map((vector) => Float32Array.from(vector));
  if (vectors[0]) await chunks.nearest(vectors[0], K, null);
  // Counted from the start of the process.
  yield figure('start', performance.now() / 1000, 's');
  const { user, system } = process.cpuUsage();
  yield figure('start, processor time', (user + system) / 1e6, 's');
  yield figure('start, of which reading the corpus', corpusMs / 1000, 's');
  yield figure('resident after the start', residentMbNow(), 'MB');
  const paragraphOf = (row: number) =>
    index?.chunks.entry(row)?.paragraph ?? Math.floor(row / SENTENCES_A_PARAGRAPH);
  const rows: number[][][] = [];
  for (const { filter, percent } of FILTERS) {
    const allowed = percent === 100 ? null : (paragraph: number) => hundredthOf(paragraph) < percent;
    const { results, ...own } = await asked(vectors, async (vector) =>
      (await chunks.nearest(vector, K, allowed)).map(({ row }) => row),
    );
    rows.push(results);
    yield* timesOf(`vectors, filter ${filter}`, own);
  }
  if (index) yield* wholeSearches(index, queries);
  yield figure('resident after all searches', residentMbNow(), 'MB');
  const filters = FILTERS.map(
    ({ percent }) =>
      (row: number) =>
        percent === 100 || hundredthOf(paragraphOf(row)) < percent,
  );
  const wanted = exactly(chunks.size, (row) => chunks.vector(row), vectors, filters);
  for (const [place, { filter }] of FILTERS.entries())
    yield figure(
      `vectors, filter ${filter}: recall@${K}`,
      recallOf(wanted[place] ?? [], rows[place] ?? []),
      '',
    );
  await embeddings.close();
}

function figure(what: string, value: number, unit: string): Figure {
  return { what, value, unit };
}

interface Times {
  readonly times: readonly number[];
  /** Of all processors, which depends less on what else runs. */
  readonly cpu: readonly number[];
}

function timesOf(what: string, { times, cpu }: Times): Figure[] {
  return [
    figure(`${what}: processor time, p50`, quantile(cpu, 0.5), 'ms'),
    figure(`${what}: p50`, quantile(times, 0.5), 'ms'),
    figure(`${what}: p99`, quantile(times, 0.99), 'ms'),
  ];
}

async function openWhole(
  directory: string,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
): Promise<SearchIndex> {
  const index = await openIndex({ directory, documents, embeddings });
  if ('reason' in index) throw new Error(`the index is ${index.reason}: ${index.detail}`);
  return index;
}

async function openVectors(directory: string, size: number, embeddings: LocalEmbeddings): Promise<Vectors> {
  const names = (await readdir(directory)).filter(hasVectors);
  const extension = names.length === 1 ? 'hnsw' : 'f32';
  const files = names.map((_, segment) => path.join(directory, `chunks-${segment}.${extension}`));
  return VectorIndex.read(
    files.map((file) => ({ file, bytes: () => verified(readOf(file)) })),
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

/** Questions as they are asked, in all documents and in some: encoder, vectors, words, ranking. */
async function* wholeSearches(index: SearchIndex, { texts, answers }: Queries): AsyncGenerator<Figure> {
  for (const { filter, percent } of FILTERS) {
    const documents = index.documents
      .map(({ metadata }) => metadata.id)
      .filter((_, place) => (place * 37) % 100 < percent);
    const filters = { ...NO_FILTERS, documents: percent === 100 ? [] : documents };
    const { results, ...own } = await asked(texts, async (question) =>
      (await retrieve(index, { text: question, limit: 5, filters, scope: true })).passages.map(
        ({ document, paragraph }) => `${document.metadata.id} ${paragraph.number}`,
      ),
    );
    yield* timesOf(`whole search, filter ${filter}`, own);
    if (percent < 100) continue;
    const ranks = answers.map(
      ({ document, paragraph }, place) => results[place]?.indexOf(`${document} ${paragraph}`) ?? -1,
    );
    const share = (most: number) => ranks.filter((rank) => rank >= 0 && rank < most).length / answers.length;
    yield figure('planted facts found first', 100 * share(1), '%');
    yield figure('planted facts among five', 100 * share(5), '%');
  }
}

async function asked<Q, T>(queries: readonly Q[], search: (query: Q) => Promise<T>) {
  const times: number[] = [];
  const cpu: number[] = [];
  const results: T[] = [];
  for (const query of queries) {
    const used = process.cpuUsage();
    const before = performance.now();
    results.push(await search(query));
    times.push(performance.now() - before);
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
  }
  return { times, cpu, results };
}

function residentMbNow(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
