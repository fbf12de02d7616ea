import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate, writeRecord } from '../../src/bench/scale/generate.js';
import { type Parts, partsOf } from '../../src/bench/scale/parts.js';
import { sentencesOf } from '../../src/chunk/index.js';
import { loadCorpus, textOf } from '../../src/corpus/index.js';
import { RECORD } from '../../src/places.js';
import { workspace } from '../support/small-corpus.js';

let space: Awaited<ReturnType<typeof workspace>>;
let parts: Parts;
beforeAll(async () => {
  space = await workspace();
  parts = partsOf((await loadCorpus(RECORD)).documents);
});
afterAll(() => space.remove());

test('a record is the same for one seed, and another for another', () => {
  const made = (seed: number, chunks = 500) => [...generate(parts, { seed, chunks, facts: 5 })];
  expect(made(1)).toEqual(made(1));
  expect(made(2)[0]?.text).not.toBe(made(1)[0]?.text);
  expect(made(1).flatMap(({ sentences }) => sentences)).toHaveLength(500);
});

test('it has more names the larger it is, and hardly a sentence twice', () => {
  const words = (chunks: number) => {
    const sentences = [...generate(parts, { seed: 1, chunks, facts: 0 })].flatMap(
      (document) => document.sentences,
    );
    expect(new Set(sentences.map(({ text }) => text)).size).toBeGreaterThan(0.99 * chunks);
    return new Set(sentences.flatMap(({ text }) => text.split(/[^\p{L}]+/u))).size;
  };
  expect(words(20_000)).toBeGreaterThan(1.2 * words(2_000));
});

test('it is read as numbered paragraphs with years and headings, and each planted answer stands where it is said to', async () => {
  const folder = path.join(space.folder, 'corpus');
  const facts = await writeRecord(folder, generate(parts, { seed: 3, chunks: 1_000, facts: 20 }));
  const { documents, problems } = await loadCorpus(folder);
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(5);
  const sentences = documents.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((paragraph) => sentencesOf(paragraph, 'en')),
  );
  expect(Math.abs(sentences.length - 1_000)).toBeLessThan(20);
  for (const { metadata, paragraphs: all, outline } of documents) {
    // The title is what stands before the first.
    const paragraphs = all.filter(({ number }) => number > 0);
    expect(paragraphs).toHaveLength(50);
    expect(new Set(paragraphs.map(({ year }) => String(year)))).toEqual(new Set([metadata.date.slice(0, 4)]));
    expect(outline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['part', 'year']));
    expect(new Set(paragraphs.map(({ section }) => section.at(-1))).size).toBeGreaterThanOrEqual(5);
  }
  expect(facts).toHaveLength(20);
  expect(new Set(facts.map(({ question }) => question)).size).toBe(20);
  for (const { document, paragraph, answer } of facts) {
    const found = documents.find(({ metadata }) => metadata.id === document);
    const own = found?.paragraphs.find(({ number }) => number === paragraph);
    expect(own && textOf(own)).toContain(answer);
  }
});
