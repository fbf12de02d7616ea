import { request as httpRequest } from 'node:http';
import type { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.js';
import { ParaciteError } from '../../src/errors.js';
import { createApp } from '../../src/http/index.js';
import type { AccessEntry } from '../../src/http/observe/index.js';
import type { Responder } from '../../src/response/index.js';
import { JSON_TYPE, problemIn } from '../support/app.js';
import { ROOT } from '../support/fixtures.js';
import { call, connected, overHttp } from '../support/mcp.js';
import { serve } from '../support/program.js';
import { responderOf } from '../support/responder.js';
import { testConfig } from '../support/service.js';
import { type Listening, listening } from '../support/socket.js';

const KEY = 'a-key-that-is-long-enough';
const SOON = { timeout: 20_000 };
const QUESTION = 'a question that nobody else may read';
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

interface Opened {
  readonly app: ReturnType<typeof createApp>;
  readonly url: string;
  readonly entries: AccessEntry[];
  readonly errors: unknown[];
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

const running: Listening[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** The app with these settings behind a socket; what answers is not what these tests are about. */
async function open(
  changes: Partial<Config> = {},
  parts: Partial<Responder> | (() => never) | null = {},
): Promise<Opened> {
  const entries: AccessEntry[] = [];
  const errors: unknown[] = [];
  const app = createApp({
    responder: () => {
      if (parts === null) return { ready: null, reason: 'encoding 12 %' };
      return { ready: typeof parts === 'function' ? parts() : responderOf(parts) };
    },
    settings: testConfig(changes),
    onError: (error) => errors.push(error),
    onRequest: (entry) => entries.push(entry),
  });
  const server = await listening(app.fetch);
  running.push(server);
  const post = (body: unknown, headers = {}) =>
    fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  return { app, url: server.url, entries, errors, post };
}

describe('/mcp with keys', () => {
  it('lets the official client in with a key only', async () => {
    const { url } = await open({ apiKeys: [KEY] });
    for (const headers of [{}, { Authorization: 'Bearer wrong' }]) {
      await expect(connected(overHttp(url, headers as Record<string, string>))).rejects.toMatchObject({
        code: 401,
        message: expect.stringContaining('this needs a key'),
      });
    }
    const client = await connected(overHttp(url, { Authorization: `Bearer ${KEY}` }));
    expect((await client.listTools()).tools).toHaveLength(5);
    await client.close();
  });

  it('counts each message against the limit of the key, and takes no batch for one', async () => {
    const { post } = await open({ apiKeys: [KEY], rateLimitPerMinute: 3 });
    const bearer = { Authorization: `Bearer ${KEY}` };
    const { detail } = await problemIn(await post([LIST, { ...LIST, id: 2 }], bearer), 400);
    expect(detail).toMatch(/request of its own/u);
    expect((await post(LIST, bearer)).status).toBe(200);
    expect((await post(LIST, bearer)).headers.get('RateLimit-Remaining')).toBe('0');
    const refused = await post(LIST, bearer);
    expect(refused.headers.get('Retry-After')).not.toBeNull();
    await problemIn(refused, 429);
  });
});

describe('/mcp of the running program', () => {
  it('answers with its processes, to a key', async () => {
    const server = await serve({ API_KEYS: KEY, WORKERS: '1' }, ROOT);
    const client = await connected(overHttp(server.url, { Authorization: `Bearer ${KEY}` }));
    await expect
      .poll(async () => (await call(client, 'ask', { question: 'prison overcrowding' })).failed, SOON)
      .toBe(false);
    const { body } = await call(client, 'verify', {
      quote: 'prison overcrowding remained a global challenge',
    });
    expect(body).toMatchObject({ verdict: 'verbatim' });
    await client.close();
  });
});

describe('/mcp', () => {
  it('has no stream to listen on and no session to end, and says what there is', async () => {
    const { url } = await open();
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const response = await fetch(`${url}/mcp`, { method, headers: { Accept: 'text/event-stream' } });
      expect(response.headers.get('Allow')).toBe('POST');
      await problemIn(response, 405);
    }
  });

  it('refuses what is no message, too large, too deep or of another version', async () => {
    const { post, url } = await open();
    const raw = (body: string, headers: Record<string, string> = JSON_TYPE) =>
      fetch(`${url}/mcp`, { method: 'POST', headers, body });
    await problemIn(await raw('{'), 400);
    await problemIn(await post({ hello: 'world' }), 400);
    await problemIn(await raw('['.repeat(40) + ']'.repeat(40)), 400);
    await problemIn(await raw('{}', { 'Content-Type': 'text/plain' }), 415);
    await problemIn(await post(LIST, { Accept: 'text/event-stream' }), 406);
    const { detail } = await problemIn(await post(LIST, { 'Mcp-Protocol-Version': '1999-01-01' }), 400);
    expect(detail).toMatch(/Unsupported protocol version.*2025-/u);
    // Last, because it ends the connection.
    await problemIn(await raw(`{"x":"${'x'.repeat(3_000_000)}"}`), 413);
  });

  it('answers whatever way JSON is accepted', async () => {
    const { post } = await open();
    for (const accept of ['application/json', '*/*', 'text/event-stream, application/json;q=0.1']) {
      const response = await post(LIST, { Accept: accept });
      expect(response.headers.get('Content-Type')).toMatch(/^application\/json\b/u);
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: 1 });
    }
  });

  it('has the headers of every other answer', async () => {
    const { post, app } = await open();
    const response = await post(LIST, { 'X-Request-Id': 'mine' });
    const other = await app.request('/openapi.json');
    for (const name of ['Content-Security-Policy', 'X-Content-Type-Options', 'Cache-Control']) {
      expect(response.headers.get(name)).toBe(other.headers.get(name));
    }
    expect(response.headers.get('X-Request-Id')).toBe('mine');
  });
});

