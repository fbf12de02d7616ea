import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportOf } from '../../src/cli/eval.js';
import { textOf } from '../../src/corpus/index.js';
import { exportRagas, type RagasSample } from '../../src/eval/ragas.js';
import { questionOf } from '../../src/eval/run.js';
import { evalQuestionSchema } from '../../src/eval/types.js';
import { inProcess, NOT_ANSWERED, type Responder } from '../../src/response/index.js';
import type { Service } from '../../src/service.js';
import { openService } from '../support/service.js';
import { temporaryFolder } from '../support/temporary.js';

const QUESTIONS = [
  {
    id: 'words',
    question: 'When did the Congress adopt the Kyoto Declaration?',
    kind: 'lookup',
    gold: [1],
    must_quote: ['On 7 March 2021'],
  },
  { id: 'whole', question: 'What was said about artificial intelligence?', kind: 'theme', gold: [128, 154] },
  { id: 'none', question: 'How do I bake bread?', kind: 'far', gold: [] },
].map((question) => evalQuestionSchema.parse(question));

let service: Service;
let responder: Responder;

beforeAll(async () => {
  service = await openService();
  responder = inProcess(service);
});
afterAll(() => service.close());

async function exported(): Promise<RagasSample[]> {
  const folder = path.join(await temporaryFolder(), 'new/folder');
  await exportRagas(service.index, responder, [{ name: 'own', questions: QUESTIONS }], folder);
  const lines = (await readFile(path.join(folder, 'own.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as RagasSample);
}

const wordingOf = (number: number) =>
  service.index.paragraphs
    .filter(({ paragraph }) => paragraph.number === number)
    .map(({ paragraph }) => textOf(paragraph));

describe('an export for ragas', () => {
  it('has a line for each question, with the fields of a sample of one turn and no other', async () => {
    const samples = await exported();
    expect(samples.map(({ user_input }) => user_input)).toEqual(QUESTIONS.map(({ question }) => question));
    for (const sample of samples) {
      expect(Object.keys(sample).sort()).toEqual(
        ['user_input', 'response', 'retrieved_contexts', 'reference_contexts', 'reference'].sort(),
      );
    }
  });

  it('gives the answer that a reader is shown, and the paragraphs that it was taken from', async () => {
    const samples = await exported();
    const views = await Promise.all(QUESTIONS.map((question) => responder.ask(questionOf(question))));
    for (const [at, { response, retrieved_contexts }] of samples.entries()) {
      const view = views[at];
      expect(response).not.toMatch(/\[\d/u);
      for (const { quote } of view?.citations ?? []) {
        expect(response).toContain(quote);
        expect(retrieved_contexts.some((context) => context.includes(quote))).toBe(true);
      }
      expect(retrieved_contexts).toHaveLength(view?.passages.length ?? 0);
    }
    expect(views.map(({ status }) => status)).toEqual(['answered', 'answered', 'not_found']);
    expect(samples[2]?.response).toBe(NOT_ANSWERED);
  });

  it('takes as reference the sentence with the gold words, else the gold paragraphs, else that there is none', async () => {
    const [words, whole, none] = await exported();
    expect(words?.reference).toMatch(/^On 7 March 2021, the Congress adopted by consensus.*\.$/u);
    expect(words?.reference_contexts).toEqual(wordingOf(1));
    expect(whole?.reference).toBe([...wordingOf(128), ...wordingOf(154)].join('\n\n'));
    expect(none).toMatchObject({ reference: NOT_ANSWERED, reference_contexts: [] });
  });
});

describe('--export', () => {
  it('takes a folder, for one of two formats', () => {
    expect(exportOf(undefined, '')).toBeUndefined();
    expect(exportOf('out', '')).toEqual({ format: 'beir', folder: 'out' });
    expect(exportOf('beir', 'out')).toEqual({ format: 'beir', folder: 'out' });
    expect(exportOf('ragas', 'a folder')).toEqual({ format: 'ragas', folder: 'a folder' });
  });

  it.each([
    ['ragas', '', /--export ragas DIR/u],
    ['trulens', 'out', /ragas DIR, not "trulens out"/u],
    [undefined, 'out', /"out".*paracite eval --help/u],
  ])('refuses %s and "%s"', (value, word, says) => {
    expect(() => exportOf(value, word)).toThrow(says);
  });
});
