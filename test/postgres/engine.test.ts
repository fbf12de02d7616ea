import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Question } from '../../src/answer/index.js';
import type { RecordDocument } from '../../src/corpus/index.js';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { composeIndex, type SearchIndex } from '../../src/index/index.js';
import { PostgresStore } from '../../src/postgres/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { Service } from '../../src/service.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { openService, testConfig } from '../support/service.js';
import { smallCorpus, workspace } from '../support/small-corpus.js';

const TIMEOUT_MS = 20_000;
const QUESTIONS = [
  'Are prisons too full?',
  'Where does the zebra say that jails are too full?',
  'Which rules are for women in detention?',
  'How is electronnic evidense shared?',
  'What did speakers say about fraud and phishing in 2024?',
  'What was said in the session on conditions of detention?',
  'fraud fraud phishing servers',
  'What is the price of milk?',
] as const;

let postgres: TestPostgres;
let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
let documents: readonly RecordDocument[];
let changed: readonly RecordDocument[];
beforeAll(async () => {
  space = await workspace();
  await mkdir(path.join(space.folder, 'index'));
  documents = await smallCorpus(path.join(space.folder, 'corpus'));
  changed = await smallCorpus(path.join(space.folder, 'changed'), {
    'crime-online.txt': 'Notes on crime online\n\n1. Ransomware was called the worst of plagues.\n',
  });
  embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres?.close();
  await embeddings?.close();
  await space?.remove();
});