/** A request whose `Host` is what the test says. */
function withHost(url: string, host: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}/mcp`,
      { method: 'POST', headers: { ...JSON_TYPE, ...headers, Host: host } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify(LIST));
  });
}

describe('pages of other sites at /mcp', () => {
  it('are refused, unless CORS_ORIGINS has them', async () => {
    const { url, post } = await open({ corsOrigins: ['https://known.example'] });
    expect((await post(LIST, { Origin: 'https://known.example' })).status).toBe(200);
    expect((await post(LIST, { Origin: url })).status).toBe(200);
    for (const origin of ['https://other.example', 'null', 'https://known.example.evil.example', `${url}1`]) {
      await problemIn(await post(LIST, { Origin: origin }), 403);
    }
    const everyone = await open({ corsOrigins: ['*'] });
    expect((await everyone.post(LIST, { Origin: 'https://other.example' })).status).toBe(200);
  });

  it('may ask beforehand where they are known', async () => {
    const { url } = await open({ corsOrigins: ['https://known.example'] });
    const ask = (origin: string) =>
      fetch(`${url}/mcp`, {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type,mcp-protocol-version',
        },
      });
    const known = await ask('https://known.example');
    expect(known.headers.get('Access-Control-Allow-Origin')).toBe('https://known.example');
    expect(known.headers.get('Access-Control-Allow-Headers')).toMatch(/mcp-protocol-version/iu);
    expect((await ask('https://other.example')).headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('are refused where they made their own name point to this machine', async () => {
    const { url } = await open();
    const evil = 'evil.example:3000';
    expect(await withHost(url, evil, { Origin: `http://${evil}` })).toBe(403);
    expect(await withHost(url, evil)).toBe(403);
    expect(await withHost(url, '127.0.0.1.evil.example')).toBe(403);
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000']) {
      expect(await withHost(url, host, { Origin: `http://${host}` })).toBe(200);
    }
  });

  it('cannot do that to a server that asks for a key, which may have any name', async () => {
    const { url } = await open({ apiKeys: [KEY] });
    expect(await withHost(url, 'record.example.org')).toBe(401);
    expect(await withHost(url, 'record.example.org', { Authorization: `Bearer ${KEY}` })).toBe(200);
    const proxied = await open({ trustedProxies: 1 });
    expect(await withHost(proxied.url, 'record.example.org')).toBe(200);
  });
});

