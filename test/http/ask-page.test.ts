import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { termsOf } from '../../src/index/index.js';
import { openApp, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { attributes, decode, elements, textOf } from '../support/html.js';
import { QUESTIONS } from '../support/questions.js';

const PRISONS = 'What was said about prison overcrowding?';

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
  return response.text();
}

function asking(question: string, more = ''): string {
  return `/?q=${encodeURIComponent(question)}${more}`;
}

/** Addresses of the links that take a limit away. */
function removals(html: string): string[] {
  const [chips = ''] = html.match(/<ul class="chips".*?<\/ul>/su) ?? [];
  return attributes(chips, 'href');
}

/** Paragraphs of the nearest list, by their addresses. */
function nearest(html: string): string[] {
  return attributes(html, 'href').filter((href) => href.startsWith(`/documents/${RECORD_ID}#`));
}

describe('examples', () => {
  it('are made from the headings, one for each year, and the record answers each', async () => {
    const calibrated = await openApp();
    const html = await page('/');
    const examples = attributes(html, 'href').filter((href) => href.startsWith('/?q='));
    expect(examples).toHaveLength(4);
    for (const [index, href] of examples.entries()) {
      const question = new URLSearchParams(href.slice(1)).get('q') ?? '';
      expect(question).toContain(String(2021 + index));
      expect((await calibrated.ask({ question })).status, question).toBe('answered');
    }
    await calibrated.close();
  });
});

describe('words that matched', () => {
  it.each(QUESTIONS)(
    'are those that are searched as a word of the question, no more: %s',
    async (question) => {
      const asked = new Set(termsOf(question));
      const html = await page(asking(question));
      for (const quotation of elements(html, 'blockquote')) {
        const marked = elements(quotation, 'mark').map(decode);
        for (const word of marked)
          expect(
            termsOf(word).some((term) => asked.has(term)),
            word,
          ).toBe(true);
        const rest = textOf(quotation.replace(/<mark.*?<\/mark>/gsu, ' '));
        expect(termsOf(rest).filter((term) => asked.has(term))).toEqual([]);
      }
    },
  );
});

describe('a follow-up', () => {
  const SAID = 'What was said about prison overcrowding in 2022?';
  /** Fields of the form below the answer, in their order. */
  const fields = (html: string): string[][] => {
    const [form = ''] = html.match(/<form[^>]*data-follow-up.*?<\/form>/su) ?? [];
    return (form.match(/<input type="hidden"[^>]*>/gu) ?? []).map((input) => [
      decode(attributes(input, 'name')[0] ?? ''),
      decode(attributes(input, 'value')[0] ?? ''),
    ]);
  };

  it('is asked below the answer, with what was asked before and the limits in the address', async () => {
    expect(fields(await page('/'))).toEqual([]);
    expect(fields(await page(asking(SAID)))).toEqual([['after', SAID]]);
    const html = await page(asking('and in 2023?', `&after=${encodeURIComponent(SAID)}&section=Legal`));
    expect(fields(html)).toEqual([
      ['after', SAID],
      ['after', 'and in 2023?'],
      ['section', 'Legal'],
    ]);
  });

  it('is answered as it was understood, which a chip shows and takes away', async () => {
    const html = await page(asking('and in 2021?', `&after=${encodeURIComponent(SAID)}`));
    const whole = 'What was said about prison overcrowding in 2021?';
    const { passages } = await app.ask({ question: whole });
    expect(nearest(html)).toEqual(
      passages.map(({ paragraph }) => `/documents/${RECORD_ID}#para-${paragraph}`),
    );
    expect(textOf(html)).toContain(`“and in 2021?” understood as “${whole}”`);
    expect(removals(html)[0]).toBe('/?q=and+in+2021%3F');
    const [field = ''] = html.match(/<input id="q"[^>]*>/u) ?? [];
    expect(attributes(field, 'value').map(decode)).toEqual([whole]);
    expect(attributes(html, 'href').map(decode)).toContain(`/search?${new URLSearchParams({ q: whole })}`);
  });

  it('that stands alone shows no such chip', async () => {
    const question = 'What was said about hate crime?';
    const html = await page(asking(question, `&after=${encodeURIComponent(SAID)}`));
    expect(textOf(html)).not.toContain('understood as');
    expect(nearest(html)).toEqual(nearest(await page(asking(question))));
  });

  it('goes on from what was understood where the address would become too long', async () => {
    const before = Array.from({ length: 20 }, () => `&after=${encodeURIComponent(SAID)}`).join('');
    expect(fields(await page(asking('and in 2023?', before)))).toEqual([
      ['after', 'What was said about prison overcrowding in 2023?'],
    ]);
  });
});

