import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { readSet } from '../../src/eval/index.js';
import { CORPUS, loadRecord, MODEL_CACHE, RECORD_ID, ROOT } from '../support/fixtures.js';

/** Cosine from which two questions count as the same in other words. */
const NEAR_COPY = 0.9;

const SETS = path.join(ROOT, 'eval/sets');
const UNANSWERABLE = ['near', 'far', 'hostile'];

async function lines<T>(file: string): Promise<T[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const normalized = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

describe('the evaluation sets', async () => {
  const dev = await readSet(path.join(SETS, 'dev.jsonl'));
  const test = await readSet(path.join(SETS, 'test.jsonl'));
  const all = [...dev, ...test];
  const record = await loadRecord();

  it('have an id once, and a question once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ question }) => normalized(question) || question)).size).toBe(all.length);
  });

  it('have at least 300 questions, 200 answerable over at least 120 paragraphs, 60 without an answer of which 40 are near misses', () => {
    const answerable = all.filter(({ gold }) => gold.length > 0);
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(answerable.length).toBeGreaterThanOrEqual(200);
    expect(new Set(answerable.flatMap(({ gold }) => gold)).size).toBeGreaterThanOrEqual(120);
    expect(all.filter(({ kind }) => UNANSWERABLE.includes(kind)).length).toBeGreaterThanOrEqual(60);
    expect(all.filter(({ kind }) => kind === 'near').length).toBeGreaterThanOrEqual(40);
    expect(all.filter(({ kind }) => kind === 'scoped').length).toBeGreaterThanOrEqual(30);
    expect(all.filter(({ kind }) => kind === 'theme').length).toBeGreaterThanOrEqual(20);
  });

  it('have as many questions in everyday words as in the words of the record, give or take a tenth', () => {
    const everyday = all.filter(({ register }) => register === 'everyday').length;
    const own = all.filter(({ register }) => register === 'record').length;
    expect(everyday / (everyday + own)).toBeGreaterThan(0.45);
  });

  it('have no answer exactly where their kind says so, and gold paragraphs that exist', () => {
    const numbers = new Set(record.paragraphs.map(({ number }) => number));
    for (const { id, kind, gold } of all) {
      expect(gold.length === 0, id).toBe(UNANSWERABLE.includes(kind));
      for (const number of gold) expect(numbers.has(number), id).toBe(true);
    }
  });

  it('ask for words that stand in a gold paragraph', () => {
    for (const { id, gold, must_quote: words } of all) {
      const texts = record.paragraphs
        .filter(({ number }) => gold.includes(number))
        .flatMap(({ wording, footnotes }) => [
          wording.text,
          ...footnotes.map((footnote) => footnote.wording.text),
        ]);
      for (const part of words)
        expect(
          texts.some((text) => text.includes(part)),
          `${id}: ${part}`,
        ).toBe(true);
    }
  });

  describe('share no question with what is indexed or trained on', () => {
    let embeddings: LocalEmbeddings;
    let vectors: readonly Float32Array[];

    beforeAll(async () => {
      embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
      vectors = await embeddings.embedAll(all.map(({ question }) => question));
    });
    afterAll(() => embeddings.close());

    const others = {
      'the sidecar': async () =>
        (
          await lines<{ questions: string[]; unanswered: string[] }>(
            path.join(CORPUS, `${RECORD_ID}.questions.jsonl`),
          )
        ).flatMap(({ questions, unanswered }) => [...questions, ...unanswered]),
      'the training off-topic questions': async () =>
        (await lines<{ question: string }>(path.join(ROOT, 'eval/training/off-topic.jsonl'))).map(
          ({ question }) => question,
        ),
    };

    for (const [name, read] of Object.entries(others)) {
      it(`not with ${name}, nor nearly`, async () => {
        const questions = await read();
        const own = new Set(all.map(({ question }) => normalized(question)));
        const encoded = await embeddings.embedAll(questions);
        const copies = questions.filter((question, i) => {
          const vector = encoded[i] ?? new Float32Array();
          const words = normalized(question);
          return (words !== '' && own.has(words)) || vectors.some((other) => dot(vector, other) >= NEAR_COPY);
        });
        expect(copies).toEqual([]);
        // It encodes as many texts as a build.
      }, 240_000);
    }
  });
});

describe('the sidecar of the record', () => {
  it('has at least sixteen questions for every paragraph and the front matter', async () => {
    const record = await loadRecord();
    const counts = new Map(
      record.questions.map(({ paragraph, questions }) => [paragraph, new Set(questions).size]),
    );
    for (const { number } of record.paragraphs)
      expect(counts.get(number) ?? 0, `paragraph ${number}`).toBeGreaterThanOrEqual(16);
  });
});

function dot(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (let i = 0; i < a.length; i += 1) product += (a[i] ?? 0) * (b[i] ?? 0);
  return product;
}
