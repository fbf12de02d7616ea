import { rm } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/answer/index.js';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { buildIndex, openIndex } from '../../src/index/index.js';
import { answerView } from '../../src/response/views.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { openEncoder } from '../support/encoder.js';
import { FIXED_QUESTIONS } from '../support/faults.js';
import { SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;

beforeAll(async () => {
  space = await workspace();
  embeddings = await openEncoder();
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});

type Files = Readonly<Record<string, string | undefined>>;

const SENTENCES = [
  'Speakers praised the walruses who guard the gates.',
  'The convention was to be ratified by 2026.',
  'Many prisoners wait for trial for years, which was deplored.',
  'Judges should be trained; prosecutors too.',
  'Drones were seen over a prison.',
] as const;
const QUESTIONS = ['Who guards the gates?', 'How long do prisoners wait?', 'Is there a drone?'] as const;

/** One edit of a corpus: what it does to its files. */
type Edit = (files: Files) => Files;

const metadata = (id: string) => JSON.stringify({ id, title: id, date: '2023-01-01', language: 'en' });
const ADDED = ['alpha', 'middle', 'zulu'] as const;

/** Edits that leave at least one document that can be read. */
const edits: fc.Arbitrary<Edit> = fc.oneof(
  // A document is added before, between or after the others, or changed.
  fc.tuple(fc.constantFrom(...ADDED), fc.shuffledSubarray([...SENTENCES], { minLength: 1 })).map(
    ([id, sentences]): Edit =>
      (files) => ({
        ...files,
        [`${id}.txt`]: sentences.map((sentence, i) => `${i + 1}. ${sentence}\n`).join('\n'),
        [`${id}.json`]: metadata(id),
        [`${id}.questions.jsonl`]: undefined,
      }),
  ),
  // A document that was added gets other questions.
  fc.tuple(fc.constantFrom(...ADDED), fc.subarray([...QUESTIONS]), fc.subarray([...QUESTIONS])).map(
    ([id, questions, unanswered]): Edit =>
      (files) =>
        files[`${id}.txt`] === undefined
          ? files
          : { ...files, [`${id}.questions.jsonl`]: JSON.stringify({ paragraph: 1, questions, unanswered }) },
  ),
  // A document is removed.
  fc.constantFrom(...ADDED, 'crime-online').map(
    (id): Edit =>
      (files) => ({
        ...files,
        [`${id}.txt`]: undefined,
        [`${id}.json`]: undefined,
        [`${id}.questions.jsonl`]: undefined,
      }),
  ),
  // A paragraph is changed, added, or as it was.
  fc.constantFrom(...SENTENCES).map(
    (sentence): Edit =>
      (files) => ({
        ...files,
        'prisons.txt': SMALL_CORPUS['prisons.txt']?.replace('Speakers said', `${sentence} They said`),
      }),
  ),
  fc.constantFrom(...SENTENCES).map(
    (sentence): Edit =>
      (files) => ({ ...files, 'prisons.txt': `${SMALL_CORPUS['prisons.txt']}\n4. ${sentence}\n` }),
  ),
  fc.constant<Edit>((files) => ({ ...files, ...SMALL_CORPUS })),
  // The sidecar of a document goes.
  fc.constant<Edit>((files) => ({ ...files, 'prisons.questions.jsonl': undefined })),
);

describe('an index that was kept up with edits', () => {
  it('is byte for byte that of a build from nothing, and answers as it does, after every edit', async () => {
    const corpus = path.join(space.folder, 'corpus');
    const kept = path.join(space.folder, 'kept');
    const fresh = path.join(space.folder, 'fresh');
    let reused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(edits, { minLength: 2, maxLength: 5 }),
        fc.nat(29),
        async (sequence, asked) => {
          await rm(kept, { recursive: true, force: true });
          let files: Files = SMALL_CORPUS;
          await buildIndex(kept, await smallCorpus(corpus, files), embeddings, () => undefined);
          for (const edit of sequence) {
            files = edit(files);
            const documents = await smallCorpus(corpus, files);
            await rm(fresh, { recursive: true, force: true });
            const now = await buildIndex(kept, documents, embeddings, () => undefined);
            const whole = await buildIndex(fresh, documents, embeddings, () => undefined);
            expect(now.texts.embedded + now.texts.reused).toBe(whole.texts.embedded);
            reused += now.texts.reused;
            expect(whole.texts.reused).toBe(0);
            const { builtAt, ...rest } = now.manifest;
            expect(whole.manifest).toMatchObject(rest);
          }
          const documents = await smallCorpus(corpus, files);
          const answers = await Promise.all(
            [kept, fresh].map(async (directory) => {
              const index = await openIndex({ directory, documents, embeddings });
              if ('reason' in index) throw new Error(`${index.reason}: ${index.detail}`);
              const questions = [asked, asked + 7, asked + 14].map((i) => FIXED_QUESTIONS[i % 30] ?? '');
              return Promise.all(
                questions.map(async (text) => {
                  const answer = await ask(
                    index,
                    { text, limit: 5, filters: NO_FILTERS, scope: true },
                    undefined,
                  );
                  return answerView(index, answer, text);
                }),
              );
            }),
          );
          expect(answers[0]).toEqual(answers[1]);
        },
      ),
      { numRuns: 6, seed: 20_250_116 },
    );
    expect(reused).toBeGreaterThan(0);
  }, 180_000);

  it('encodes only the texts that an edit changed', async () => {
    const directory = path.join(space.folder, 'counted');
    const corpus = path.join(space.folder, 'corpus');
    const build = async (changes: Files) => {
      const documents = await smallCorpus(corpus, changes);
      return (await buildIndex(directory, documents, embeddings, () => undefined)).texts;
    };
    const { embedded: all } = await build({});
    const { 'prisons.txt': text = '' } = SMALL_CORPUS;
    // One sentence of a paragraph of two, an added paragraph of one sentence, and a removed document.
    expect(await build({ 'prisons.txt': text.replace('fewer arrests', 'no arrests') })).toEqual({
      embedded: 1,
      reused: all - 1,
    });
    expect(await build({ 'prisons.txt': `${text}\n4. Walruses guard the gates.\n` })).toEqual({
      embedded: 1,
      reused: all,
    });
    expect((await build({ 'crime-online.txt': undefined, 'crime-online.json': undefined })).embedded).toBe(0);
    expect(await build({})).toEqual({ embedded: 0, reused: all });
  });
});
