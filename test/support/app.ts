import { expect } from 'vitest';
import type { Config } from '../../src/config.js';
import { type AppOptions, createApp } from '../../src/http/index.js';
import type { AccessEntry } from '../../src/http/observe/index.js';
import { inProcess } from '../../src/response/index.js';
import type { Service } from '../../src/service.js';
import { openService, testConfig } from './service.js';
import {
  type AskBody,
  askShape,
  type DraftBody,
  draftShape,
  type Problem,
  problemShape,
  type SearchBody,
  searchShape,
  type VerifyBody,
  verifyShape,
} from './shapes.js';

export interface TestApp {
  readonly service: Service;
  /** What the app told its log: errors that are no client's fault. */
  readonly logged: unknown[];
  /** What it told the access log. */
  readonly entries: AccessEntry[];
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly fetch: ReturnType<typeof createApp>['fetch'];
  /** @param from address of the client, as a socket has it */
  request(path: string, init?: RequestInit, from?: string): Promise<Response>;
  search(parameters: Parameters): Promise<SearchBody>;
  ask(body: unknown): Promise<AskBody>;
  verify(body: unknown): Promise<VerifyBody>;
  verifyDraft(body: unknown): Promise<DraftBody>;
  close(): Promise<void>;
}

export type Parameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** The real app over the real service, without a socket. */
export async function openApp(
  changes: Partial<Config> = {},
  options: Partial<AppOptions> = {},
): Promise<TestApp> {
  const service = await openService(changes);
  const responder = inProcess(service);
  const logged: unknown[] = [];
  const entries: AccessEntry[] = [];
  const app = createApp({
    responder: () => ({ ready: responder }),
    onError: (error) => logged.push(error),
    onRequest: (entry) => entries.push(entry),
    settings: testConfig(changes),
    ...options,
  });
  const request = async (path: string, init?: RequestInit, from = '192.0.2.1') =>
    app.request(path, init, { incoming: { socket: { remoteAddress: from } } });
  const post = async (path: string, body: unknown) =>
    okOf(await request(path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) }));
  return {
    service,
    logged,
    entries,
    routes: app.routes,
    fetch: app.fetch,
    request,
    search: async (parameters) => searchShape.parse(await okOf(await request(searchPath(parameters)))),
    ask: async (body) => askShape.parse(await post('/v1/ask', body)),
    verify: async (body) => verifyShape.parse(await post('/v1/verify', body)),
    verifyDraft: async (body) => draftShape.parse(await post('/v1/verify', body)),
    close: () => service.close(),
  };
}

export function searchPath(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return `/v1/search?${query}`;
}

async function okOf(response: Response): Promise<unknown> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch(/^application\/json\b/u);
  return JSON.parse(text);
}

/** The problem details of a response that refuses. */
export async function problemIn(response: Response, status: number): Promise<Problem> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json\b/u);
  const problem = problemShape.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  expect(text, 'a stack is nobody’s business').not.toMatch(/\bat \S+:\d+:\d+|node_modules|\.[jt]s:\d+/u);
  return problem;
}
