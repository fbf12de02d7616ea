import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/index.js';
import { accessLog } from '../../src/http/observe/index.js';
import { JSON_TYPE, openApp, problemIn, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { controlledOperations } from '../support/operations.js';

const KEY = 'a-key-for-the-tests-of-it';
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;
const SECRET = 'Zanzibar prison overcrowding';

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 }, { operations: controlledOperations() });
});

afterAll(() => app.close());

async function metrics(of: Pick<TestApp, 'request'> = app): Promise<Map<string, number>> {
  const text = await (await of.request('/metrics')).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('the id of a request', () => {
  it('is made where none is given, and differs each time', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await app.request('/healthz')).headers.get('X-Request-Id')),
    );
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(5);
  });

  it.each(['7b3f', 'A_b-C=', 'x'.repeat(128)])(
    'is the one that is given where it is well-formed: %s',
    async (id) => {
      const response = await app.request('/v1/documents/another', { headers: { 'X-Request-Id': id } });
      expect(response.headers.get('X-Request-Id')).toBe(id);
      const { requestId } = (await response.json()) as { requestId: string };
      expect(requestId).toBe(id);
      expect(app.entries.at(-1)?.requestId).toBe(id);
    },
  );

  it.each(['', ' ', 'a b', 'x'.repeat(129), '"', '<script>', 'a,b', '%0d%0aSet-Cookie', 'é', '{"a":1}'])(
    'is a new one where it is not: %j',
    async (id) => {
      const { headers } = await app.request('/healthz', { headers: { 'X-Request-Id': id } });
      expect(headers.get('X-Request-Id')).toMatch(UUID);
    },
  );

  it('is in every problem, of a path that is not there too', async () => {
    for (const path of ['/nothing', '/v1/search', '/v1/documents/another']) {
      const response = await app.request(path);
      const { requestId } = (await response.clone().json()) as { requestId: string };
      expect(requestId).toBe(response.headers.get('X-Request-Id'));
    }
    const wrong = await app.request('/v1/ask', { method: 'PUT' });
    await problemIn(wrong.clone() as Response, 405);
    expect(((await wrong.json()) as { requestId: string }).requestId).toMatch(UUID);
  });
});

describe('what a client sends', () => {
  it('puts nothing into the headers of an answer', async () => {
    const evil = 'x%0d%0aSet-Cookie:%20a=b%0d%0aX-Evil:%20yes';
    const responses = await Promise.all([
      app.request(`/v1/documents/${evil}`),
      app.request(`/documents/${evil}`),
      app.request(`/${evil}`),
      app.request(`/v1/search?q=${evil}`),
      app.request(`/?q=${evil}`),
      app.request(`/v1/search?limit=${evil}`),
      app.request(`/docs/assets/${evil}`),
      app.request('/v1/search?q=x', { headers: { Origin: 'https://evil.example', 'Accept-Language': evil } }),
    ]);
    for (const { headers } of responses) {
      expect(headers.get('Set-Cookie')).toBeNull();
      expect(headers.get('X-Evil')).toBeNull();
      for (const [, value] of headers) expect(value).not.toMatch(/[\r\n]|evil/iu);
    }
  });
});

