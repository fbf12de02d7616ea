import type { AnswerSettings, Config } from '../../src/config.js';
import {
  type ScriptedModel,
  type ScriptedReply,
  type ScriptedRequest,
  startScriptedModel,
} from '../../src/eval/scripted-model.js';
import { type ModelFailure, openWriter, type Writer } from '../../src/generate/index.js';
import { openApp, type TestApp } from './app.js';
import { testConfig } from './service.js';

export type Script = (request: ScriptedRequest, position: number) => ScriptedReply | Promise<ScriptedReply>;

export interface WrittenApp {
  readonly app: TestApp;
  readonly server: ScriptedModel;
  readonly writer: Writer;
  /** Why answers stayed extractive, in order. */
  readonly failures: ModelFailure[];
  /** What the model says from now on; positions count from here. */
  script(next: Script | ScriptedReply): void;
  /** What it was asked since. */
  asked(): readonly ScriptedRequest[];
  close(): Promise<void>;
}

/** Settings of a scripted model. */
export function answerSettings(url: string, changes: Partial<AnswerSettings> = {}): AnswerSettings {
  return {
    provider: 'openai',
    model: 'scripted',
    url,
    apiKey: undefined,
    timeoutMs: 60_000,
    prices: { input: 0, output: 0 },
    ...changes,
  };
}

/** The real app whose answers a scripted model writes, over a real connection. Nothing is kept unless `cacheEntries` says so. */
export async function openWrittenApp(
  changes: Partial<Config> = {},
  answer: Partial<AnswerSettings> = {},
): Promise<WrittenApp> {
  let current: Script = () => ({ status: 500 });
  let before = 0;
  const server = await startScriptedModel((request, position) => current(request, position - before));
  const failures: ModelFailure[] = [];
  const settings = {
    cacheEntries: 0,
    requestTimeoutMs: 60_000,
    abstainThreshold: 0,
    ...changes,
    answer: answerSettings(server.url, answer),
  };
  const writer = await openWriter(testConfig(settings), { onFallback: (failure) => failures.push(failure) });
  if (!writer) throw new Error('no model');
  const app = await openApp(settings, { writer });
  return {
    app,
    server,
    writer,
    failures,
    script: (next) => {
      before = server.requests.length;
      current = typeof next === 'function' ? next : () => next;
    },
    asked: () => server.requests.slice(before),
    close: async () => {
      await app.close();
      await server.close();
    },
  };
}

/** Passages that a request shows the model, by their number. */
export function shownIn({ messages }: ScriptedRequest): { id: number; place: string; text: string }[] {
  const text = messages.find(({ role }) => role === 'user')?.content ?? '';
  return text
    .split('\n')
    .filter((line) => line.startsWith('{"id":'))
    .map((line) => JSON.parse(line));
}

/** Number under which a request shows a paragraph. */
export function numberOf(request: ScriptedRequest, paragraph: number): number {
  const shown = shownIn(request).find(({ place }) => place.includes(`> para. ${paragraph} >`));
  if (!shown) throw new Error(`paragraph ${paragraph} is not shown`);
  return shown.id;
}
