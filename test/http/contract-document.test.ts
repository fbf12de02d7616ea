import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JSON_TYPE, openApp, type TestApp } from '../support/app.js';
import { ajv, document, errors, operations, pointer } from '../support/contract.js';

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 });
});

afterAll(() => app.close());

function post(path: string, body: unknown): Promise<Response> {
  return app.request(path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
}

describe('the document', () => {
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
        expect((await post(path, example)).status, path).toBe(200);
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
      expect(await (await post('/v1/verify', { quote, paragraph })).json()).toMatchObject({
        verdict: 'verbatim',
      });
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
      const { status } = await post(path, body);
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