describe('the access log', () => {
  /** Lines that the log has of what a test does. */
  async function linesOf(
    logQuestions: boolean,
    does: (request: TestApp['request']) => Promise<unknown>,
  ): Promise<Record<string, unknown>[]> {
    const stream = new PassThrough().setEncoding('utf8');
    let text = '';
    stream.on('data', (part: string) => {
      text += part;
    });
    const log = pino({ level: 'debug', base: null }, stream);
    const settings = { logQuestions, apiKeys: [] };
    const logging = await openApp(settings, { onRequest: accessLog(log) });
    await does(logging.request);
    await logging.close();
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  const everywhere = async (request: TestApp['request']) => {
    const query = encodeURIComponent(SECRET);
    const post = (body: unknown) => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
    await request(`/v1/search?q=${query}`);
    await request('/v1/ask', post({ question: SECRET }));
    await request('/v1/ask', {
      ...post({ question: SECRET }),
      headers: { ...JSON_TYPE, Accept: 'text/event-stream' },
    });
    await request('/v1/verify', post({ quote: SECRET }));
    await request(`/?q=${query}`);
    await request(`/v1/search?q=${query}&limit=${query}`);
    await request('/v1/ask', post({ question: SECRET, limit: SECRET }));
    await request('/v1/ask', { ...post({}), body: `{"question": "${SECRET}"` });
    await request(`/${query}`);
    await request(`/v1/ask/${query}`);
    await request(`/v1/documents/${query}`);
    await request(`/documents/${query}`);
    await request(`/v1/documents/${RECORD_ID}/paragraphs/${query}`);
    await request(`/docs/assets/${query}`);
  };

  it('has one line for each request, with its route, status and time', async () => {
    const lines = await linesOf(false, async (request) => {
      await request(`/v1/documents/${RECORD_ID}/paragraphs/71`);
      await request('/v1/nothing');
      await request('/healthz');
    });
    expect(lines).toMatchObject([
      {
        level: 30,
        msg: 'request',
        method: 'GET',
        route: '/v1/documents/:id/paragraphs/:n',
        path: `/v1/documents/${RECORD_ID}/paragraphs/71`,
        status: 200,
        requestId: expect.stringMatching(UUID),
        tookMs: expect.any(Number),
      },
      { level: 30, route: 'none', status: 404 },
      { level: 20, route: '/healthz', status: 200 },
    ]);
    expect(lines[1]).not.toHaveProperty('path');
    for (const line of lines) expect(line).not.toHaveProperty('address');
  });

  it('has nothing of what is asked', async () => {
    const lines = await linesOf(false, everywhere);
    expect(lines).toHaveLength(14);
    expect(decodeURIComponent(JSON.stringify(lines))).not.toMatch(/zanzibar/iu);
  });

  it('has what is asked where the settings allow it', async () => {
    const lines = await linesOf(true, everywhere);
    expect(lines.filter(({ question }) => question === SECRET).length).toBeGreaterThanOrEqual(4);
  });

  it('names the key that was shown, never the key, and an address only where it was refused', async () => {
    const closed = await openApp({ apiKeys: ['another-key-before-it', KEY], rateLimitPerMinute: 2 });
    const ask = (key: string) =>
      closed.request('/v1/documents', { headers: { Authorization: `Bearer ${key}` } });
    await ask(KEY);
    await ask('wrong-key-of-someone');
    await closed.request('/sign-in', {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `key=${KEY}`,
    });
    expect(closed.entries).toMatchObject([
      { status: 200, client: 'key-2' },
      { status: 401, address: '192.0.2.1' },
      { status: 303 },
    ]);
    expect(closed.entries[0]).not.toHaveProperty('address');
    expect(JSON.stringify(closed.entries)).not.toMatch(/a-key-for|wrong-key|another-key/u);
    await closed.close();
  });
});

describe('GET /metrics', () => {
  it('counts by route pattern, method and status, however many paths are asked for', async () => {
    const fresh = await openApp();
    for (let count = 0; count < 50; count += 1) {
      await fresh.request(`/v1/documents/document-${count}`);
      await fresh.request(`/v1/documents/${RECORD_ID}/paragraphs/${count + 1}`);
      await fresh.request(`/made-up-${count}`);
      await fresh.request('/healthz', { method: `METHOD${count}` });
    }
    const samples = await metrics(fresh);
    const count = (labels: string) => samples.get(`paracite_http_requests_total{${labels}}`);
    expect(count('route="/v1/documents/:id",method="GET",status="404"')).toBe(50);
    expect(count('route="/v1/documents/:id/paragraphs/:n",method="GET",status="200"')).toBe(50);
    expect(count('route="none",method="GET",status="404"')).toBe(50);
    expect(count('route="/healthz",method="other",status="405"')).toBe(50);
    const series = [...samples.keys()].filter((name) => name.startsWith('paracite_http_requests_total'));
    expect(series).toHaveLength(4);
    expect([...samples.keys()].join('\n')).not.toMatch(/made-up|document-\d|METHOD/u);
    const pattern = 'route="/v1/documents/:id",method="GET"';
    expect(samples.get(`paracite_http_request_duration_seconds_count{${pattern}}`)).toBe(50);
    expect(samples.get('paracite_http_requests_in_flight'), 'the one that reads it').toBe(1);
    await fresh.close();
  });

  it('counts answers and refusals, wherever they are asked for', async () => {
    const sure = await openApp({ abstainThreshold: 1 });
    const before = await metrics();
    await app.ask({ question: SECRET });
    await app.request(`/?q=${encodeURIComponent(SECRET)}`);
    const after = await metrics();
    const answered = 'paracite_answers_total{status="answered"}';
    expect((after.get(answered) ?? 0) - (before.get(answered) ?? 0)).toBe(2);
    await sure.ask({ question: SECRET });
    expect((await metrics(sure)).get('paracite_answers_total{status="not_found"}')).toBe(1);
    expect((await metrics(sure)).get(answered)).toBe(0);
    await sure.close();
  });

  it('names the index and its age, and what the process is doing', async () => {
    const samples = await metrics();
    const { identity, builtAt } = app.service.index.manifest;
    expect(samples.get(`paracite_index_info{identity="${identity}"}`)).toBe(1);
    const age = (Date.now() - Date.parse(builtAt)) / 1000;
    expect(Math.abs((samples.get('paracite_index_age_seconds') ?? 0) - age)).toBeLessThan(60);
    for (const name of [
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
    ])
      expect(samples.get(name), name).toBeGreaterThan(0);
  });

  it('has what waits, what runs and what was saved, as the server says it', async () => {
    const samples = await metrics();
    expect(samples.get('paracite_work_waiting')).toBe(3);
    expect(samples.get('paracite_work_running')).toBe(2);
    expect(samples.get('paracite_cache_hits_total')).toBe(7);
    expect(samples.get('paracite_cache_misses_total')).toBe(5);
    expect((await metrics()).get('paracite_cache_hits_total'), 'not added up').toBe(7);
  });

  it('is there while nothing can be answered yet, and tells no version', async () => {
    const opening = createApp({
      responder: () => ({ ready: null, reason: 'opening' }),
      onError: () => undefined,
    });
    const response = await opening.request('/metrics');
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).not.toMatch(/^paracite_index_(?:info|age_seconds)[ {]/mu);
    expect(text).not.toContain(process.version);
  });
});
