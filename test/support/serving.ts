import { type Logger, pino } from 'pino';
import type { Config } from '../../src/config.js';
import { createApp } from '../../src/http/index.js';
import { Serving } from '../../src/serving/index.js';
import { testConfig } from './service.js';

export interface ServedApp {
  readonly serving: Serving;
  /** What was logged, an object a line. */
  readonly logged: { readonly level: number; readonly msg: string }[];
  request(path: string, init?: RequestInit): Promise<Response>;
  ask(question: string, init?: RequestInit): Promise<Response>;
}

/** The real app over real processes, without a socket. The program must have been built. */
export async function openServing(changes: Partial<Config>): Promise<ServedApp> {
  const logged: ServedApp['logged'] = [];
  const log: Logger = pino({ level: 'info', base: null }, { write: (line) => logged.push(JSON.parse(line)) });
  const serving = new Serving(testConfig(changes), log);
  const app = createApp({
    responder: () => serving.state(),
    operations: serving,
    onError: (error) => log.error({ err: error }, 'request failed'),
  });
  await serving.open();
  const request = async (path: string, init?: RequestInit) => app.request(path, init);
  return {
    serving,
    logged,
    request,
    ask: (question, init) =>
      request('/v1/ask', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ question }),
        ...init,
      }),
  };
}

/** What answers, once something does. */
export function responderOf({ serving }: ServedApp) {
  const { ready } = serving.state();
  if (!ready) throw new Error('not ready');
  return ready;
}
