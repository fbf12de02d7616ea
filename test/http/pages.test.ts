import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, problemIn, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { attributes, decode, elements, skeleton, textOf } from '../support/html.js';
import { QUESTIONS } from '../support/questions.js';

const RECORD = `/documents/${RECORD_ID}`;
const LAST = 163;

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 });
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

async function page(path: string): Promise<string> {
  const response = await app.request(path);
  expect(response.status, path).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch(/^text\/html\b/u);
  return response.text();
}

function asking(question: string): string {
  return `/?q=${encodeURIComponent(question)}`;
}

/** What is marked on the reading page. */
async function markedBy(spans: readonly (readonly [number, number])[]): Promise<string> {
  const html = await page(`${RECORD}?mark=${spans.map((span) => span.join('-')).join()}`);
  return elements(html, 'mark').map(decode).join('');
}

describe('the page that asks', () => {
  it('has an empty field, and the way to the record', async () => {
    const html = await page('/');
    expect(html).toMatch(/<form[^>]*\bmethod="get"/u);
    expect(html).toMatch(/<input[^>]*\bname="q"[^>]*\bvalue=""/u);
    expect(attributes(html, 'href')).toContain(RECORD);
    expect(elements(html, 'figure')).toEqual([]);
  });

  it('is the same for a blank question', async () => {
    expect(await page('/?q=')).toBe(await page('/'));
    expect(await page('/?q=%20%20')).toBe(await page('/'));
  });

  it.each(QUESTIONS)('shows what /v1/ask quotes, each linked to where it stands: %s', async (question) => {
    const { citations } = await app.ask({ question });
    const html = await page(asking(question));
    const cards = elements(html, 'figure');
    expect(cards.map((card) => elements(card, 'blockquote').map(textOf).join())).toEqual(
      citations.map(({ quote }) => quote),
    );
    for (const [index, { paragraph, spans, label }] of citations.entries()) {
      const [href = ''] = attributes(cards[index] ?? '', 'href');
      const anchor = paragraph === null ? 'front-matter' : `para-${paragraph}`;
      expect(href).toBe(`${RECORD}?mark=${spans.map((span) => span.join('-')).join()}#${anchor}`);
      expect(textOf(cards[index] ?? '')).toContain(label);
    }
  });

  it('says so where the record does not answer, and shows the nearest paragraphs', async () => {
    const sure = await openApp({ abstainThreshold: 1 });
    const html = await (await sure.request(asking('How do I bake sourdough bread?'))).text();
    expect(textOf(html)).toContain('Not in the record');
    expect(elements(html, 'blockquote')).toEqual([]);
    expect(attributes(html, 'href').filter((href) => href.startsWith(`${RECORD}#`))).toHaveLength(5);
    await sure.close();
  });

  it('escapes markup in the question, and keeps it in the field', async () => {
    const questions = [
      '<script>alert(1)</script> prison',
      '"><img src=x onerror=alert(1)> prison',
      "' autofocus onfocus='alert(1) prison",
      '</title><h1>prison</h1>',
      '&lt;b&gt; prison &amp; crime',
    ];
    for (const question of questions) {
      const html = await page(asking(question));
      expect(skeleton(html)).not.toMatch(/<img|\son\w+=/iu);
      expect(scripts(html)).toEqual(scripts(await page('/')));
      expect(elements(html, 'h1').map(textOf)).toEqual(['Ask the record']);
      expect(attributes(html, 'value')[0]).toBe(question);
      expect(elements(html, 'title').map(decode)).toEqual([`${question} - Paracite`]);
    }
  });

  it('refuses a question that is too long with problem details', async () => {
    await problemIn(await app.request(asking('a'.repeat(2001))), 400);
  });
});

