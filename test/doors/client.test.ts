import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, type Operations } from '../../src/api/index.js';
import { errors, operations, pointer } from '../support/contract.js';
import { RECORD_ID, ROOT } from '../support/fixtures.js';
import { type Server, serveForAll, untilReady } from '../support/program.js';
import { wordingAt } from '../support/verbatim.js';

const KEY = 'a-key-that-is-long-enough';
const QUESTION = 'What was said about prison overcrowding in 2022?';

let server: Server;
let client: Client;

beforeAll(async () => {
  server = await serveForAll({ API_KEYS: KEY, WORKERS: '1' }, ROOT);
  await untilReady(server.url, 60_000);
  client = createClient(server.url, { apiKey: KEY });
});

afterAll(async () => {
  server.process.kill('SIGTERM');
  await server.finished;
});

/** Every path and method of the types; does not compile where one is missing. */
const TYPED: { readonly [Path in keyof Operations]: Record<keyof Operations[Path], true> } = {
  '/v1/ask': { $post: true },
  '/v1/search': { $get: true },
  '/v1/verify': { $post: true },
  '/v1/digest': { $get: true },
  '/v1/documents': { $get: true },
  '/v1/documents/:id': { $get: true },
  '/v1/documents/:id/source': { $get: true },
  '/v1/documents/:id/paragraphs/:n': { $get: true },
  '/v1/chat/completions': { $post: true },
  '/v1/models': { $get: true },
  '/v1/models/:model': { $get: true },
  '/v1/admin/reindex': { $post: true, $get: true },
  '/healthz': { $get: true },
  '/readyz': { $get: true },
};
/** What has a client of its own, is for people or for Prometheus. */
const OTHERS = /^\/(?:mcp|docs|docs\/.*|sign-in|sign-out|openapi\.json|metrics)$/u;

describe('the types of the client', () => {
  it('have every operation of the contract', () => {
    const typed = Object.entries(TYPED).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.slice(1).toUpperCase()} ${path}`),
    );
    const described = operations
      .map(({ path, method }) => ({ method, path: path.replaceAll(/\{(\w+)\}/gu, ':$1') }))
      .filter(({ path }) => !OTHERS.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect(typed.sort()).toEqual(described.sort());
  });
});

/** The body of a response that is as the contract has it. */
async function body(
  response: { readonly status: number; json(): Promise<unknown> },
  path: string,
  method = 'get',
): Promise<unknown> {
  const value = await response.json();
  const type =
    response.status < 400 || path.startsWith('/v1/chat') ? 'application/json' : 'application/problem+json';
  const at = pointer('paths', path, method, 'responses', String(response.status), 'content', type, 'schema');
  expect(errors('exact', at, value), JSON.stringify(value).slice(0, 300)).toEqual([]);
  return value;
}

describe('the typed client and the running server', () => {
  it('ask, and the quotation stands at its spans in the source', async () => {
    const response = await client.v1.ask.$post({ json: { question: QUESTION, limit: 2 } });
    if (!response.ok) throw new Error((await response.json()).detail);
    const { citations, status } = await response.json();
    expect(status).toBe('answered');
    const source = await client.v1.documents[':id'].source.$get({ param: { id: RECORD_ID } });
    if (!source.ok) throw new Error('no source');
    const text = await source.text();
    expect(citations.length).toBeGreaterThan(0);
    for (const { quote, spans } of citations) expect(wordingAt(text, spans)).toBe(quote);
  });

  it('ask on, and say what that was taken for', async () => {
    const response = await client.v1.ask.$post({ json: { history: [QUESTION], question: 'and in 2021?' } });
    const answer = await body(response, '/v1/ask', 'post');
    expect(answer).toMatchObject({
      understood: { question: 'What was said about prison overcrowding in 2021?', from: 'history' },
    });
  });

  it('get what the contract says from every operation', async () => {
    const param = { id: RECORD_ID };
    const { v1 } = client;
    await body(await v1.ask.$post({ json: { question: QUESTION } }), '/v1/ask', 'post');
    const search = await v1.search.$get({ query: { q: 'prison', year: ['2022', '2023'], limit: '20' } });
    const found = (await body(search, '/v1/search')) as { results: { year: number }[] };
    expect(new Set(found.results.map(({ year }) => year))).toEqual(new Set([2022, 2023]));
    await body(await v1.verify.$post({ json: { quote: 'prison' } }), '/v1/verify', 'post');
    await body(
      await v1.verify.$post({ json: { text: '“prison overcrowding remained”' } }),
      '/v1/verify',
      'post',
    );
    await body(await v1.digest.$get({ query: { topic: 'prison', limit: '3' } }), '/v1/digest');
    await body(await v1.documents.$get({}), '/v1/documents');
    await body(await v1.documents[':id'].$get({ param }), '/v1/documents/{id}');
    await body(
      await v1.documents[':id'].paragraphs[':n'].$get({ param: { ...param, n: '71' } }),
      '/v1/documents/{id}/paragraphs/{n}',
    );
    const messages = [{ role: 'user', content: QUESTION }];
    await body(await v1.chat.completions.$post({ json: { messages } }), '/v1/chat/completions', 'post');
    await body(await v1.models.$get({}), '/v1/models');
    await body(await v1.models[':model'].$get({ param: { model: 'paracite' } }), '/v1/models/{model}');
    await body(await v1.admin.reindex.$get({}), '/v1/admin/reindex');
    await body(await client.healthz.$get({}), '/healthz');
    await body(await client.readyz.$get({}), '/readyz');
  });

  it('stream an answer', async () => {
    const response = await client.v1.ask.$post(
      { json: { question: QUESTION } },
      { headers: { Accept: 'text/event-stream' } },
    );
    expect(await response.text()).toMatch(/^event: passages\n/u);
  });

  it('say what is wrong', async () => {
    const wrong = await client.v1.ask.$post({ json: { question: ' ' } });
    expect(wrong.ok).toBe(false);
    expect(await body(wrong, '/v1/ask', 'post')).toMatchObject({ detail: 'question: must not be empty' });
    const { v1 } = createClient(server.url);
    const closed = await v1.documents.$get({});
    expect(closed.status).toBe(401);
    await body(closed, '/v1/documents');
    const chat = await v1.chat.completions.$post({ json: { messages: [{ role: 'user', content: 'x' }] } });
    expect(chat.status).toBe(401);
    await body(chat, '/v1/chat/completions', 'post');
  });

  it('are what the package exports', async () => {
    const program = `
      import { createClient } from 'paracite/client';
      const client = createClient('${server.url}', { apiKey: '${KEY}' });
      console.log(JSON.stringify(await (await client.readyz.$get()).json()));
    `;
    const args = ['--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ready' });
  });
});
