import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from '../support/app.js';
import { type Described, errors, operations, pointer } from '../support/contract.js';
import { RECORD_ID } from '../support/fixtures.js';
import { skeleton } from '../support/html.js';
import { controlledOperations } from '../support/operations.js';
import { problemShape } from '../support/shapes.js';

/**
 * Whatever is sent to whatever path, the answer is one of those that are promised: no failure of ours, no hang, no shape that
 * the contract does not have, nothing of the machine. Some eleven thousand requests.
 */

const KEY = 'a-key-that-is-long-enough';
/** Requests to what is quick, and to what ranks paragraphs. */
const QUICK = 900;
const RANKING = 450;

let app: TestApp;
let asked = 0;
let answered = 0;

beforeAll(async () => {
  app = await openApp({ apiKeys: [KEY] }, { operations: controlledOperations() });
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
  expect(asked).toBeGreaterThanOrEqual(10_000);
  expect(answered / asked, 'some are well asked').toBeGreaterThan(0.3);
  expect(answered / asked, 'and some are not').toBeLessThan(0.9);
});

const MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)>';
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '\ud800',
    '\udc00',
    '\0',
    '\ufeff',
    '\u202e',
    '\r\n',
    '"',
    '%',
    '%zz',
    '%00',
    '../',
    '%2e%2e%2f',
    '//',
    '\\',
    '&',
    MARKUP,
    'prison',
    'in 2022',
    '“',
    '[...]',
    'paragraph 71',
    '=1+1',
    '😀',
    '\u0301'.repeat(40),
  ),
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(' '));
/** What follows from something, or from nothing. */
const followUp = fc.constantFrom(
  'and in 2023?',
  'what about children?',
  'who said that?',
  'same for pillar III',
  'What was said about prison overcrowding in 2022?',
  'why?',
  'How many of them?',
);
const number = fc.oneof(
  fc.constantFrom(
    0,
    1,
    -1,
    50,
    51,
    2022,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    0.5,
    '1e3',
    '0x10',
    ' 7 ',
    'NaN',
    '',
  ),
  fc.integer(),
  fc.double(),
);
const nested = fc.integer({ min: 1, max: 40 }).map((depth) => {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i += 1) value = i % 2 === 0 ? [value] : { value };
  return value;
});
const anything = fc.oneof(text, number, nested, fc.jsonValue(), fc.constantFrom(null, true, false, [], {}));
/** The value itself, or something else in its place. */
const maybe = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: anything });

const headers = fc
  .dictionary(
    fc.constantFrom(
      'If-None-Match',
      'Accept',
      'X-Request-Id',
      'X-Forwarded-For',
      'Accept-Language',
      'Origin',
      'Range',
      'Cookie',
    ),
    fc.oneof(
      fc.constantFrom(
        '*',
        '"x"',
        'W/"x", "y"',
        'text/html',
        'text/event-stream',
        'application/json;q=0',
        'a'.repeat(2000),
        '127.0.0.1, ::1',
        'null',
        'paracite_session=x.1.y',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 40 }),
    ),
    { maxKeys: 3 },
  )
  .map((given) =>
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replaceAll(/[^\x20-\x7e]/gu, '').trim()]),
    ),
  );

