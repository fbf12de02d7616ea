import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ScriptedModel, type ScriptedReply, startScriptedModel } from '../../src/eval/scripted-model.js';
import { ROOT } from '../support/fixtures.js';
import { run } from '../support/program.js';
import { smallCorpus, workspace } from '../support/small-corpus.js';

let place: Awaited<ReturnType<typeof workspace>>;
let server: ScriptedModel;
let settings: Record<string, string>;
let reply: (paragraph: string) => ScriptedReply;

beforeAll(async () => {
  place = await workspace();
  const corpus = path.join(place.folder, 'corpus');
  await smallCorpus(corpus);
  server = await startScriptedModel(({ messages }) =>
    reply(JSON.parse(messages[1]?.content ?? '{}').paragraph),
  );
  settings = {
    CORPUS_DIR: corpus,
    INDEX_DIR: path.join(place.folder, 'index'),
    ANSWER_MODEL: 'openai:scripted',
    ANSWER_MODEL_URL: server.url,
    ANSWER_PRICE_OUTPUT: '100',
  };
});

afterAll(async () => {
  await server.close();
  await place.remove();
});

const DRAFTS = [
  'A: Is there a new convention on cybercrime?',
  'A: Is there a new convention on cybercrime',
  'A: Did 45 countries welcome the convention on cybercrime?',
  'N: Which country proposed the convention?',
  'Some talk.',
].join('\n');

it('are drafted a line a paragraph, checked, shown with their price first, and gone on with after a fault or a kill', async () => {
  const draft = path.join(place.folder, 'corpus/crime-online.questions.draft.jsonl');
  const lines = async () =>
    (await readFile(draft, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const drafting = (...more: string[]) => run(['questions', 'crime-online', ...more], settings, ROOT);

  const unasked = await drafting();
  expect(unasked.code).toBe(2);
  expect(unasked.stdout).toMatch(
    /^4 paragraph\(s\) with openai:scripted: about \d+ tokens to read and 2000 to write, 0\.20 at/u,
  );
  expect(unasked.stderr).toContain('--yes');
  expect(server.requests).toEqual([]);

  reply = (paragraph) => (paragraph.includes('convention') ? { text: DRAFTS } : { status: 503 });
  const first = await drafting('--yes');
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('run it again');
  expect(await lines()).toEqual([
    {
      paragraph: 1,
      questions: ['Is there a new convention on cybercrime?'],
      unanswered: ['Which country proposed the convention?'],
    },
  ]);
  expect(first.stdout).toContain('2 draft(s) left out');

  await appendFile(draft, '{"paragraph":2,"quest');
  reply = (paragraph) => {
    if (paragraph.includes('phishing')) return { text: 'A: Did fraud and phishing grow?' };
    if (paragraph.includes('terrorists')) return { text: 'A: Do terrorists use artificial intelligence?' };
    return { text: 'A: Are these notes on crime online?' };
  };
  const before = server.requests.length;
  const second = await drafting('--yes');
  expect([second.code, second.stderr]).toEqual([0, '']);
  expect(server.requests.length - before).toBe(3);
  expect((await lines()).map(({ paragraph, questions }) => [paragraph, questions.length])).toEqual([
    [1, 1],
    [0, 1],
    [2, 1],
    [3, 1],
  ]);
  const third = await drafting();
  expect(third.code).toBe(0);
  expect(third.stdout).toContain('every paragraph of crime-online has questions');
});

it('need a model and a document that there is', async () => {
  const { ANSWER_MODEL: _, ...without } = settings;
  expect((await run(['questions', 'crime-online'], without, ROOT)).stderr).toContain('set ANSWER_MODEL');
  const unknown = await run(['questions', 'nothing'], settings, ROOT);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there are')]);
});
