import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ParaciteError } from '../../src/errors.js';
import { contract } from '../../src/http/contract/index.js';
import { createApp } from '../../src/http/index.js';
import { pages } from '../../src/http/pages/index.js';
import type { RouteOptions } from '../../src/http/routes/index.js';
import type { Responder } from '../../src/response/index.js';
import { JSON_TYPE, openApp, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { controlledOperations } from '../support/operations.js';
import { testConfig } from '../support/service.js';

const KEY = 'a-key-that-is-long-enough';
const BEARER = { Authorization: `Bearer ${KEY}` };

interface Described {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object; example: unknown }> };
  readonly responses: Record<
    string,
    {
      headers: Record<string, { $ref: string }>;
      content?: Record<string, { schema: object; examples?: Record<string, { value: unknown }> }>;
    }
  >;
}

const document = JSON.parse(JSON.stringify(contract())) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: {
    schemas: Record<string, object>;
    headers: Record<string, { required: boolean; schema: { type: string } }>;
  };
};

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'contract');
ajv.addSchema(closedTo(document), 'exact');

/** The same document, with answers that have no field beside those it names. */
function closedTo(value: typeof document): object {
  return JSON.parse(JSON.stringify(value), (_, part: Record<string, unknown>) =>
    part?.type === 'object' && part.properties && part.additionalProperties === undefined
      ? { ...part, additionalProperties: false }
      : part,
  );
}