describe('limits', () => {
  it('shows what was understood from which words, and takes it away', async () => {
    const question = 'What was said about corruption in 2021?';
    const limited = await page(asking(question));
    expect(textOf(limited)).toContain('“in 2021” read as 2021');
    const [href = ''] = removals(limited);
    expect(href).toBe(`/?${new URLSearchParams({ q: question, scope: 'false' })}`);
    const free = await page(href);
    expect(nearest(free)).not.toEqual(nearest(limited));
    const [back = ''] = removals(free);
    expect(nearest(await page(back))).toEqual(nearest(limited));
  });

  it('keeps the other words’ limit when one of two is taken away', async () => {
    const html = await page(asking('What was said in the opening session in 2022 about crime?'));
    const links = removals(html).map((href) => new URLSearchParams(href.slice(2)));
    expect(links).toHaveLength(2);
    for (const query of links) expect(query.get('scope')).toBe('false');
    expect(links.flatMap((query) => query.getAll('year'))).toEqual(['2022']);
    expect(links.flatMap((query) => query.getAll('section'))).toEqual(['Opening session']);
  });

  it('limits to years and sections of the form, blank fields apart, and takes each away', async () => {
    const html = await page(asking(PRISONS, '&year=2021&year=2023&section=&document='));
    const { passages } = await app.ask({ question: PRISONS, filters: { years: [2021, 2023] } });
    expect(nearest(html)).toEqual(
      passages.map(({ paragraph }) => `/documents/${RECORD_ID}#para-${paragraph}`),
    );
    expect(removals(html).map((href) => new URLSearchParams(href.slice(2)).getAll('year'))).toEqual([
      ['2023'],
      ['2021'],
    ]);
    const checked = html.match(/<input type="checkbox"[^>]*\bchecked\b[^>]*>/gu) ?? [];
    expect(checked.map((input) => attributes(input, 'value')[0])).toEqual(['2021', '2023']);
  });

  it('keeps a section that the outline does not have', async () => {
    const html = await page(asking(PRISONS, '&section=prison+conditions'));
    expect(html).toMatch(/<option value="prison conditions" selected(?:="")?>/u);
    expect(nearest(html).length).toBeGreaterThan(0);
  });

  it('says so where nothing lies within the limits', async () => {
    const html = await page(asking(PRISONS, '&document=nothing'));
    expect(textOf(html)).toContain('Not in the record');
    expect(textOf(html)).toContain('No paragraph lies within these limits.');
  });
});

describe('texts to cite', () => {
  it.each(QUESTIONS)('hold the quotation and its place, in five forms: %s', async (question) => {
    const { citations } = await app.ask({ question });
    const html = await page(asking(question));
    const cards = elements(html, 'figure');
    for (const [index, { quote, label, paragraph }] of citations.entries()) {
      const texts = elements(cards[index] ?? '', 'textarea').map(decode);
      expect(texts).toHaveLength(5);
      const [plain = '', markdown = '', un = '', bibTex = '', csl = ''] = texts;
      expect(plain).toContain(`“${quote}”`);
      expect(plain).toContain(label);
      expect(markdown.split('\n')).toContain(`> ${quote}`);
      expect(markdown).toContain(`http://localhost/documents/${RECORD_ID}?mark=`);
      expect(un).toContain(`“${quote}”`);
      expect(un.endsWith('.')).toBe(true);
      expect(un).toContain(`16 January 2025, ${label}`);
      expect(bibTex.replace(/\\([&%$#_{}])/gu, '$1')).toContain(`annote = {${quote}}`);
      const [item] = JSON.parse(csl) as { annote: string; note: string; id: string }[];
      expect(item?.annote).toBe(quote);
      expect(item?.id).toBe(`${RECORD_ID}-${paragraph ?? 'front-matter'}`);
      expect(item?.note).toContain(label);
    }
  });
});

describe('problems', () => {
  const asPage = { headers: { Accept: 'text/html,application/xhtml+xml' } };

  it('are pages for who asks for pages, with the same status', async () => {
    for (const [path, status] of [
      ['/documents/nothing', 404],
      ['/nothing', 404],
      [asking('a'.repeat(2001)), 400],
      [`/documents/${RECORD_ID}?mark=x`, 400],
    ] as const) {
      const response = await app.request(path, asPage);
      expect(response.status, path).toBe(status);
      expect(response.headers.get('Content-Type')).toMatch(/^text\/html\b/u);
      const html = await response.text();
      expect(elements(html, 'h1')).toHaveLength(1);
      expect(attributes(html, 'href')).toContain('/');
    }
  });

  it('stay problem details for programs, whatever they accept', async () => {
    for (const [path, init] of [
      ['/v1/documents/nothing', asPage],
      ['/documents/nothing', { headers: { Accept: 'application/json' } }],
    ] as const) {
      const response = await app.request(path, init);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    }
  });

  it('escape what was asked for', async () => {
    const response = await app.request('/documents/%3Cscript%3Ealert(1)%3C%2Fscript%3E', asPage);
    expect(await response.text()).not.toContain('<script>alert');
  });
});
