import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ParaciteError } from '../../src/errors.js';
import { createApp } from '../../src/http/index.js';
import { openAssets, type PageOptions, pages } from '../../src/http/pages/index.js';
import { openApp, type TestApp } from '../support/app.js';
import { type Described, document, errors, operations, pointer } from '../support/contract.js';
import { RECORD_ID } from '../support/fixtures.js';
import { controlledOperations } from '../support/operations.js';
import { responderOf } from '../support/responder.js';
import { testConfig } from '../support/service.js';

const KEY = 'a-key-that-is-long-enough';
const BEARER = { Authorization: `Bearer ${KEY}` };

let app: TestApp;
let limited: TestApp;
/** Cannot answer yet. */
let opening: ReturnType<typeof createApp>;
/** Fails at whatever it is asked. */
let broken: ReturnType<typeof createApp>;
/** Takes too long. */
let late: ReturnType<typeof createApp>;

beforeAll(async () => {
  const config = { apiKeys: [KEY], abstainThreshold: 0 };
  app = await openApp(config, { operations: controlledOperations() });
  limited = await openApp({ ...config, rateLimitPerMinute: 1 });
  const settings = testConfig({ apiKeys: [KEY] });
  const quiet = { settings, onError: () => undefined };
  const fails = () => {
    throw new Error('/home/someone/secret.ts broke');
  };
  opening = createApp({
    ...quiet,
    operations: controlledOperations(),
    responder: () => ({ ready: null, reason: 'encoding 12 %' }),
  });
  broken = createApp({
    ...quiet,
    operations: { reindex: fails, progress: fails, stats: fails, trouble: fails },
    responder: fails,
  });
  const tooLate = () => Promise.reject(new ParaciteError('timeout', 'not answered within 10,000 ms'));
  late = createApp({
    ...quiet,
    responder: () => ({
      ready: responderOf({ ask: tooLate, search: tooLate, verify: tooLate, digest: tooLate }),
    }),
  });
});

afterAll(async () => {
  await Promise.all([app.close(), limited.close()]);
  expect([...app.logged, ...limited.logged], 'errors that are no client’s fault').toEqual([]);
});

/** A request that each operation answers well. */
const WELL: Readonly<Record<string, { query?: string; path?: Record<string, string>; body?: unknown }>> = {
  search: {
    query: `?q=prison&limit=3&year=2022&year=2023&document=${RECORD_ID}&section=prison&scope=false`,
  },
  ask: { body: { question: 'What was said about prison overcrowding in 2022?', limit: 3 } },
  digest: { query: '?topic=prison&limit=3&year=2022' },
  verify: { body: { quote: 'Most speakers identified prison overcrowding as the biggest obstacle' } },
  getDocument: { path: { id: RECORD_ID } },
  getSource: { path: { id: RECORD_ID } },
  getParagraph: { path: { id: RECORD_ID, n: '70' } },
  mcp: { body: { jsonrpc: '2.0', id: 1, method: 'tools/list' } },
  chatCompletions: {
    body: { model: 'paracite', messages: [{ role: 'user', content: 'Who spoke of prison overcrowding?' }] },
  },
  model: { path: { model: 'paracite' } },
  referenceAsset: { path: { file: 'swagger-ui.css' } },
  signInPage: { query: '?next=/' },
  signIn: { body: { key: KEY, next: '/?q=prison' } },
};

interface Asked {
  readonly url: string;
  readonly init: { method: string; headers: Record<string, string>; body?: string };
}

function wellAsked(path: string, method: string, { operationId, requestBody }: Described): Asked {
  const { query = '', path: parameters = {}, body } = WELL[operationId] ?? {};
  const url = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => parameters[name] ?? 'missing') + query;
  const [type] = Object.keys(requestBody?.content ?? {});
  const isForm = type === 'application/x-www-form-urlencoded';
  return {
    url,
    init: {
      method,
      headers: { ...BEARER, 'Sec-Fetch-Site': 'same-origin', ...(type && { 'Content-Type': type }) },
      ...(body !== undefined && {
        body: isForm ? new URLSearchParams(body as Record<string, string>).toString() : JSON.stringify(body),
      }),
    },
  };
}

