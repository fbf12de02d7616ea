import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { openApp, problemIn, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { attributes, decode, elements, textOf } from '../support/html.js';

const RECORD = `/documents/${RECORD_ID}`;

let app: TestApp;
let record: RecordDocument;

beforeAll(async () => {
  app = await openApp();
  const [first] = app.service.index.documents;
  if (!first) throw new Error('the record is missing');
  record = first;
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

async function page(query = ''): Promise<string> {
  const response = await app.request(`${RECORD}${query}`);
  expect(response.status).toBe(200);
  return response.text();
}

function hits(html: string): string[] {
  return [...html.matchAll(/<mark class="[^"]*\bhit\b[^"]*"[^>]*>(.*?)<\/mark>/gsu)].map(([, text = '']) =>
    decode(text),
  );
}

describe('the contents', () => {
  it('lead to every heading of the outline, each there once and in its own words', async () => {
    const html = await page();
    const [contents = ''] = elements(html, 'nav').filter((nav) => nav.includes('#section-1"'));
    const links = attributes(contents, 'href');
    expect(links).toHaveLength(record.outline.length);
    for (const [index, { title }] of record.outline.entries()) {
      const id = (links[index] ?? '').slice(1);
      const headings = [...html.matchAll(new RegExp(`<(h[2-6]) id="${id}">(.*?)</\\1>`, 'gsu'))];
      expect(headings.map(([, , text = '']) => textOf(text))).toEqual([title]);
    }
  });

  it('have headings stand before the paragraphs that they are the headings of', async () => {
    const html = await page();
    for (const [index, { from }] of record.outline.entries()) {
      const heading = html.indexOf(`id="section-${index + 1}"`);
      expect(heading).toBeGreaterThan(
        html.indexOf(`id="${from === 1 ? 'front-matter' : `para-${from - 1}`}"`),
      );
      expect(heading).toBeLessThan(html.indexOf(`id="para-${from}"`));
    }
  });
});

describe('footnotes', () => {
  it('are led to from where their marks stand, and lead back', async () => {
    const html = await page();
    const references = [...html.matchAll(/id="(reference-\d+-(\d+))" href="#(note-\d+-\d+)"/gu)];
    const notes = [...html.matchAll(/id="(note-\d+-\d+)"><sup><a href="#(reference-\d+-\d+)"/gu)];
    expect(references.map(([, , mark]) => Number(mark))).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
    expect(new Set(references.map(([, id, , note]) => `${id} ${note}`))).toEqual(
      new Set(notes.map(([, note, id]) => `${id} ${note}`)),
    );
  });

  it('have their marks after the words that the source has them after', async () => {
    const html = await page();
    const upTo = (mark: number) =>
      textOf(
        html.slice(0, html.search(new RegExp(`<sup class="reference"><a id="reference-\\d+-${mark}"`, 'u'))),
      );
    expect(upTo(1).endsWith('Pillar I: Advancing Crime Prevention.')).toBe(true);
    expect(upTo(4).endsWith('Address All Forms of Crime.')).toBe(true);
  });
});

describe('find', () => {
  it('marks every place, in any case, with as many hits as the text has', async () => {
    const html = await page('?find=PRISON+overcrowding');
    const texts = [
      ...record.outline.map(({ title }) => title),
      ...record.paragraphs.flatMap(({ blocks, footnotes }) =>
        [...blocks, ...footnotes].map(({ wording }) => wording.text),
      ),
    ];
    const expected = texts.join('\n').match(/prison overcrowding/giu) ?? [];
    expect(expected.length).toBeGreaterThan(2);
    expect(hits(html)).toEqual(expected);
    expect(textOf(html)).toContain(`Hit 1 of ${expected.length}`);
    expect(attributes(html, 'id').filter((id) => /^hit-\d+$/u.test(id))).toHaveLength(expected.length);
  });

  it('steps forward and back by links, round at the ends', async () => {
    const html = await page('?find=terrorism&hit=1');
    const total = hits(html).length;
    const links = attributes(html, 'href').filter((href) => href.includes('&hit='));
    expect(links).toEqual([
      `${RECORD}?find=terrorism&hit=${total}#hit-${total}`,
      `${RECORD}?find=terrorism&hit=2#hit-2`,
    ]);
    const last = await page(`?find=terrorism&hit=${total}`);
    expect(last.match(/<mark[^>]*aria-current="true"/gu)).toHaveLength(1);
    expect(attributes(last, 'href').filter((href) => href.includes('&hit='))[1]).toContain('hit=1#');
  });

  it('sees through accents, case and line breaks of the source', async () => {
    expect(hits(await page('?find=PRIS%C3%93N'))).toContain('Prison');
    const broken = 'just as the COVID-19 pandemic has made our world poorer';
    expect(hits(await page(`?find=${encodeURIComponent(broken)}`)).join('')).toBe(broken);
  });

  it('marks a quotation and a hit inside it at once', async () => {
    const { matches } = await app.verify({
      quote: 'Most speakers identified prison overcrowding',
      paragraph: 71,
    });
    const [start, end] = matches[0]?.spans[0] ?? [0, 0];
    const html = await page(`?mark=${start}-${end}&find=prison`);
    const quoted = [...html.matchAll(/<mark class="quoted[^"]*"[^>]*>(.*?)<\/mark>/gsu)];
    expect(quoted.map(([, text]) => text).join('')).toBe('Most speakers identified prison overcrowding');
    expect(html).toContain('class="quoted hit"');
  });

  it('counts beyond what it marks, and says what is not there', async () => {
    const many = await page('?find=e');
    expect(hits(many)).toHaveLength(1000);
    expect(textOf(many)).toMatch(/Hit 1 of \d\d,\d{3}, the first 1,000 marked/u);
    const none = await page('?find=sourdough');
    expect(hits(none)).toEqual([]);
    expect(textOf(none)).toContain('“sourdough” is not in this document');
    expect(textOf(await page('?find='))).not.toContain('is not in this document');
    await problemIn(await app.request(`${RECORD}?find=a&hit=0`), 400);
  });
});
