import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { JSON_TYPE } from './app.js';
import { MODEL_CACHE } from './fixtures.js';
import { type Server, serve, untilReady } from './program.js';
import { copyFolder, SMALL_CORPUS, smallCorpus, workspace } from './small-corpus.js';

/** Thirty questions to the small corpus, of which some have no answer. */
export const FIXED_QUESTIONS: readonly string[] = [
  'Which rules are for women?',
  'Are there too many inmates?',
  'Who fears terrorists?',
  'What was said about overcrowding?',
  'What did speakers ask for?',
  'Are fewer arrests wanted?',
  'Which resolution has the Bangkok Rules?',
  'Who is held in detention centres?',
  'What was recommended for prisoners?',
  'access to legal aid',
  'When should legal aid begin?',
  'work and education in prison',
  'In 2022, what was recommended?',
  'Was a convention on cybercrime welcomed?',
  'What is the convention a legal basis for?',
  'electronic evidence',
  'Did fraud grow?',
  'phishing',
  'Who should block servers?',
  'What did one speaker say in 2024?',
  'artificial intelligence',
  'What do terrorists use?',
  'humane prisons',
  'the main obstacle',
  'zebra',
  'quokka in jail',
  'How much does a prison cost?',
  'Who won the cup final?',
  'xylophone',
  '<script>',
];

export const READY_MS = 120_000;

/** Two states of a corpus. */
export const STATES = {
  before: {},
  after: {
    'prisons.txt': `${SMALL_CORPUS['prisons.txt']}\n4. A speaker praised the walruses who guard the gates.\n`,
  },
} as const;
export type State = keyof typeof STATES;

export interface Place {
  readonly folder: string;
  readonly corpus: string;
  readonly index: string;
  readonly models: string;
  readonly settings: Readonly<Record<string, string>>;
  set(state: State): Promise<void>;
}

/** A folder with a corpus, an index and an encoder of its own, removed when the test is over. */
export async function place(settings: Readonly<Record<string, string>> = {}): Promise<Place> {
  const { folder, remove } = await workspace();
  onTestFinished(remove);
  const corpus = path.join(folder, 'corpus');
  const index = path.join(folder, 'index');
  const models = await copyFolder(MODEL_CACHE, path.join(folder, 'models'));
  const set = async (state: State) => {
    await smallCorpus(corpus, STATES[state]);
  };
  await set('before');
  return {
    folder,
    corpus,
    index,
    models,
    settings: { CORPUS_DIR: corpus, INDEX_DIR: index, MODEL_CACHE_DIR: models, WORKERS: '1', ...settings },
    set,
  };
}

/** A whole answer, but for the time it took. */
export async function answerTo(url: string, question: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}/v1/ask`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ question }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const { tookMs, ...rest } = JSON.parse(text) as Record<string, unknown>;
  expect(tookMs).toBeGreaterThanOrEqual(0);
  return rest;
}

/** The answers to all fixed questions. */
export async function answersOf(url: string): Promise<unknown[]> {
  return Promise.all(FIXED_QUESTIONS.map((question) => answerTo(url, question)));
}

const known = new Map<State, Promise<unknown[]>>();

/** What an index that was just built, with nothing before it, answers to the fixed questions. */
export function freshAnswers(state: State): Promise<unknown[]> {
  const answers = known.get(state) ?? freshAnswersNow(state);
  known.set(state, answers);
  return answers;
}

async function freshAnswersNow(state: State): Promise<unknown[]> {
  const fresh = await place({ WORKERS: '0' });
  await fresh.set(state);
  const server = await started(fresh);
  const answers = await answersOf(server.url);
  await stop(server);
  return answers;
}

export async function started({ settings, folder }: Place): Promise<Server> {
  await mkdir(folder, { recursive: true });
  const server = await serve(settings, folder);
  await untilReady(server.url, READY_MS);
  return server;
}

export async function stop(server: Server): Promise<void> {
  server.process.kill('SIGTERM');
  expect((await server.finished).code).toBe(0);
}

/** The same numbers in the same order for the same seed, 0 to 1 (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