describe('what goes wrong behind /mcp', () => {
  const ask = async (opened: Opened) => {
    const client = await connected(overHttp(opened.url));
    const result = await call(client, 'ask', { question: QUESTION });
    await client.close();
    return result;
  };

  it('is told with what to do while questions cannot be answered', async () => {
    const opened = await open({}, null);
    expect(await ask(opened)).toMatchObject({
      failed: true,
      text: 'questions cannot be answered yet: encoding 12 %; try again in 5 s',
    });
    const client = await connected(overHttp(opened.url));
    await expect(client.listResources()).rejects.toThrow(/try again in 5 s/u);
    await client.close();
    expect(opened.errors).toEqual([]);
  });

  it.each([
    ['overloaded', '256 requests are waiting already; try again soon'],
    ['timeout', 'not answered within 10000 ms; try again later'],
  ] as const)('is told where the server is %s', async (code, message) => {
    const opened = await open({}, { ask: () => Promise.reject(new ParaciteError(code, message)) });
    expect(await ask(opened)).toMatchObject({ failed: true, text: message });
    expect(opened.errors).toEqual([]);
  });

  it.each([
    ['while answering', { ask: () => Promise.reject(new Error('/home/someone/secret.ts broke')) }],
    [
      'before',
      (): never => {
        throw new Error('/home/someone/secret.ts broke');
      },
    ],
  ])('is told to the log only where it is a failure of ours %s', async (_, parts) => {
    const opened = await open({}, parts);
    const { failed, text } = await ask(opened);
    expect(failed).toBe(true);
    expect(text).toBe('The request could not be answered; the server log has the reason.');
    expect(opened.errors).toEqual([expect.objectContaining({ message: expect.stringContaining('secret') })]);
  });
});

describe('the log of /mcp', () => {
  it.each([false, true])('has questions only where that is wanted: %s', async (logQuestions) => {
    const { url, entries } = await open(
      { logQuestions, apiKeys: [KEY] },
      { ask: () => Promise.reject(new ParaciteError('timeout', 'late')) },
    );
    const client = await connected(overHttp(url, { Authorization: `Bearer ${KEY}` }));
    await call(client, 'ask', { question: QUESTION });
    await client.close();
    const last = entries.at(-1);
    expect(last).toMatchObject({ method: 'POST', route: '/mcp', status: 200, client: 'key-1' });
    expect(last?.question).toBe(logQuestions ? QUESTION : undefined);
    if (!logQuestions) expect(JSON.stringify(entries)).not.toContain(QUESTION);
  });
});

describe('a client of /mcp that goes away', () => {
  it('cancels the work, and is no error', async () => {
    let signal: AbortSignal | undefined;
    const { url, entries, errors } = await open(
      {},
      {
        ask: (_, options) => {
          signal = options?.signal;
          return new Promise((__, reject) =>
            signal?.addEventListener('abort', () => reject(new ParaciteError('cancelled', 'gone'))),
          );
        },
      },
    );
    const transport: StreamableHTTPClientTransport = overHttp(url);
    const client = await connected(transport);
    const asked = call(client, 'ask', { question: QUESTION });
    asked.catch(() => undefined);
    await expect.poll(() => signal, SOON).toBeDefined();
    expect(signal?.aborted).toBe(false);
    await client.close();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => signal?.aborted, SOON).toBe(true);
    await expect.poll(() => entries.at(-1)?.status, SOON).toBe(499);
    expect(errors).toEqual([]);
  });
});
