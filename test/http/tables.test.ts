import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, problemIn, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { attributes, elements, textOf } from '../support/html.js';

const Q = 'prison overcrowding';
const SEARCH = `/search?q=${encodeURIComponent(Q)}`;

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

async function page(path: string): Promise<string> {
  const response = await app.request(path);
  expect(response.status, path).toBe(200);
  return response.text();
}

/** Texts of the cells, a row a list. */
function rows(html: string): string[][] {
  const [body = ''] = elements(html, 'tbody');
  return elements(body, 'tr').map((row) => elements(row, 'td').map(textOf));
}

describe('the page that lists paragraphs', () => {
  it('has what /v1/search ranks, in its order', async () => {
    const { results } = await app.search({ q: Q, limit: 50 });
    expect(rows(await page(SEARCH)).map(([rank, label, , words]) => [rank, label, words])).toEqual(
      results.map(({ label, snippet }, index) => [String(index + 1), label, snippet]),
    );
  });

  it('asks for words where there are none', async () => {
    const html = await page('/search');
    expect(elements(html, 'table')).toEqual([]);
    await problemIn(await app.request('/search.csv'), 400);
  });

  it('sorts by links in the head, which say how it is sorted', async () => {
    const html = await page(`${SEARCH}&sort=paragraph`);
    expect(html.match(/aria-sort="\w+"/gu)).toEqual(['aria-sort="ascending"']);
    const numbers = rows(html).map(([, label = '']) => Number(/\d+/u.exec(label)?.[0] ?? 0));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const [turn = ''] = attributes(html, 'href').filter((href) => href.includes('order=desc'));
    expect(rows(await page(turn))).toEqual(rows(html).toReversed());
  });

  it('puts what has no year last, whichever way it is sorted', async () => {
    for (const order of ['asc', 'desc']) {
      const years = rows(await page(`${SEARCH}&sort=year&order=${order}`)).map(([, , year = '']) => year);
      const known = years.filter((year) => year !== '');
      expect(years.slice(0, known.length)).toEqual(known);
      expect(known).toEqual(order === 'asc' ? known.toSorted() : known.toSorted().toReversed());
    }
  });

  it('keeps the rows that have the words of the filter', async () => {
    const all = rows(await page(SEARCH));
    const kept = rows(await page(`${SEARCH}&filter=Architecture`));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept).toEqual(all.filter((row) => row.join('\n').toLowerCase().includes('architecture')));
    expect(rows(await page(`${SEARCH}&filter=sourdough`))).toEqual([]);
  });

  it('limits to years, and shows what was understood', async () => {
    const years = rows(await page(`${SEARCH}&year=2023`)).map(([, , year]) => year);
    expect(new Set(years)).toEqual(new Set(['2023']));
    expect(textOf(await page(`${SEARCH}+in+2022`))).toContain('“in 2022” read as 2022');
  });
});

describe('downloads', () => {
  it('hold the rows of the page, as CSV and as JSON', async () => {
    const query = '&sort=paragraph&order=desc&filter=prison';
    const shown = rows(await page(`${SEARCH}${query}`));
    const json = await app.request(`/search.json?q=${encodeURIComponent(Q)}${query}`);
    const csv = await app.request(`/search.csv?q=${encodeURIComponent(Q)}${query}`);
    expect(csv.headers.get('Content-Type')).toMatch(/^text\/csv\b/u);
    expect(csv.headers.get('Content-Disposition')).toBe('attachment; filename="paragraphs.csv"');
    expect(json.headers.get('Content-Disposition')).toBe('attachment; filename="paragraphs.json"');
    const words = shown.map(([, , , text]) => text);
    expect(((await json.json()) as { words: string }[]).map((row) => row.words)).toEqual(words);
    const [head = [], ...lines] = await readCsv(csv);
    expect(lines.map((line) => line[head.indexOf('words')])).toEqual(words);
  });

  it('hold the documents', async () => {
    const json = await (await app.request('/documents.json')).json();
    expect(json).toMatchObject([{ date: '2025-01-16', language: 'en', paragraphs: 163 }]);
    const [head, line] = await readCsv(await app.request('/documents.csv'));
    expect(head).toEqual(['title', 'body', 'symbol', 'date', 'language', 'paragraphs']);
    expect(line?.at(-1)).toBe('163');
  });
});

describe('the page that lists documents', () => {
  it('leads to each, and leaves out a column that no document fills', async () => {
    const html = await page('/documents');
    expect(attributes(html, 'href')).toContain(`/documents/${RECORD_ID}`);
    expect(elements(html, 'th').map(textOf)).toEqual(['Title', 'Body', 'Date', 'Language', 'Paragraphs']);
  });
});

/** Fields of a file of comma-separated values (RFC 4180). */
async function readCsv(response: Response): Promise<string[][]> {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  expect(text.startsWith('\uFEFF')).toBe(true);
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') lines.push([]);
  }
  return lines.slice(0, -1);
}
