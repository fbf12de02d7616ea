import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { loadCorpus, readCorpus } from '../../corpus/index.js';
import { LocalEmbeddings } from '../../embed/index.js';
import { composeIndex, type Encode, type HeadingEntry, VectorIndex, writeIndex } from '../../index/index.js';
import { arrayOf } from '../../lists.js';
import { RECORD } from '../../places.js';
import {
  type Fact,
  type GeneratedSentence,
  generate,
  SENTENCES_A_PARAGRAPH,
  writeRecord,
} from './generate.js';
import type { BuildOrder, Built, Queries } from './orders.js';
import { type Parts, partsOf } from './parts.js';
import { oneOf, randomOf } from './random.js';
import { VectorMaker } from './vectors.js';

/** Facts that are planted, and questions of topics beside them. */
const FACTS = 100;
const TOPICS = 100;
/** Sentences that the encoder is measured on and made vectors are learnt from, spread over the record. */
const SAMPLED = 3_000;

/** Vectors whose making is timed. */
const TIMED = 4_000;

/** Vectors that were made so far, and what one takes: an index of a real record reads them from its store. */
let made = 0;
let makingMs = 0;

const order = JSON.parse(await text(process.stdin)) as BuildOrder;
console.log(JSON.stringify(await build(order)));

async function build(order: BuildOrder): Promise<Built> {
  const { folder, chunks, seed, real, vectorsOnly } = order;
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: order.modelCache });
  const parts = partsOf((await loadCorpus(RECORD)).documents);
  const documents = () => generate(parts, { seed, chunks, facts: FACTS });
  const sentences: GeneratedSentence[] = [];
  const facts: Fact[] = [];
  for (const { sentences: own, facts: planted } of documents()) {
    for (const sentence of own) sentences.push(sentence);
    facts.push(...planted);
  }
  told(`${sentences.length} sentences`);
  const step = Math.max(1, Math.floor(sentences.length / SAMPLED));
  const { maker, perSecond } = await VectorMaker.learn(
    embeddings,
    parts,
    sentences.filter((_, i) => i % step === 0),
  );
  told(`${perSecond.toFixed(0)} texts a second encoded`);
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'queries.json'),
    JSON.stringify(await queriesOf(embeddings, parts, facts, order)),
  );
  const encode = encoding(embeddings, maker, sentences, real);
  const index = path.join(folder, 'index');
  const timed = vectorsOnly
    ? await vectorsAlone(index, sentences, embeddings, encode)
    : await whole(index, path.join(folder, 'corpus'), documents, embeddings, encode);
  await embeddings.close();
  return {
    ...timed,
    encodedPerSecond: perSecond,
    graphBytes: await bytesIn(index, /chunks-\d+\.(?:hnsw|f32)$/u),
    indexBytes: await bytesIn(index, /./u),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

type Timed = Pick<Built, 'chunks' | 'cpuMs' | 'wallMs'>;

/** Processor time of this process so far, milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function vectorsAlone(
  index: string,
  sentences: readonly GeneratedSentence[],
  embeddings: LocalEmbeddings,
  encode: Encode,
): Promise<Timed> {
  const vectors = await encode(
    sentences.map((sentence) => sentence.text),
    () => undefined,
  );
  const clock = stopwatch();
  const built = await VectorIndex.build(
    {
      size: sentences.length,
      paragraphOf: (row) => Math.floor(row / SENTENCES_A_PARAGRAPH),
      entry: (): HeadingEntry | undefined => undefined,
    },
    vectors,
    embeddings.profile.dimension,
    embeddings,
  );
  await mkdir(index, { recursive: true });
  const extension = built.segments === 1 ? 'hnsw' : 'f32';
  built.write((segment) => path.join(index, `chunks-${segment}.${extension}`));
  return { chunks: sentences.length, ...clock() };
}

async function whole(
  index: string,
  corpus: string,
  documents: () => ReturnType<typeof generate>,
  embeddings: LocalEmbeddings,
  encode: Encode,
): Promise<Timed> {
  await writeRecord(corpus, documents());
  const before = stopwatch();
  const { documents: read } = await readCorpus(corpus);
  told('corpus read');
  let beforeEncoding = before();
  let after = before;
  const composed = await composeIndex(
    read,
    embeddings,
    () => undefined,
    async (texts, progress) => {
      beforeEncoding = before();
      const vectors = await encode(texts, progress);
      after = stopwatch();
      told('encoded');
      return vectors;
    },
  );
  told('indexed');
  await writeIndex(index, composed);
  const rest = after();
  return {
    chunks: composed.chunks.size,
    cpuMs: beforeEncoding.cpuMs + rest.cpuMs,
    wallMs: beforeEncoding.wallMs + rest.wallMs,
  };
}

/** Starts to measure; tells how long it took until now, the processor time without that of making vectors. */
function stopwatch(): () => Pick<Timed, 'cpuMs' | 'wallMs'> {
  const wall = performance.now();
  const cpu = cpuMs();
  const before = made;
  return () => ({
    wallMs: performance.now() - wall,
    cpuMs: cpuMs() - cpu - (made - before) * makingMs,
  });
}

/** Vectors of texts: really encoded, or made where a text is a sentence that can be. */
function encoding(
  embeddings: LocalEmbeddings,
  maker: VectorMaker,
  sentences: readonly GeneratedSentence[],
  real: boolean,
): Encode {
  if (real) return (texts, progress) => embeddings.embedAll(texts, progress);
  const places = new Map<string, number>();
  for (const [place, sentence] of sentences.entries()) if (sentence.made) places.set(sentence.text, place);
  return async (texts, progress) => {
    const others = arrayOf(texts).filter((own) => !places.has(own));
    told(`${others.length} of ${texts.length} texts are really encoded`);
    const encoded = new Map(
      (await embeddings.embedAll(others, progress)).map((vector, i) => [others[i], vector]),
    );
    const before = cpuMs();
    const some = sentences.filter((sentence) => sentence.made).slice(0, TIMED);
    for (const [place, sentence] of some.entries()) maker.make(sentence, place);
    makingMs = (cpuMs() - before) / some.length;
    // Made when they are asked for, as the store of a build reads them.
    return {
      length: texts.length,
      at: (index) => {
        const own = texts.at(index) ?? '';
        const place = places.get(own);
        const sentence = place === undefined ? undefined : sentences[place];
        if (!sentence || place === undefined) return encoded.get(own);
        made += 1;
        return maker.make(sentence, place);
      },
    };
  };
}

async function queriesOf(
  embeddings: LocalEmbeddings,
  { clauses }: Parts,
  facts: readonly Fact[],
  { seed }: BuildOrder,
): Promise<Queries> {
  const random = randomOf(seed + 1);
  const topics = Array.from(
    { length: TOPICS },
    () => `What was said about this: ${oneOf(random, clauses)}, and ${oneOf(random, clauses)}?`,
  );
  const texts = [...facts.map(({ question }) => question), ...topics];
  const vectors: number[][] = [];
  for (const own of texts) vectors.push(await embeddings.embedQuery(own));
  return { texts, vectors, answers: facts.map(({ document, paragraph }) => ({ document, paragraph })) };
}

async function bytesIn(folder: string, pattern: RegExp): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(path.join(folder, name));
    if (found.isFile() && pattern.test(name)) sum += found.size;
  }
  return sum;
}

function told(line: string): void {
  console.error(`  ${new Date().toISOString().slice(11, 19)} ${line}`);
}
