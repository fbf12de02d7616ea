import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_TYPES } from '../../src/digest/index.js';
import { openApp, problemIn, type TestApp } from '../support/app.js';
import { quotationsIn, statementsIn } from '../support/digest.js';
import { csvRows, docxParagraphs, markdownQuotations } from '../support/files.js';
import { RECORD_ID } from '../support/fixtures.js';
import { attributes, decode, elements, skeleton, textOf } from '../support/html.js';
import { type DigestBody, digestShape } from '../support/shapes.js';

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

function path(parameters: Readonly<Record<string, string>>, page = '/v1/digest'): string {
  return `${page}?${new URLSearchParams(parameters)}`;
}

async function digest(parameters: Readonly<Record<string, string>>): Promise<DigestBody> {
  const response = await app.request(path(parameters));
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch(/^application\/json\b/u);
  return digestShape.parse(await response.json());
}

async function page(parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await app.request(path(parameters, '/digest'));
  expect(response.status).toBe(200);
  return response.text();
}

function blockquotes(html: string): string[] {
  return elements(html, 'blockquote').map(textOf);
}

describe('GET /v1/digest', () => {
  it('answers with quotations by year and section', async () => {
    const body = await digest({ topic: 'restorative justice' });
    expect(body).toMatchObject({ topic: 'restorative justice', status: 'found' });
    expect(body.years.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024]);
    expect(body.documents).toMatchObject([{ id: RECORD_ID, date: '2025-01-16' }]);
  });

  it('is limited by year, section, document and number, each repeatable', async () => {
    const response = await app.request(
      `/v1/digest?topic=restorative+justice&year=2021&year=2023&document=${RECORD_ID}`,
    );
    const body = digestShape.parse(await response.json());
    expect(body.filters).toEqual({ documents: [RECORD_ID], years: [2021, 2023], sections: [] });
    expect(body.years.map(({ year }) => year)).toEqual([2021, 2023]);
    const section = await digest({ topic: 'restorative justice', section: 'PRISON conditions', limit: '1' });
    expect(statementsIn(section).map(({ paragraph }) => paragraph)).toEqual([71]);
  });

  it.each(['markdown', 'csv', 'docx'] as const)(
    'is a file to keep as %s, by format or Accept',
    async (format) => {
      const asked = await app.request(path({ topic: 'fraud', format }));
      const accepted = await app.request(path({ topic: 'fraud' }), {
        headers: { Accept: MEDIA_TYPES[format] },
      });
      const extension = format === 'markdown' ? 'md' : format;
      for (const response of [asked, accepted]) {
        expect(response.status).toBe(200);
        expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(MEDIA_TYPES[format]);
        expect(response.headers.get('Content-Disposition')).toBe(
          `attachment; filename="digest-fraud.${extension}"`,
        );
        expect(response.headers.get('Vary')).toBe('Accept');
      }
    },
  );

  it('holds the same words in every format and on the page', async () => {
    const parameters = { topic: 'electronic evidence', year: '2024' };
    const quotes = statementsIn(await digest(parameters)).map(({ quote }) => quote);
    expect(quotes.length).toBeGreaterThan(1);
    expect(blockquotes(await page(parameters))).toEqual(quotes);
    const file = (format: string) => app.request(path({ ...parameters, format }));
    expect(markdownQuotations(await (await file('markdown')).text())).toEqual(expect.arrayContaining(quotes));
    const rows = csvRows(await (await file('csv')).text());
    expect(rows.flatMap(({ quotation }) => quotation || [])).toEqual(quotes);
    const paragraphs = docxParagraphs(new Uint8Array(await (await file('docx')).arrayBuffer()));
    expect(paragraphs.flatMap(({ style, text }) => (style === 'Quotation' ? text : []))).toEqual(quotes);
  });

  it('a CSV file begins with a byte order mark', async () => {
    const file = await app.request(path({ topic: 'fraud', format: 'csv' }));
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each([
    ['*/*', 'application/json'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['text/csv;q=0.5, text/markdown', 'text/markdown'],
    ['application/pdf', 'application/json'],
  ])('reads Accept: %s', async (accept, type) => {
    const response = await app.request(path({ topic: 'fraud' }), { headers: { Accept: accept } });
    expect(response.headers.get('Content-Type')?.split(';')[0]).toBe(type);
  });

  it('takes 2,000 characters and no more', async () => {
    const longest = `corruption ${'x'.repeat(1989)}`;
    expect((await digest({ topic: longest })).topic).toBe(longest);
    const { detail } = await problemIn(await app.request(path({ topic: `${longest}x` })), 400);
    expect(detail).toContain('topic');
  });

  it.each([
    ['topic', { topic: '' }],
    ['topic', { topic: '  ' }],
    ['topic', {}],
    ['year', { topic: 'fraud', year: 'soon' }],
    ['limit', { topic: 'fraud', limit: '0' }],
    ['limit', { topic: 'fraud', limit: '101' }],
    ['format', { topic: 'fraud', format: 'pdf' }],
    ['scope', { topic: 'fraud', scope: 'maybe' }],
    ['section', { topic: 'fraud', section: ' ' }],
  ])('refuses a wrong %s: %j', async (field, parameters) => {
    const response = await app.request(path(parameters as Record<string, string>));
    expect((await problemIn(response, 400)).detail).toContain(field);
  });

  it.each([
    '"; filename="evil.exe',
    'corruption\r\nX-Injected: yes',
    '../../etc/passwd',
    'коррупция',
    '\u0000',
    '\ud800 corruption',
  ])('puts nothing of a hostile topic into the headers: %j', async (topic) => {
    const response = await app.request(
      `/v1/digest?topic=${encodeURIComponent(topic.toWellFormed())}&format=markdown`,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Disposition')).toMatch(
      /^attachment; filename="digest[a-z0-9-]*\.md"$/u,
    );
    expect(response.headers.get('X-Injected')).toBeNull();
  });
});

describe('the page of a digest', () => {
  it('has an empty form without a topic', async () => {
    const html = await page({});
    expect(html).toMatch(/<form[^>]*\bmethod="get"/u);
    expect(elements(html, 'svg')).toEqual([]);
    expect(await page({ topic: ' ', section: '' })).toBe(html);
  });

  it('leads from each quotation to its words, marked', async () => {
    const body = await digest({ topic: 'climate change' });
    const links = attributes(await page({ topic: 'climate change' }), 'href');
    for (const { spans, paragraph } of quotationsIn(body)) {
      const marks = spans.map((span) => span.join('-')).join();
      const link = `/documents/${RECORD_ID}?mark=${marks}#para-${paragraph}`;
      expect(links).toContain(link);
    }
    const [first] = statementsIn(body);
    const marks = first?.spans.map((span) => span.join('-')).join();
    const read = await (await app.request(`/documents/${RECORD_ID}?mark=${marks}`)).text();
    expect(elements(read, 'mark').map(textOf).join('')).toBe(first?.quote);
  });

  it('says in which years nothing was said, and where it is said again', async () => {
    const text = textOf(await page({ topic: 'climate change' }));
    expect(text).toContain('No statement in 2021.');
    expect(text).toContain('No statement in 2023.');
    expect(text).toContain('Also in para. 161.');
  });

  it('says that the record has nothing', async () => {
    const html = await page({ topic: 'penguins' });
    expect(textOf(html)).toContain('The record has no statement on this topic.');
    expect(blockquotes(html)).toEqual([]);
  });

  it('shows the counts as pictures with a name, a description and a table', async () => {
    const body = await digest({ topic: 'corruption' });
    const html = await page({ topic: 'corruption' });
    const charts = elements(html, 'svg');
    expect(charts).toHaveLength(2);
    expect(html.match(/<svg [^>]*role="img" aria-labelledby="[^"]+"/gu)).toHaveLength(2);
    const description = decode(elements(charts[0] ?? '', 'desc')[0] ?? '');
    for (const { year, paragraphs } of body.counts.years) {
      if (year === null) continue;
      expect(description).toContain(`${year}: ${paragraphs}`);
      expect(html).toMatch(new RegExp(`<th scope="row">${year}</th><td>${paragraphs}</td>`, 'u'));
    }
    for (const { part } of body.counts.parts) {
      expect(elements(html, 'th').map(decode)).toContain(part ?? 'Without a heading');
    }
  });

  it('keeps what was asked in the form and in the downloads', async () => {
    const html = await page({ topic: 'restorative justice', year: '2022', scope: 'false' });
    expect(html).toMatch(/name="year" value="2022" checked/u);
    expect(html).toMatch(/name="topic"[^>]* value="restorative justice"/u);
    const downloads = attributes(html, 'href').filter((href) => href.startsWith('/v1/digest?'));
    expect(downloads.map((href) => new URL(href, 'http://localhost').searchParams.get('format'))).toEqual([
      'json',
      'markdown',
      'csv',
      'docx',
    ]);
    for (const download of downloads) {
      expect(download).toContain('topic=restorative+justice');
      expect(download).toContain('year=2022');
      expect(download).toContain('scope=false');
      expect((await app.request(download)).status).toBe(200);
    }
  });

  it.each([
    '"><script>alert("corruption")</script>',
    "corruption' onmouseover='alert(1)",
    '</title><img src=x onerror=alert(1)> corruption',
    '{{corruption}} <%= 1 + 1 %>',
  ])('shows a hostile topic as words: %s', async (topic) => {
    const html = await page({ topic });
    const tags = (text: string) => new Set(skeleton(text).match(/<\/?[a-z0-9]+/gu));
    const known = tags(await page({ topic: 'corruption' }));
    for (const tag of tags(html)) expect(known).toContain(tag);
    expect(skeleton(html)).not.toMatch(/\s(?:on[a-z]+|style)=/u);
    expect(decode(elements(html, 'title')[0] ?? '')).toContain(topic);
  });
});