const filters = fc.record(
  {
    documents: maybe(fc.array(fc.oneof(fc.constant(RECORD_ID), text), { maxLength: 3 })),
    years: maybe(fc.array(fc.oneof(fc.constantFrom(2021, 2022), number), { maxLength: 3 })),
    sections: maybe(fc.array(text, { maxLength: 3 })),
    paragraphs: maybe(fc.record({ from: number, to: number }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

const BODIES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ask: fc.record(
    {
      question: maybe(fc.oneof(text, followUp)),
      history: maybe(fc.array(fc.oneof(text, followUp), { maxLength: 4 })),
      limit: maybe(fc.integer({ min: 1, max: 50 })),
      filters: maybe(filters),
      scope: anything,
    },
    { requiredKeys: [] },
  ),
  verify: fc.oneof(
    fc.record(
      {
        quote: maybe(text),
        document: maybe(fc.constant(RECORD_ID)),
        paragraph: maybe(fc.integer({ min: 0, max: 170 })),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      { text: maybe(text), paragraph: maybe(fc.integer({ min: 0, max: 170 })) },
      { requiredKeys: [] },
    ),
  ),
  mcp: fc.record(
    {
      jsonrpc: maybe(fc.constant('2.0')),
      id: maybe(fc.oneof(fc.integer(), text)),
      method: maybe(
        fc.constantFrom(
          'tools/call',
          'tools/list',
          'resources/read',
          'initialize',
          'ping',
          'notifications/x',
        ),
      ),
      params: maybe(
        fc.record(
          {
            name: maybe(fc.constantFrom('ask', 'search', 'verify', 'verify_draft', 'read_paragraph')),
            uri: maybe(fc.constant(`paracite://documents/${RECORD_ID}`)),
            arguments: maybe(
              fc.record(
                {
                  question: maybe(text),
                  history: maybe(fc.array(fc.oneof(text, followUp), { maxLength: 3 })),
                  query: maybe(text),
                  quote: maybe(text),
                  text: maybe(text),
                  document: maybe(fc.constant(RECORD_ID)),
                  paragraph: maybe(fc.integer({ min: 0, max: 170 })),
                  filters: maybe(filters),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
  chatCompletions: fc.record(
    {
      model: maybe(fc.constant('paracite')),
      messages: maybe(
        fc.array(
          maybe(
            fc.record(
              {
                role: maybe(fc.constantFrom('user', 'assistant', 'system')),
                content: fc.oneof(
                  text,
                  maybe(fc.array(fc.record({ type: text, text: maybe(text) }), { maxLength: 3 })),
                ),
              },
              { requiredKeys: [] },
            ),
          ),
          { maxLength: 4 },
        ),
      ),
      stream: maybe(fc.boolean()),
      temperature: anything,
    },
    { requiredKeys: ['messages'] },
  ),
  signIn: fc.record({ key: text, next: text }, { requiredKeys: [] }),
};

const GOOD: Readonly<Record<string, readonly string[]>> = {
  after: ['What was said about fraud?', 'and in 2022?'],
  q: ['prison', 'What was said about children in 2022?', 'terror day 2024', '=1+1'],
  topic: ['whistleblowers', 'in 2021', '“victims”'],
  limit: ['1', '50'],
  year: ['2021', '2024'],
  document: [RECORD_ID],
  section: ['Opening', 'prison'],
  scope: ['true', 'false'],
  format: ['json', 'csv', 'markdown'],
  mark: ['53018-53098'],
  find: ['crime'],
};
const valuesOf = (name: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(GOOD[name] ?? ['1'])) },
    { weight: 1, arbitrary: fc.oneof(text, number.map(String)) },
  );
/** Parameters that mostly make sense, with some that do not. */
const queryOf = (names: readonly string[]) =>
  fc
    .tuple(
      valuesOf('q'),
      valuesOf('topic'),
      fc.array(
        fc
          .constantFrom(...names)
          .chain((name) =>
            fc.tuple(
              fc.oneof({ weight: 9, arbitrary: fc.constant(name) }, { weight: 1, arbitrary: text }),
              valuesOf(name),
            ),
          ),
        { maxLength: 4 },
      ),
    )
    .map(([q, topic, pairs]) => new URLSearchParams([['q', q], ['topic', topic], ...pairs]).toString());
const rawQuery = fc
  .string({ unit: 'binary-ascii', maxLength: 60 })
  .map((raw) => encodeURI(raw).replaceAll('#', ''));

const SEARCHES = ['q', 'limit', 'year', 'document', 'section', 'scope'];
const PAGE_NAMES = [...SEARCHES, 'topic', 'format', 'mark', 'find', 'hit', 'sort', 'order', 'filter', 'next'];

async function ask(path: string, init: RequestInit): Promise<{ response: Response; body: string }> {
  asked += 1;
  const response = await app.request(path, init);
  const body = await response.text();
  if (response.ok) answered += 1;
  expect([500, 502], body.slice(0, 400)).not.toContain(response.status);
  expect(response.status, body.slice(0, 400)).toBeLessThan(504);
  expect(body).not.toMatch(/node_modules|\bat \S+:\d+:\d+|\/home\/|\/work\//u);
  expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  return { response, body };
}

/** What a program gets: what the contract has, or problem details. */
function expectPromised(
  { response, body }: { response: Response; body: string },
  path: string,
  method: string,
  operation: Described,
): void {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/problem+json')) {
    expect(problemShape.parse(JSON.parse(body)).status).toBe(response.status);
    return;
  }
  const answer = operation.responses[response.status];
  expect(answer, `${method} ${path} answered ${response.status} ${body.slice(0, 200)}`).toBeDefined();
  const named = Object.keys(answer?.content ?? {}).find((one) => type.startsWith(one.split(';')[0] ?? one));
  if (named === undefined) {
    expect(type.startsWith('text/html') || body === '', `${type} of ${path}`).toBe(true);
  } else if (named.includes('json')) {
    const at = pointer(
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(response.status),
      'content',
      named,
      'schema',
    );
    expect(errors('contract', at, JSON.parse(body)), body.slice(0, 300)).toEqual([]);
  }
}

describe('any request to an operation', () => {
  for (const { path, method, operation } of operations) {
    const { operationId: id } = operation;
    const ranks = ['search', 'ask', 'digest', 'mcp', 'chatCompletions'].includes(id);
    it(`is answered as promised: ${method} ${path}`, async () => {
      const body = BODIES[id] ?? fc.constant(undefined);
      const parameters = fc.dictionary(
        fc.constantFrom('id', 'n', 'file'),
        fc.oneof(fc.constant(RECORD_ID), text, number.map(String)),
      );
      await fc.assert(
        fc.asyncProperty(
          parameters,
          fc.oneof(
            { weight: 4, arbitrary: queryOf([...SEARCHES, 'topic', 'format']) },
            { weight: 1, arbitrary: rawQuery },
          ),
          fc.oneof(
            { weight: 3, arbitrary: body.map((value) => JSON.stringify(value)) },
            { weight: 1, arbitrary: text },
          ),
          fc.constantFrom(
            'application/json',
            'application/json; charset=utf-8',
            'text/plain',
            'application/x-www-form-urlencoded',
            '',
          ),
          headers,
          fc.boolean(),
          async (places, query, sent, type, odd, signedIn) => {
            const target = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
              encodeURIComponent((places[name] ?? '1').toWellFormed()),
            );
            const form = id.startsWith('sign');
            const result = await ask(`${target}?${query}`, {
              method,
              headers: {
                ...odd,
                ...((signedIn || !form) && { Authorization: `Bearer ${KEY}` }),
                ...(method === 'POST' && {
                  'Content-Type': form ? 'application/x-www-form-urlencoded' : type,
                }),
                'Sec-Fetch-Site': 'same-origin',
              },
              ...(method === 'POST' && { body: (sent ?? '').toWellFormed() }),
            });
            expectPromised(result, path, method, operation);
          },
        ),
        { numRuns: ranks ? RANKING : QUICK },
      );
    }, 240_000);
  }
});

describe('any request to a page', () => {
  const PAGES = [
    '/',
    '/search',
    '/search.csv',
    '/search.json',
    '/digest',
    '/documents',
    '/documents.csv',
    `/documents/${RECORD_ID}`,
  ];

  it.each(PAGES)(
    'is answered with a page or a problem, and takes nothing that was sent for markup: %s',
    async (path) => {
      const plain = await ask(path, { headers: { Authorization: `Bearer ${KEY}` } });
      const known = new Set(skeleton(plain.body).split('\n'));
      expect(known.size).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(fc.oneof(queryOf(PAGE_NAMES), rawQuery), headers, async (query, odd) => {
          const { body, response } = await ask(`${path}?${query}`, {
            headers: { ...odd, Authorization: `Bearer ${KEY}` },
          });
          if (response.headers.get('Content-Type')?.startsWith('text/html')) {
            expect(skeleton(body)).not.toMatch(/<img src=|onerror|<script>/u);
          }
        }),
        { numRuns: path.startsWith('/documents/') ? 150 : 200 },
      );
    },
    240_000,
  );

  it('checks whatever is sent to be verified', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.oneof(text, number.map(String)), async (draft, paragraph) => {
        const { response, body } = await ask('/verify', {
          method: 'POST',
          headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ text: draft, paragraph }).toString(),
        });
        expect(response.headers.get('Content-Type')).toMatch(/^(?:text\/html|application\/problem\+json)/u);
        expect(skeleton(body)).not.toMatch(/<img src=|onerror|<script>/u);
      }),
      { numRuns: QUICK },
    );
  }, 240_000);

  it('has no way out of what it serves', async () => {
    const step = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E%2E%2F',
      '..%2f',
      '%5c..',
      '%00',
      'assets',
      'docs',
      'v1',
      'documents',
      RECORD_ID,
      'etc',
      'passwd',
      'package.json',
      '',
      '%',
      '%c0%ae',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
        async (steps, method) => {
          const { body, response } = await ask(`/${steps.join('/')}`, {
            method,
            headers: { Authorization: `Bearer ${KEY}` },
          });
          expect(body).not.toContain('root:');
          expect(body).not.toContain('"dependencies"');
          expect(response.status).toBeLessThan(500);
        },
      ),
      { numRuns: QUICK },
    );
  }, 240_000);
});