/** How each status is brought about. */
async function provoke(status: number, { url, init }: Asked, operationId: string): Promise<Response> {
  const without = (name: string) => {
    const { [name]: _, ...headers } = init.headers;
    return { ...init, headers };
  };
  switch (status) {
    case 202:
      if (operationId !== 'mcp') return app.request(url, init);
      return app.request(url, {
        ...init,
        body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
      });
    case 200:
    case 303:
      return app.request(url, init);
    case 304: {
      const first = await app.request(url, init);
      const headers = { ...init.headers, 'If-None-Match': first.headers.get('ETag') ?? '' };
      return app.request(url, { ...init, headers });
    }
    case 400:
      return init.method === 'GET'
        ? app.request(url.replace('limit=3', 'limit=500'), init)
        : app.request(url, { ...init, body: '{' });
    case 401:
      return operationId === 'signIn'
        ? app.request(url, { ...init, body: 'key=wrong' })
        : app.request(url, without('Authorization'));
    case 403:
      if (operationId.startsWith('sign')) return app.request(url, without('Sec-Fetch-Site'));
      if (operationId === 'mcp') {
        return app.request(url, {
          ...init,
          headers: { ...init.headers, Origin: 'https://elsewhere.example' },
        });
      }
      return createApp({ responder: () => ({ ready: null, reason: '' }), onError: () => undefined }).request(
        url,
        init,
      );
    case 404:
      if (operationId === 'model') return app.request('/v1/models/another', init);
      if (operationId === 'chatCompletions') {
        const body = { ...(JSON.parse(init.body ?? '') as object), model: 'another' };
        return app.request(url, { ...init, body: JSON.stringify(body) });
      }
      return operationId.startsWith('reindex')
        ? late.request(url, init)
        : app.request(url.replace(RECORD_ID, 'another').replace('.css', '.map'), init);
    case 406:
      return app.request(url, { ...init, headers: { ...init.headers, Accept: 'text/event-stream' } });
    case 413:
      return app.request(url, { ...init, body: 'x'.repeat(3_000_000) });
    case 414:
      return app.request(`${url}?${'x'.repeat(30_000)}`, init);
    case 415:
      return app.request(url, { ...init, headers: { ...init.headers, 'Content-Type': 'text/plain' } });
    case 429:
      for (let count = 0; count < 2; count += 1) await limited.request(url, init);
      return limited.request(url, init);
    case 500:
      return broken.request(url, init);
    case 503:
      return opening.request(url, init);
    case 504:
      return late.request(url, init);
    default:
      throw new Error(`no test brings ${status} about`);
  }
}

async function holds(response: Response, path: string, method: string, described: Described): Promise<void> {
  const { status, headers } = response;
  const answer = described.responses[status];
  const text = await response.text();
  if (!answer) throw new Error(`${status} is not in the contract: ${text}`);

  const type = headers.get('Content-Type');
  if (!answer.content) expect(text).toBe('');
  else {
    expect(Object.keys(answer.content).map((name) => name.toLowerCase())).toContain(type?.toLowerCase());
    const named =
      Object.keys(answer.content).find((name) => name.toLowerCase() === type?.toLowerCase()) ?? '';
    const value = named.includes('json') ? JSON.parse(text) : text;
    const at = pointer(
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      named,
      'schema',
    );
    expect(errors('exact', at, value), text.slice(0, 500)).toEqual([]);
    if (named === 'application/problem+json')
      expect(value).toMatchObject({ status, requestId: headers.get('X-Request-Id') });
  }
  for (const [name, { required, schema }] of Object.entries(document.components.headers)) {
    const value = headers.get(name);
    const documented = Object.hasOwn(answer.headers, name);
    if (value === null) expect(documented && required, `${name} is missing`).toBe(false);
    else {
      expect(documented, `${name} is not in the contract`).toBe(true);
      const read = schema.type === 'integer' ? Number(value) : value;
      expect(errors('contract', pointer('components', 'headers', name, 'schema'), read), name).toEqual([]);
    }
  }
  expect(text).not.toMatch(/node_modules|\/home\/|\bat \S+:\d+:\d+/u);
}

describe('the contract', () => {
  const cases = operations.flatMap(({ path, method, operation }) =>
    Object.keys(operation.responses).map((status) => ({ path, method, operation, status: Number(status) })),
  );

  it.each(cases)('holds for $method $path: $status', async ({ path, method, operation, status }) => {
    const response = await provoke(status, wellAsked(path, method, operation), operation.operationId);
    expect(response.status, await response.clone().text()).toBe(status);
    await holds(response, path, method, operation);
  });

  it('has every route of the server, and no other', () => {
    const forPeople = pages({
      ready: () => Promise.reject(),
      documentOf: () => undefined,
      assets: openAssets(),
    } as unknown as PageOptions);
    const own = new Set(forPeople.routes.map(({ method, path }) => `${method} ${path}`));
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !own.has(route));
    const described = operations.map(
      ({ path, method }) => `${method} ${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`,
    );
    expect([...new Set(served)].sort()).toEqual(described.sort());
  });

  it('is served as it is, and names each operation once', async () => {
    const response = await app.request('/openapi.json');
    expect(await response.json()).toEqual(document);
    expect(document.openapi).toBe('3.1.0');
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