const within = async <T>(work: (store: PostgresStore) => Promise<T>, graphFrom?: number): Promise<T> => {
  const store = new PostgresStore({ url: postgres.url, statementTimeoutMs: TIMEOUT_MS }, graphFrom);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
const composed = (of: readonly RecordDocument[]) => composeIndex(of, embeddings, () => undefined);
const current = () => within((store) => store.current('bundled'));
const question = (text: string, filters: Partial<Question['filters']> = {}): Question => ({
  text,
  limit: 6,
  filters: { ...NO_FILTERS, ...filters },
  scope: true,
});

/** How far a number may be off: this process takes cosines of 8-bit codes, PostgreSQL of the numbers themselves. */
const CLOSE = 0.01;

/** All of an answer that both engines must have alike. */
const toldOf = ({ status, text, passages, confidence, retrieval }: Answer) => ({
  status,
  text,
  scope: retrieval.scope,
  passages: passages.map(({ ordinal }) => ordinal),
  numbers: [
    confidence,
    ...retrieval.nearest.answered.map(({ cosine }) => cosine),
    ...retrieval.nearest.unanswered.map(({ cosine }) => cosine),
    ...passages.flatMap(({ score, signals }) => [score, ...Object.values(signals)]),
  ],
});

function expectAlike(one: Answer, other: Answer): void {
  const { numbers, ...told } = toldOf(one);
  const { numbers: expected, ...rest } = toldOf(other);
  expect(told).toEqual(rest);
  expect(numbers).toHaveLength(expected.length);
  for (const [i, value] of numbers.entries())
    expect(Math.abs(value - (expected[i] ?? Number.NaN)), `number ${i}`).toBeLessThanOrEqual(CLOSE);
}

describe.each([
  ['every vector compared', undefined],
  ['graphs followed', 0],
] as const)('the index in PostgreSQL, %s', (_, graphFrom) => {
  let here: Service<SearchIndex>;
  let there: Service;
  beforeAll(async () => {
    const folders = {
      corpusDirectory: path.join(space.folder, 'corpus'),
      indexDirectory: path.join(space.folder, 'index'),
      abstainThreshold: 0,
    };
    here = await openService(folders);
    await within((store) => store.load(here.index, () => undefined), graphFrom);
    there = await Service.open(testConfig({ ...folders, indexUrl: postgres.url }));
  }, 60_000);
  afterAll(async () => {
    await here?.close();
    await there?.close();
  });

  it('has the same identity, documents and headings', () => {
    expect(there.index.manifest.identity).toBe(here.index.manifest.identity);
    expect(there.index.documents).toEqual(here.index.documents);
  });

  it.each(QUESTIONS)('answers as the one in this process: %s', async (text) => {
    expectAlike(await there.ask(question(text)), await here.ask(question(text)));
  });

  it.each([
    ['a document', { documents: ['crime-online'] }],
    ['a year', { years: [2022] }],
    ['a section', { sections: ['prisons'] }],
    ['paragraphs', { paragraphs: { from: 2, to: 2 } }],
    ['nothing that is there', { years: [1815] }],
  ])('filters as the one in this process: %s', async (_filter, filters) => {
    const asked = question('What should prisons and the police do?', filters);
    expectAlike(await there.ask(asked), await here.ask(asked));
  });

  it('makes the same digest', async () => {
    const query = { topic: 'prisons', limit: 20, filters: NO_FILTERS, scope: true };
    const told = ({ statements, elsewhere, years }: Awaited<ReturnType<Service['digest']>>) => ({
      quotes: statements.map(({ extract }) => extract.quote),
      elsewhere,
      years,
    });
    expect(told(await there.digest(query))).toEqual(told(await here.digest(query)));
  });
});

describe('a load', () => {
  it('that is cut off in the middle of COPY is never seen, and a later one is', async () => {
    await within(async (store) => store.load(await composed(documents), () => undefined));
    const before = await current();
    const index = await composed(changed);
    let cut = false;
    const loading = within((store) =>
      store.load(index, (_stage, done, total) => {
        // The last row is told before the last COPY ends.
        if (done === total) {
          cut = true;
          postgres.cut();
        }
      }),
    );
    await expect(loading).rejects.toMatchObject({ code: 'not_ready' });
    expect(cut).toBe(true);
    expect(await current()).toEqual(before);

    await within((store) => store.load(index, () => undefined));
    const after = await current();
    expect(after).not.toEqual(before);
    const names = await within(async (store) => (after ? await store.documents(after) : []));
    expect(names.map(({ fingerprint }) => fingerprint)).toEqual(
      changed.map(({ fingerprint }) => fingerprint),
    );
  });

  it('leaves what is in use, and drops what nobody uses', async () => {
    const schemas = async () =>
      (
        await postgres.query<{ name: string }>(
          `SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '^paracite_[0-9]+$'`,
        )
      ).map(({ name }) => name);
    const used = await current();
    expect((await schemas()).length).toBeGreaterThan(1);
    await postgres.query(`UPDATE paracite.generations SET used_at = now() - interval '1 hour'`);
    await within(async (store) => store.load(await composed(documents), () => undefined));
    const now = await current();
    expect((await schemas()).sort()).toEqual([used?.folder, now?.folder].sort());
  });

  it('by two at the same time ends in one of the two, whole', async () => {
    const indexes = [await composed(documents), await composed(changed)];
    await Promise.all(indexes.map((index) => within((store) => store.load(index, () => undefined))));
    const pointer = await current();
    const found = await within(async (store) => {
      const kept = pointer ? await store.documents(pointer) : [];
      return store.open({ documents: kept, embeddings });
    });
    expect(found).toHaveProperty('manifest.counts.paragraphs');
  });
});

it('moves to a folder and answers there as before', async () => {
  const original = await composed(documents);
  const { written, read } = await within(async (store) => ({
    written: await store.load(original, () => undefined),
    read: await store.read(embeddings, () => undefined),
  }));
  expect(written.counts.chunks).toBe(original.chunks.size);
  for (const name of ['chunks', 'questions', 'unanswered', 'headings'] as const) {
    expect([...read[name].entries()]).toEqual([...original[name].entries()]);
    for (let row = 0; row < original[name].size; row += 1)
      expect(read[name].vector(row)).toEqual(original[name].vector(row));
  }
  expect(read.adapter.factor).toEqual(original.adapter.factor);
  expect(Buffer.from(read.lexical.serialize()).equals(original.lexical.serialize())).toBe(true);
});

it('says what is wrong where the database refuses or is not there', async () => {
  const at = (url: string) => new PostgresStore({ url, statementTimeoutMs: TIMEOUT_MS });
  const away = at('postgres://postgres@127.0.0.1:9/postgres');
  await expect(away.current('bundled')).rejects.toMatchObject({
    code: 'not_ready',
    message: expect.stringContaining('cannot be reached'),
  });
  await away.close();
});