function pointer(...parts: string[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

/** What is wrong with a value, by a schema inside the document. */
function errors(base: 'contract' | 'exact', at: string, value: unknown): unknown {
  const validate = ajv.getSchema(`${base}${at}`);
  if (!validate) throw new Error(`no schema at ${at}`);
  return validate(value) ? [] : validate.errors;
}

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
  const failing = (error: Error): Responder => {
    const fail = (): never => {
      throw error;
    };
    const lazily = async () => fail();
    return {
      get documents() {
        return fail();
      },
      get identity() {
        return fail();
      },
      builtAt: '',
      ask: lazily,
      search: lazily,
      verify: lazily,
    };
  };
  const settings = testConfig({ apiKeys: [KEY] });
  const quiet = { settings, onError: () => undefined };
  const fails = () => {
    throw new Error('broken');
  };
  opening = createApp({
    ...quiet,
    operations: controlledOperations(),
    responder: () => ({ ready: null, reason: 'encoding 12 %' }),
  });
  broken = createApp({
    ...quiet,
    operations: { reindex: fails, progress: fails, stats: fails },
    responder: () => ({ ready: failing(new Error('/home/someone/secret.ts broke')) }),
  });
  const { ask: tooLate } = failing(new ParaciteError('timeout', 'not answered within 10,000 ms'));
  late = createApp({
    ...quiet,
    responder: () => ({
      ready: {
        documents: [],
        identity: 'none',
        builtAt: '',
        ask: tooLate,
        search: tooLate as never,
        verify: tooLate as never,
      },
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
  verify: { body: { quote: 'Most speakers identified prison overcrowding as the biggest obstacle' } },
  getDocument: { path: { id: RECORD_ID } },
  getSource: { path: { id: RECORD_ID } },
  getParagraph: { path: { id: RECORD_ID, n: '70' } },
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
    case 200:
    case 202:
    case 303:
      return app.request(url, init);
    case 304: {
      const first = await app.request(url, init);
      const headers = { ...init.headers, 'If-None-Match': first.headers.get('ETag') ?? '' };
      return app.request(url, { ...init, headers });
    }
    case 400:
      return init.method === 'GET'
        ? app.request(url.replace('limit=3', 'limit=51'), init)
        : app.request(url, { ...init, body: '{' });
    case 401:
      return operationId === 'signIn'
        ? app.request(url, { ...init, body: 'key=wrong' })
        : app.request(url, without('Authorization'));
    case 403:
      if (operationId.startsWith('sign')) return app.request(url, without('Sec-Fetch-Site'));
      return createApp({ responder: () => ({ ready: null, reason: '' }), onError: () => undefined }).request(
        url,
        init,
      );
    case 404:
      return operationId.startsWith('reindex')
        ? late.request(url, init)
        : app.request(url.replace(RECORD_ID, 'another').replace('.css', '.map'), init);
    case 413:
      return app.request(url, { ...init, body: 'x'.repeat(200_000) });
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
    } as unknown as RouteOptions);
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

  it('has schemas that are valid JSON Schema, and refers to nothing that is not there', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(ajv.validateSchema(schema), name).toBe(true);
      expect(ajv.getSchema(`contract${pointer('components', 'schemas', name)}`), name).toBeDefined();
    }
    const text = JSON.stringify(document);
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([\w-]+)"/gu)) {
      expect(Object.keys(document.components[kind as 'schemas'])).toContain(name);
    }
  });

  it('has examples that satisfy it, and requests that are answered', async () => {
    let seen = 0;
    for (const { path, method, operation } of operations) {
      const base = ['paths', path, method.toLowerCase()];
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        for (const [type, { examples = {} }] of Object.entries(content)) {
          const at = pointer(...base, 'responses', status, 'content', type, 'schema');
          for (const { value } of Object.values(examples)) {
            expect(errors('exact', at, value), at).toEqual([]);
            seen += 1;
          }
        }
      }
      for (const [type, { example }] of Object.entries(operation.requestBody?.content ?? {})) {
        const at = pointer(...base, 'requestBody', 'content', type, 'schema');
        expect(errors('contract', at, example), at).toEqual([]);
        if (type !== 'application/json') continue;
        const init = { method: 'POST', headers: { ...BEARER, ...JSON_TYPE }, body: JSON.stringify(example) };
        expect((await app.request(path, init)).status, path).toBe(200);
      }
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('quotes the record in its examples', async () => {
    const { answered } =
      document.paths['/v1/ask']?.post?.responses[200]?.content?.['application/json']?.examples ?? {};
    const { citations = [] } = (answered?.value ?? {}) as {
      citations?: { quote: string; paragraph: number }[];
    };
    expect(citations.length).toBeGreaterThan(0);
    for (const { quote, paragraph } of citations) {
      const init = {
        method: 'POST',
        headers: { ...BEARER, ...JSON_TYPE },
        body: JSON.stringify({ quote, paragraph }),
      };
      expect(await (await app.request('/v1/verify', init)).json()).toMatchObject({ verdict: 'verbatim' });
    }
  });

  it('lets no request through that it forbids, and the other way round', async () => {
    const bodies: readonly (readonly [path: string, body: unknown])[] = [
      ['/v1/ask', { question: 'prison' }],
      ['/v1/ask', { question: '' }],
      ['/v1/ask', { question: ' \n' }],
      ['/v1/ask', { question: 'x'.repeat(2000) }],
      ['/v1/ask', { question: 'x'.repeat(2001) }],
      ['/v1/ask', { question: 'prison', limit: 0 }],
      ['/v1/ask', { question: 'prison', limit: 50 }],
      ['/v1/ask', { question: 'prison', limit: 51 }],
      ['/v1/ask', { question: 'prison', limit: '5' }],
      ['/v1/ask', { question: 'prison', filters: { year: [2022] } }],
      ['/v1/ask', { question: 'prison', filters: { years: [2022], paragraphs: { from: 3 } } }],
      ['/v1/ask', { question: 'prison', filters: { paragraphs: null } }],
      ['/v1/ask', { question: 'prison', filters: { paragraphs: { since: 3 } } }],
      ['/v1/ask', { question: 'prison', scope: 'no' }],
      ['/v1/ask', {}],
      ['/v1/ask', []],
      ['/v1/verify', { quote: 'prison' }],
      ['/v1/verify', { quote: 'prison', paragraph: null }],
      ['/v1/verify', { quote: 'prison', paragraph: 0.5 }],
      ['/v1/verify', { quote: 'prison', document: '' }],
      ['/v1/verify', { quote: 'x'.repeat(10_001) }],
    ];
    let refused = 0;
    for (const [path, body] of bodies) {
      const at = pointer('paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema');
      const allowed = (errors('contract', at, body) as unknown[]).length === 0;
      const init = { method: 'POST', headers: { ...BEARER, ...JSON_TYPE }, body: JSON.stringify(body) };
      const { status } = await app.request(path, init);
      expect(status, JSON.stringify(body).slice(0, 80)).toBe(allowed ? 200 : 400);
      if (!allowed) refused += 1;
    }
    expect(refused).toBe(14);
  });

  it('says of the query what the server takes', async () => {
    const { parameters = [] } = document.paths['/v1/search']?.get ?? {};
    expect(parameters.map(({ name, required }) => `${name}${required ? '' : '?'}`)).toEqual([
      'q',
      'limit?',
      'year?',
      'document?',
      'section?',
      'scope?',
    ]);
    expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 50,
      default: 10,
    });
  });
});
