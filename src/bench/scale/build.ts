import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { loadCorpus, readCorpus } from '../../corpus/index.js';
import { LocalEmbeddings, type Progress } from '../../embed/index.js';
import { vectorReader, writeVectors } from '../../index/graph-file.js';
import { composeIndex, type Encode, type HeadingEntry, VectorIndex, writeIndex } from '../../index/index.js';
import { arrayOf, type List } from '../../lists.js';
import { RECORD } from '../../places.js';
import {
  type Fact,
  type GeneratedSentence,
  generate,
  SENTENCES_A_PARAGRAPH,
  writeRecord,
} from './generate.js';
import type { BuildOrder, Built, Cost, Queries } from './orders.js';
import { type Parts, partsOf } from './parts.js';
import { oneOf, randomOf } from './random.js';
import { VectorMaker } from './vectors.js';

/** Facts that are planted, and questions of topics beside them. */
const FACTS = 100;
const TOPICS = 100;
/** Sentences that the encoder is measured on and made vectors are learnt from, spread over the record. */
const SAMPLED = 3_000;

/** Made vectors, which are read from there as those of a real record are from their store. */
const MADE = 'made.f32';

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
  const encode = real
    ? (texts: List<string>, progress: Progress) => embeddings.embedAll(texts, progress)
    : madeVectors(path.join(folder, MADE), embeddings, maker, sentences);
  const index = path.join(folder, 'index');
  const timed = vectorsOnly
    ? await vectorsAlone(index, sentences, embeddings, encode)
    : await whole(index, path.join(folder, 'corpus'), documents, embeddings, encode);
  await embeddings.close();
  return {
    ...timed,
    encodedPerSecond: perSecond,
    graphBytes: await bytesIn(index, /chunks-\d+\.(?:hnsw|f32|i8)$/u),
    indexBytes: await bytesIn(index, /./u),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

type Timed = Pick<Built, 'chunks' | 'stages'>;

/** Tells what each stage took, from the end of the one before. */
function stopwatch() {
  const stages: Built['stages'][number][] = [];
  const now = (): Cost => {
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000, wallMs: performance.now() };
  };
  let before = now();
  return {
    stages,
    /** What was done until now is not counted. */
    skip: () => {
      before = now();
    },
    end: (stage: string) => {
      const after = now();
      stages.push({ stage, cpuMs: after.cpuMs - before.cpuMs, wallMs: after.wallMs - before.wallMs });
      told(`${stage}: ${((after.wallMs - before.wallMs) / 1000).toFixed(1)} s`);
      before = after;
    },
  };
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
  clock.end('vectors');
  await mkdir(index, { recursive: true });
  const extension = built.segments === 1 ? 'hnsw' : 'f32';
  built.write((segment) => path.join(index, `chunks-${segment}.${extension}`));
  clock.end('writing');
  return { chunks: sentences.length, stages: clock.stages };
}

async function whole(
  index: string,
  corpus: string,
  documents: () => ReturnType<typeof generate>,
  embeddings: LocalEmbeddings,
  encode: Encode,
): Promise<Timed> {
  await writeRecord(corpus, documents());
  const clock = stopwatch();
  const { documents: read } = await readCorpus(corpus);
  clock.end('reading');
  let isEncoded = false;
  const composed = await composeIndex(
    read,
    embeddings,
    (stage, done) => {
      // Words are indexed first, then vectors of one kind after the other, the chunks before all.
      if (isEncoded && stage === 'indexing' && done > 0 && clock.stages.length === 3) clock.end('vectors');
    },
    async (texts, progress) => {
      clock.end('cutting');
      const vectors = await encode(texts, progress);
      clock.skip();
      isEncoded = true;
      return {
        length: vectors.length,
        at: (place) => {
          if (clock.stages.length === 2) clock.end('words');
          return vectors.at(place);
        },
      };
    },
  );
  clock.end('headings');
  await writeIndex(index, composed);
  clock.end('writing');
  return { chunks: composed.chunks.size, stages: clock.stages };
}

/**
 * Vectors of texts: made where a text is a sentence that can be, otherwise really encoded.
 *
 * @param file they are written there
 */
function madeVectors(
  file: string,
  embeddings: LocalEmbeddings,
  maker: VectorMaker,
  sentences: readonly GeneratedSentence[],
): Encode {
  const places = new Map<string, number>();
  for (const [place, sentence] of sentences.entries()) if (sentence.made) places.set(sentence.text, place);
  return async (texts, progress) => {
    const { dimension } = embeddings.profile;
    const others = arrayOf(texts).filter((own) => !places.has(own));
    told(`${others.length} of ${texts.length} texts are really encoded`);
    const encoded = new Map(
      (await embeddings.embedAll(others, progress)).map((vector, i) => [others[i], vector]),
    );
    writeVectors(file, texts.length, (row) => {
      const own = texts.at(row) ?? '';
      const place = places.get(own);
      const sentence = place === undefined ? undefined : sentences[place];
      return place === undefined || !sentence
        ? (encoded.get(own) as Float32Array)
        : maker.make(sentence, place);
    });
    told('vectors made');
    const stride = dimension * Float32Array.BYTES_PER_ELEMENT;
    const { read } = vectorReader(file, { count: texts.length, first: 0, stride }, dimension);
    return {
      length: texts.length,
      at: (row) => {
        const vector = new Float32Array(dimension);
        read([row], vector);
        return vector;
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