describe('every page', () => {
  it.each(['/', asking(QUESTIONS[0]), RECORD, `${RECORD}?mark=100-200`])(
    'needs nothing from elsewhere, and has no script but ours: %s',
    async (path) => {
      const html = await page(path);
      const resources = ['src', 'href', 'action', 'srcset', 'data', 'poster'].flatMap((name) =>
        attributes(html, name),
      );
      expect(resources.length).toBeGreaterThan(0);
      expect(resources.filter((url) => /^(?:[a-z][a-z+.-]*:)?\/\//iu.test(url))).toEqual([]);
      expect(resources.filter((url) => /^javascript:/iu.test(url))).toEqual([]);
      expect(skeleton(html)).not.toMatch(/<iframe|<style|\son\w+=|\sstyle=/iu);
      expect(html.match(/<script\b[^>]*>/gu) ?? []).toEqual(
        html.match(/<script type="module" src="\/assets\/[0-9a-f]{16}\/\w+\.js">(?=<\/script>)/gu) ?? [],
      );
    },
  );

  it('has scripts and styles of ours, which a browser may keep', async () => {
    const html = await page('/');
    const own = [...attributes(html, 'src'), ...attributes(html, 'href')].filter((url) =>
      url.startsWith('/assets/'),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const url of own) {
      const response = await app.request(url);
      expect(response.status, url).toBe(200);
      expect(response.headers.get('Cache-Control')).toContain('immutable');
      expect(response.headers.get('Content-Type')).toMatch(/^text\/(?:css|javascript)\b/u);
    }
    await problemIn(await app.request('/assets/0000000000000000/style.css'), 404);
    await problemIn(await app.request('/assets/../package.json'), 404);
  });

  it('has a stylesheet of ours that loads nothing', async () => {
    const [sheet = ''] = attributes(await page('/'), 'href').filter((href) => href.endsWith('.css'));
    const response = await app.request(sheet);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/css\b/u);
    expect(await response.text()).not.toMatch(/url\(|@import|https?:/iu);
  });

  it('is sent with a policy that lets nothing else load', async () => {
    const { headers } = await app.request('/');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it('has one main heading, a language and a title, and no id twice', async () => {
    for (const path of ['/', asking(QUESTIONS[0]), RECORD]) {
      const html = await page(path);
      expect(elements(html, 'h1')).toHaveLength(1);
      expect(html).toContain('<html lang="en">');
      expect(elements(html, 'title')[0]).not.toBe('');
      const ids = attributes(html, 'id');
      expect(ids.length).toBe(new Set(ids).size);
    }
  });
});

describe('the page that shows the record', () => {
  it('has the front matter and all 163 paragraphs, in order, each with its anchor', async () => {
    const ids = attributes(await page(RECORD), 'id');
    const anchors = ['front-matter', ...Array.from({ length: LAST }, (_, index) => `para-${index + 1}`)];
    expect(ids.filter((id) => id === 'front-matter' || id.startsWith('para-'))).toEqual(anchors);
  });

  it('has every word of every paragraph', async () => {
    const articles = elements(await page(RECORD), 'article').map((article) =>
      words(textOf(withoutReferences(article))),
    );
    const [record] = app.service.index.documents;
    for (const [position, { number, blocks, footnotes }] of (record?.paragraphs ?? []).entries()) {
      for (const { wording } of [...blocks, ...footnotes]) {
        expect(articles[position], `paragraph ${number}`).toContain(words(wording.text));
      }
    }
  });

  it('marks nothing where nothing is asked for, or where no text is', async () => {
    expect(elements(await page(RECORD), 'mark')).toEqual([]);
    expect(await markedBy([[900_000, 900_100]])).toBe('');
    expect(await markedBy([[500, 400]])).toBe('');
  });

  it.each(QUESTIONS)('marks exactly what is quoted: %s', async (question) => {
    const { citations } = await app.ask({ question, limit: 3 });
    for (const { quote, spans } of citations) expect(await markedBy(spans)).toBe(quote);
  });

  it.each([
    ['over a page break with footnotes', 13, 'just as the COVID-19 pandemic has made our world poorer'],
    [
      'over a page break between sentences',
      66,
      'non-judicial attire in court proceedings. The practical challenges',
    ],
    ['over a page break with a footnote', 107, 'the need for national anti-corruption strategies and strong'],
    ['over a page break inside a list', 10, 'for Security and Co-operation in Europe'],
    ['with links inside', 2, 'In resolution A/RES/77/231 and A/RES/78/223, the General Assembly requested'],
    ['with half of a link', 3, 'round of thematic discussions was held from 10 to 12 November 2021'],
    [
      'with bold words inside',
      71,
      'Most speakers identified prison overcrowding as one of the biggest obstacles',
    ],
    ['with half of the bold words', 71, 'overcrowding as one of the biggest obstacles'],
    ['with footnote marks inside', 11, 'each of the 2021, 2022, 2023 and 2024 CCPCJ Thematic Discussions'],
    [
      'with quotation marks inside',
      56,
      '“Building a Society Free from Online Defamation and Cyberbullying”, and',
    ],
    ['from a footnote', 70, 'General Assembly resolution 65/229, adopted in March 2011'],
    ['from a list', 156, 'Many speakers observed a trend to poly-criminality'],
    [
      'from the front matter',
      null,
      'Preparatory Meeting for the Fifteenth United Nations Congress on Crime Prevention',
    ],
  ])('marks a quotation %s', async (_, paragraph, quote) => {
    const { matches } = await app.verify({ quote, paragraph: paragraph ?? 0 });
    const [match] = matches;
    expect(match?.paragraph).toBe(paragraph);
    const inner = quote.replace(/^“/u, '');
    expect(match?.quote).toBe(inner);
    expect(await markedBy(match?.spans ?? [])).toBe(inner);
  });

  it('marks exactly any run of words of any paragraph', async () => {
    const [record] = app.service.index.documents;
    const texts = (record?.paragraphs ?? []).flatMap(({ number, blocks }) =>
      blocks.map(({ wording }) => ({ number, text: wording.text })),
    );
    const run = fc.tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 5, max: 60 }));
    await fc.assert(
      fc.asyncProperty(run, async ([{ number, text }, offset, length]) => {
        const parts = text.split(' ');
        const from = offset % parts.length;
        const quote = parts.slice(from, from + length).join(' ');
        const { matches } = await app.verify({ quote, paragraph: number });
        fc.pre(matches.length > 0);
        for (const match of matches) expect(await markedBy(match.spans)).toBe(match.quote);
      }),
      { seed: 71, numRuns: 40 },
    );
  });

  it('refuses marks that are none', async () => {
    for (const mark of [
      'x',
      '1',
      '1-',
      '-2',
      '1-2,',
      '1-2;3-4',
      '1-2-3',
      '1e3-2e3',
      `${'1-2,'.repeat(200)}3-4`,
    ]) {
      await problemIn(await app.request(`${RECORD}?mark=${mark}`), 400);
    }
  });
});

function scripts(html: string): string[] {
  return html.match(/<script\b[^>]*>/gu) ?? [];
}

/** Without the marks of footnotes, which are no part of a wording. */
function withoutReferences(html: string): string {
  return html.replace(/<sup class="reference">.*?<\/sup>/gsu, '');
}

function words(text: string): string {
  return text.split(/\s+/u).join(' ').trim();
}
