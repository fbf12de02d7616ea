import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';

const SEARCH = '/v1/search?q=prison+overcrowding&limit=3';
const STRONG = [
  '/v1/documents',
  `/v1/documents/${RECORD_ID}`,
  `/v1/documents/${RECORD_ID}/source`,
  `/v1/documents/${RECORD_ID}/paragraphs/71`,
  `/v1/documents/${RECORD_ID}/paragraphs/front-matter`,
] as const;

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

async function tagOf(url: string): Promise<string> {
  const response = await app.request(url);
  expect(response.status).toBe(200);
  return response.headers.get('ETag') ?? '';
}

describe('what depends only on the index', () => {
  it.each([...STRONG, SEARCH])('is not sent again to a client that has it: %s', async (url) => {
    const tag = await tagOf(url);
    expect(tag).toMatch(url === SEARCH ? /^W\/"[\w-]+"$/u : /^"[\w-]+"$/u);
    for (const known of [tag, `"other", ${tag}`, `W/${tag.replace('W/', '')}`, '*']) {
      const response = await app.request(url, { headers: { 'If-None-Match': known } });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
      expect(response.headers.get('ETag')).toBe(tag);
      expect(response.headers.get('Cache-Control')).toBe('private, no-cache');
    }
    const changed = await app.request(url, { headers: { 'If-None-Match': '"other"' } });
    expect(changed.status).toBe(200);
    expect((await changed.text()).length).toBeGreaterThan(0);
  });

  it('has a validator of its own for every address and request', async () => {
    const urls = [...STRONG, SEARCH, SEARCH.replace('3', '4'), SEARCH.replace('+', '+and+')];
    expect(new Set(await Promise.all(urls.map(tagOf))).size).toBe(urls.length);
  });

  it('has the same validator in another process', async () => {
    const other = await openApp();
    for (const url of [STRONG[1], SEARCH]) {
      expect((await other.request(url)).headers.get('ETag')).toBe(await tagOf(url));
    }
    await other.close();
  });

  it('is not confused with what is refused', async () => {
    const missing = `/v1/documents/${RECORD_ID}/paragraphs/9999`;
    const response = await app.request(missing, { headers: { 'If-None-Match': '*' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('ETag')).toBeNull();
  });
});
