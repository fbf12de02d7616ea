import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/index.js';
import { JSON_TYPE, openApp, problemIn, searchPath, type TestApp } from '../support/app.js';
import { CORPUS, RECORD_ID } from '../support/fixtures.js';
import { QUESTIONS } from '../support/questions.js';
import {
  askShape,
  documentsShape,
  outlineShape,
  paragraphShape,
  problemShape,
  searchShape,
} from '../support/shapes.js';
import { inOrder, wordingAt } from '../support/verbatim.js';

const DOCUMENT = `/v1/documents/${RECORD_ID}`;
const LAST = 163;
const SEED = 20250116;

let app: TestApp;
let source: string;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 });
  source = await readFile(path.join(CORPUS, `${RECORD_ID}.txt`), 'utf8');
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

function post(
  route: string,
  body: string | Uint8Array,
  headers: Record<string, string> = JSON_TYPE,
): Promise<Response> {
  return app.request(route, { method: 'POST', headers, body });
}

async function get(route: string): Promise<unknown> {
  const response = await app.request(route);
  expect(response.status, route).toBe(200);
  return response.json();
}

describe('GET /v1/search', () => {
  it('gives one result a paragraph, best first, with its place in the record', async () => {
    const { query, results } = await app.search({ q: 'prison overcrowding' });
    expect(query).toBe('prison overcrowding');
    expect(results).toHaveLength(10);
    expect(new Set(results.map(({ url }) => url)).size).toBe(10);
    const scores = results.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(results[0]).toMatchObject({
      document: RECORD_ID,
      paragraph: 71,
      label: 'para. 71',
      year: 2022,
      url: `${DOCUMENT}/paragraphs/71`,
    });
    expect(results[0]?.section).toHaveLength(3);
    expect(results[0]?.section[1]).toMatch(/^2\. 2022 Thematic Discussions/u);
  });

  it('cites text before paragraph 1 as front matter, without a number', async () => {
    const { results } = await app.search({ q: 'Which ambassador from Kenya was Chair?', limit: 3 });
    expect(results.find(({ paragraph }) => paragraph === null)).toMatchObject({
      label: 'front matter',
      section: [],
      year: null,
      url: `${DOCUMENT}/paragraphs/front-matter`,
    });
  });

  it.each([1, 2, 10, 50])('gives %i results where that is the limit', async (limit) => {
    expect((await app.search({ q: 'crime prevention', limit })).results).toHaveLength(limit);
  });

  it('takes every filter more than once: values of one kind widen, kinds narrow', async () => {
    const one = await app.search({ q: 'legal aid', limit: 50, year: 2023 });
    expect(new Set(one.results.map(({ year }) => year))).toEqual(new Set([2023]));
    const two = await app.search({ q: 'legal aid', limit: 50, year: [2022, 2023] });
    expect(new Set(two.results.map(({ year }) => year))).toEqual(new Set([2022, 2023]));
    const sections = await app.search({
      q: 'legal aid',
      limit: 50,
      section: ['opening session', 'NATIONAL SENTENCING'],
    });
    const titles = sections.results.map(({ section }) => section.join(' ').toLowerCase());
    expect(
      titles.every((title) => title.includes('opening session') || title.includes('national sentencing')),
    ).toBe(true);
    expect(titles.some((title) => title.includes('opening session'))).toBe(true);
    const narrowed = await app.search({ q: 'legal aid', limit: 50, year: 2022, section: 'opening session' });
    expect(narrowed.results.map(({ paragraph }) => paragraph).sort()).toEqual([52, 53, 54, 55, 56]);
    const documents = await app.search({ q: 'legal aid', document: ['another', RECORD_ID] });
    expect(documents.results).toHaveLength(10);
  });

  it('gives no results where no paragraph satisfies the filters', async () => {
    expect((await app.search({ q: 'legal aid', document: 'another' })).results).toEqual([]);
    expect((await app.search({ q: 'legal aid', year: 1999 })).results).toEqual([]);
  });
});

describe('POST /v1/ask', () => {
  it('answers with quotations, each with its number in the answer and its place', async () => {
    const body = await app.ask({ question: 'Why is prison overcrowding an obstacle?' });
    expect(body).toMatchObject({ status: 'answered', mode: 'extractive' });
    expect(body.citations.map(({ id }) => id)).toEqual(body.citations.map((_, position) => position + 1));
    expect(body.citations[0]).toMatchObject({
      document: RECORD_ID,
      paragraph: 71,
      label: 'para. 71',
      year: 2022,
      url: `${DOCUMENT}/paragraphs/71`,
    });
    for (const { id, quote } of body.citations) {
      expect(body.answer).toContain(quote);
      expect(body.answer).toContain(`[${id}]`);
    }
    expect(body.passages).toHaveLength(5);
  });

  it.each(QUESTIONS)('quotes word for word: %s', async (question) => {
    const response = await post('/v1/ask', JSON.stringify({ question, limit: 15 }));
    const body = (await response.json()) as {
      citations: {
        quote: string;
        spans: [number, number][];
        leadIn?: { quote: string; spans: [number, number][] } | null;
      }[];
    };
    expect(body.citations).not.toEqual([]);
    const quotations = body.citations.flatMap(({ quote, spans, leadIn }) => [
      { quote, spans },
      ...(leadIn ? [leadIn] : []),
    ]);
    for (const { quote, spans } of quotations) {
      expect(inOrder(source, spans), JSON.stringify(spans)).toBe(true);
      expect(wordingAt(source, spans)).toBe(quote);
    }
  });

  it('needs more than one span only where a page break or a footnote stands between', async () => {
    const body = await app.ask({
      question: 'How did COVID-19 make people more vulnerable to crime and violence?',
    });
    const split = body.citations.find(({ spans }) => spans.length > 1);
    expect(split).toMatchObject({ paragraph: 13 });
    const [first, second] = split?.spans ?? [];
    expect(source.slice(first?.[1], second?.[0])).toContain('Background note');
  });

  it('quotes the front matter without a number', async () => {
    const { citations } = await app.ask({
      question: 'Where will the Fifteenth Congress take place in April 2026?',
    });
    expect(citations[0]).toMatchObject({ paragraph: null, label: 'front matter', section: [], year: null });
  });

  it('takes all filters, and none of them as empty lists or null', async () => {
    const filters = {
      documents: [RECORD_ID],
      years: [2022],
      sections: ['prison conditions'],
      paragraphs: { from: 72, to: 74 },
    };
    const body = await app.ask({ question: 'What helps offenders?', limit: 50, filters });
    expect(new Set(body.passages.map(({ paragraph }) => paragraph))).toEqual(new Set([72, 73, 74]));
    const open = await app.ask({
      question: 'What helps offenders?',
      filters: { documents: [], years: [], sections: [], paragraphs: null },
    });
    expect(open.passages).toHaveLength(5);
    const from = await app.ask({
      question: 'What helps?',
      limit: 50,
      filters: { paragraphs: { from: 160 } },
    });
    expect(from.passages.map(({ paragraph }) => paragraph).sort()).toEqual([160, 161, 162, 163]);
    const to = await app.ask({ question: 'What helps?', limit: 50, filters: { paragraphs: { to: 0 } } });
    expect(to.passages.map(({ label }) => label)).toEqual(['front matter']);
  });

  it('finds every single paragraph that a filter leaves, whatever the question', async () => {
    for (let number = 0; number <= LAST; number += 1) {
      const paragraphs = { from: number, to: number };
      const { passages } = await app.ask({ question: 'zymurgy', filters: { paragraphs } });
      expect(passages.map(({ paragraph }) => paragraph ?? 0)).toEqual([number]);
    }
  });

  it('gives a result for any filters that a paragraph satisfies, and only results that satisfy them', async () => {
    const { documents } = app.service.index;
    const [record] = documents;
    const paragraphs = record?.paragraphs ?? [];
    const witness = fc.constantFrom(...paragraphs).chain((paragraph) => {
      const titles = paragraph.section;
      const section =
        titles.length === 0
          ? fc.constant<string[]>([])
          : fc
              .tuple(fc.constantFrom(...titles), fc.nat(), fc.integer({ min: 1, max: 40 }), fc.boolean())
              .map(([title, start, length, upper]) => {
                const from = start % title.length;
                const part = title.slice(from, from + length).trim() || title;
                return [upper ? part.toUpperCase() : part];
              });
      return fc.record({
        number: fc.constant(paragraph.number),
        documents: fc.constantFrom([], [RECORD_ID], ['another', RECORD_ID]),
        years: fc.constantFrom(
          ...(paragraph.year === null ? [[]] : [[], [paragraph.year], [1999, paragraph.year]]),
        ),
        sections: fc.oneof(fc.constant<string[]>([]), section),
        paragraphs: fc.option(
          fc.record(
            { from: fc.nat({ max: paragraph.number }), to: fc.integer({ min: paragraph.number, max: 200 }) },
            { requiredKeys: [] },
          ),
        ),
        question: fc.constantFrom('What was said about children?', 'zymurgy', 'crypto assets', '???'),
      });
    });
    await fc.assert(
      fc.asyncProperty(witness, async ({ number, question, ...filters }) => {
        const body = await app.ask({ question, limit: 50, filters });
        const numbers = body.passages.map(({ paragraph }) => paragraph ?? 0);
        expect(numbers.length, `paragraph ${number} satisfies them`).toBeGreaterThan(0);
        const { from = 0, to = LAST } = filters.paragraphs ?? {};
        for (const passage of body.passages) {
          const at = passage.paragraph ?? 0;
          expect(at >= from && at <= to).toBe(true);
          if (filters.years.length > 0) expect(filters.years).toContain(passage.year);
          for (const wanted of filters.sections) {
            expect(passage.section.join('\n').toLowerCase()).toContain(
              wanted.toLowerCase().replace(/\s+/gu, ' '),
            );
          }
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('lets a filter win where the words of the question name another year', async () => {
    const body = await app.ask({
      question: 'What was said about prisons in 2022?',
      filters: { years: [2023] },
    });
    expect(body.passages.length, 'paragraphs of 2023 exist').toBeGreaterThan(0);
    const found = await app.search({
      q: 'prisons in the second round',
      section: 'terrorism in all its forms',
    });
    expect(found.results.length, 'paragraphs on terrorism exist').toBeGreaterThan(0);
  });

  it('answers the same question the same way, apart from the time it took', async () => {
    const ask = async () => {
      const { tookMs, ...body } = (await (
        await post('/v1/ask', JSON.stringify({ question: QUESTIONS[3] }))
      ).json()) as { tookMs: number };
      expect(tookMs).toBeGreaterThanOrEqual(0);
      return body;
    };
    expect(await ask()).toEqual(await ask());
    const search = async () => {
      const { tookMs, ...body } = (await get(searchPath({ q: QUESTIONS[3] }))) as { tookMs: number };
      expect(tookMs).toBeGreaterThanOrEqual(0);
      return body;
    };
    expect(await search()).toEqual(await search());
  });
});

describe('POST /v1/ask where nothing is sure enough', () => {
  it('says not_found without an answer and citations, but with the nearest passages', async () => {
    const sure = await openApp({ abstainThreshold: 1 });
    const body = await sure.ask({ question: 'How do I bake sourdough bread?' });
    expect(body).toMatchObject({ status: 'not_found', answer: null, citations: [] });
    expect(body.passages).toHaveLength(5);
    await sure.close();
  });
});

describe('POST /v1/verify', () => {
  const words = 'deprivation of liberty should be used as a measure of last resort';

  it('knows a verbatim quotation and where it stands', async () => {
    const body = await app.verify({ quote: words, document: RECORD_ID, paragraph: 71 });
    expect(body.verdict).toBe('verbatim');
    expect(body.matches).toHaveLength(1);
    const [match] = body.matches;
    expect(match).toMatchObject({
      document: RECORD_ID,
      paragraph: 71,
      label: 'para. 71',
      quote: words,
      similarity: 1,
      changes: [],
    });
    expect(wordingAt(source, match?.spans ?? [])).toBe(words);
  });

  it('tells an altered quotation with its changes', async () => {
    const body = await app.verify({ quote: words.replace('should', 'must') });
    expect(body.verdict).toBe('altered');
    expect(body.matches[0]?.changes).toEqual([{ source: 'should', given: 'must' }]);
    expect(body.matches[0]?.similarity).toBeLessThan(1);
  });

  it('tells a misattributed, a stitched and an unknown quotation', async () => {
    expect(await app.verify({ quote: words, paragraph: 72 })).toMatchObject({
      verdict: 'misattributed',
      matches: [{ paragraph: 71 }],
    });
    const stitched = `${words}. The role of the police in prevention was considered important.`;
    const body = await app.verify({ quote: stitched });
    expect(body.verdict).toBe('stitched');
    expect(body.matches.map(({ paragraph }) => paragraph)).toEqual([71, 24]);
    expect((await app.verify({ quote: 'Colourless green ideas sleep furiously' })).verdict).toBe('not_found');
  });

  it('says that a few common words prove nothing', async () => {
    const body = await app.verify({ quote: 'criminal justice' });
    expect(body).toMatchObject({ verdict: 'not_found', tooShort: true });
    expect(body.matches).toHaveLength(20);
    expect(await app.verify({ quote: words })).toMatchObject({ tooShort: false });
  });

  it('has the pieces of a quotation with an ellipsis', async () => {
    const body = await app.verify({ quote: 'deprivation of liberty … measure of last resort' });
    expect(body.verdict).toBe('verbatim');
    const pieces = body.matches[0]?.pieces ?? [];
    expect(pieces.map(({ quote }) => quote)).toEqual(['deprivation of liberty', 'measure of last resort']);
    for (const { quote, spans } of pieces) expect(wordingAt(source, spans)).toBe(quote);
  });

  it('checks every quotation of a draft', async () => {
    const text = `  As paragraph 71 says, “${words}”. And: "${words.replace('should', 'must')}" (para. 72). Paragraph 82 says that many women sit in jail.`;
    const { items, counts } = await app.verifyDraft({ text });
    expect(items.map(({ verdict, unjudged }) => verdict ?? unjudged)).toEqual([
      'verbatim',
      'altered',
      'paraphrase',
    ]);
    expect(counts).toMatchObject({ verbatim: 1, altered: 1, paraphrase: 1 });
    for (const { start, end, text: own } of items) expect(text.slice(start, end)).toBe(own);
    expect(items[1]).toMatchObject({
      claim: { paragraphs: [72], missing: [], document: null },
      matches: [{ paragraph: 71, label: 'para. 71', changes: [{ source: 'should', given: 'must' }] }],
    });
  });

  it('takes a draft of 200,000 characters, and no longer one', async () => {
    expect((await post('/v1/verify', JSON.stringify({ text: 'wörd\n\n'.repeat(33_333) }))).status).toBe(200);
    const longer = JSON.stringify({ text: 'wörd\n\n'.repeat(33_334) });
    await problemIn(await post('/v1/verify', longer), 400);
  });

  it.each([{ text: '' }, { text: ' \n ' }, { text: 7 }, { text: 'a', quote: 'b' }, { text: null }])(
    'refuses the draft %j',
    async (body) => {
      await problemIn(await post('/v1/verify', JSON.stringify(body)), 400);
    },
  );

  it('names the front matter without a number', async () => {
    const body = await app.verify({ quote: 'The summaries by the Chairs are not subject to negotiation.' });
    expect(body).toMatchObject({
      verdict: 'verbatim',
      matches: [{ paragraph: null, label: 'front matter' }],
    });
  });
});

describe('GET /v1/documents', () => {
  it('lists the documents with their metadata', async () => {
    const { documents } = documentsShape.parse(await get('/v1/documents'));
    expect(documents.map(({ id, date, language }) => [id, date, language])).toEqual([
      [RECORD_ID, '2025-01-16', 'en'],
    ]);
  });

  it('gives a document with its outline: three parts, four years, their sections', async () => {
    const { outline } = outlineShape.parse(await get(DOCUMENT));
    const of = (wanted: string) =>
      outline.filter(({ kind }) => kind === wanted).map(({ year, from, to }) => [year, from, to]);
    expect(of('part')).toEqual([
      [null, 1, 12],
      [null, 13, 156],
      [null, 157, 163],
    ]);
    expect(of('year')).toEqual([
      [2021, 13, 51],
      [2022, 52, 88],
      [2023, 89, 112],
      [2024, 113, 156],
    ]);
    expect(of('section')).toHaveLength(15);
    expect(of('sub-heading')).toHaveLength(5);
    for (const { title, span } of outline) expect(wordingAt(source, [span])).toBe(title);
  });

  it('gives the file as it is', async () => {
    const response = await app.request(`${DOCUMENT}/source`);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain\b/u);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.equals(await readFile(path.join(CORPUS, `${RECORD_ID}.txt`)))).toBe(true);
  });

  it('leads from the front matter over all 163 paragraphs and back, each verbatim', async () => {
    const keys = ['front-matter', ...Array.from({ length: LAST }, (_, index) => String(index + 1))];
    const urlOf = (position: number) =>
      keys[position] === undefined ? null : `${DOCUMENT}/paragraphs/${keys[position]}`;
    for (const [position, key] of keys.entries()) {
      const paragraph = paragraphShape.parse(await get(`${DOCUMENT}/paragraphs/${key}`));
      expect(paragraph).toMatchObject({
        paragraph: position === 0 ? null : position,
        label: position === 0 ? 'front matter' : `para. ${key}`,
        url: urlOf(position),
        previous: urlOf(position - 1),
        next: urlOf(position + 1),
      });
      const { text, spans, bullets, footnotes } = paragraph;
      const words = (wording: string) => wording.split(/\s+/u).join(' ');
      expect(words(wordingAt(source, spans)), key).toBe(words(text));
      for (const piece of [...bullets, ...footnotes]) {
        expect(inOrder(source, piece.spans)).toBe(true);
        expect(wordingAt(source, piece.spans), key).toBe(piece.text);
      }
      for (const bullet of bullets) expect(text).toContain(bullet.text);
    }
  });

  it('gives a paragraph its section, year, list and footnotes', async () => {
    const paragraph = async (key: string | number) =>
      paragraphShape.parse(await get(`${DOCUMENT}/paragraphs/${key}`));
    expect((await paragraph(71)).year).toBe(2022);
    expect((await paragraph(12)).year).toBeNull();
    expect((await paragraph(70)).footnotes.map(({ mark }) => mark)).toEqual([14, 15, 16]);
    expect((await paragraph(31)).footnotes[0]?.text).toMatch(/^30\. Responsibilities of law enforcement/u);
    expect((await paragraph(156)).bullets).toHaveLength(6);
    expect((await paragraph(10)).bullets).toHaveLength(4);
    expect((await paragraph(163)).bullets).toHaveLength(3);
    expect((await paragraph(82)).section.at(-1)).toBe(
      'Mainstreaming a gender perspective in criminal justice systems',
    );
    expect((await paragraph('front-matter')).text).toContain('This document has not been edited.');
  });
});

describe('health', () => {
  it('is up and ready while there is a service', async () => {
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(200);
  });

  it('is up but not ready while there is none, and says when to come back', async () => {
    const logged: unknown[] = [];
    const opening = createApp({
      responder: () => ({ ready: null, reason: 'encoding 12 %' }),
      onError: (error) => logged.push(error),
    });
    expect((await opening.request('/healthz')).status).toBe(200);
    const routes = ['/readyz', '/v1/search?q=prison', '/v1/documents', `${DOCUMENT}/source`, '/'];
    const responses = [
      ...(await Promise.all(routes.map((route) => opening.request(route)))),
      await opening.request('/v1/ask', { method: 'POST', headers: JSON_TYPE, body: '{"question":"prison"}' }),
    ];
    for (const response of responses) {
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect((await problemIn(response, 503)).detail).toContain('encoding 12 %');
    }
    expect(logged).toEqual([]);
  });
});

describe('bad input', () => {
  const long = 'a'.repeat(2001);
  const searches: readonly (readonly [string, string])[] = [
    ['no question', '/v1/search'],
    ['an empty question', '/v1/search?q='],
    ['a blank question', '/v1/search?q=%20%0A%C2%A0'],
    ['a question of 2,001 characters', `/v1/search?q=${long}`],
    ['limit 0', '/v1/search?q=prison&limit=0'],
    ['limit 51', '/v1/search?q=prison&limit=51'],
    ['limit 1.5', '/v1/search?q=prison&limit=1.5'],
    ['limit NaN', '/v1/search?q=prison&limit=NaN'],
    ['an empty limit', '/v1/search?q=prison&limit='],
    ['limit -1', '/v1/search?q=prison&limit=-1'],
    ['a year that is none', '/v1/search?q=prison&year=soon'],
    ['one wrong year of two', '/v1/search?q=prison&year=2022&year=1.5'],
    ['an empty section', '/v1/search?q=prison&section='],
    ['an empty document', '/v1/search?q=prison&document='],
  ];

  it.each(searches)('refuses a search with %s', async (_, route) => {
    await problemIn(await app.request(route), 400);
  });

  const bodies: readonly (readonly [string, string])[] = [
    ['no body', ''],
    ['bad JSON', '{"question": "prison"'],
    ['NaN', '{"question": "prison", "limit": NaN}'],
    ['null', 'null'],
    ['a list', '["prison"]'],
    ['a string', '"prison"'],
    ['no question', '{}'],
    ['an empty question', '{"question": ""}'],
    ['a blank question', '{"question": " \\n\\t "}'],
    ['a question of 2,001 characters', JSON.stringify({ question: long })],
    [
      'a question of 2,001 characters outside the basic plane',
      JSON.stringify({ question: '😀'.repeat(2001) }),
    ],
    ['a number for a question', '{"question": 71}'],
    ['a list for a question', '{"question": ["prison"]}'],
    ['limit 0', '{"question": "prison", "limit": 0}'],
    ['limit 51', '{"question": "prison", "limit": 51}'],
    ['limit 1.5', '{"question": "prison", "limit": 1.5}'],
    ['limit 1e99', '{"question": "prison", "limit": 1e99}'],
    ['a string for a limit', '{"question": "prison", "limit": "5"}'],
    ['a list for filters', '{"question": "prison", "filters": [2022]}'],
    ['a number for years', '{"question": "prison", "filters": {"years": 2022}}'],
    ['strings for years', '{"question": "prison", "filters": {"years": ["2022"]}}'],
    ['numbers for sections', '{"question": "prison", "filters": {"sections": [1]}}'],
    ['a list for paragraphs', '{"question": "prison", "filters": {"paragraphs": [1, 2]}}'],
    ['a negative paragraph', '{"question": "prison", "filters": {"paragraphs": {"from": -1}}}'],
  ];

  it.each(bodies)('refuses to answer %s', async (_, body) => {
    await problemIn(await post('/v1/ask', body), 400);
  });

  const quotes: readonly (readonly [string, string])[] = [
    ['no body', ''],
    ['bad JSON', '{quote}'],
    ['no quotation', '{}'],
    ['an empty quotation', '{"quote": ""}'],
    ['a number for a quotation', '{"quote": 1}'],
    ['a string for a paragraph', '{"quote": "prison", "paragraph": "71"}'],
    ['half a paragraph', '{"quote": "prison", "paragraph": 0.5}'],
    ['a number for a document', '{"quote": "prison", "document": 1}'],
  ];

  it.each(quotes)('refuses to verify %s', async (_, body) => {
    await problemIn(await post('/v1/verify', body), 400);
  });

  it('counts the 2,000 characters of a question in code points', async () => {
    expect((await post('/v1/ask', JSON.stringify({ question: '😀'.repeat(2000) }))).status).toBe(200);
    expect((await app.request(`/v1/search?q=${encodeURIComponent('😀'.repeat(2000))}`)).status).toBe(200);
    expect((await post('/v1/ask', JSON.stringify({ question: 'a'.repeat(2000) }))).status).toBe(200);
  });

  it('names each wrong field of a request', async () => {
    const body = '{"question": 1, "limit": 99, "filters": {"years": ["x"]}}';
    const { detail } = await problemIn(await post('/v1/ask', body), 400);
    for (const field of ['question', 'limit', 'years']) expect(detail).toContain(field);
  });

  it('takes lone surrogates for unknown characters and never gives one back', async () => {
    for (const question of ['prison \ud800 overcrowding', '\udc00', '\ud800\ud800', 'a\ude00😀']) {
      const response = await post('/v1/ask', JSON.stringify({ question }));
      const text = await response.text();
      expect(response.status).toBeLessThan(500);
      const shape = response.status === 200 ? askShape : problemShape;
      expect(shape.safeParse(JSON.parse(text)).success).toBe(true);
      expect(text).not.toMatch(/\\ud[89a-f]/iu);
    }
    expect((await app.search({ q: 'prison \ud800 overcrowding' })).query).toBe('prison \ufffd overcrowding');
    expect((await post('/v1/verify', '{"quote": "prison \\ud800"}')).status).toBe(200);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"question":"'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]);
    await problemIn(await post('/v1/ask', bytes), 400);
  });

  it.each(['/v1/ask', '/v1/verify'])('refuses a body for %s that is not declared as JSON', async (route) => {
    const body = '{"question": "prison", "quote": "prison"}';
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      await problemIn(await post(route, body, { 'Content-Type': type }), 415);
    }
    await problemIn(await app.request(route, { method: 'POST' }), 415);
    expect((await post(route, body, { 'Content-Type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  it.each(['/v1/ask', '/v1/verify'])(
    'refuses a huge body for %s, its length declared or not',
    async (route) => {
      const huge = JSON.stringify({ question: 'x'.repeat(1_500_000), text: 'x'.repeat(1_500_000) });
      await problemIn(await post(route, huge), 413);
      await problemIn(await post(route, huge, { ...JSON_TYPE, 'Content-Length': String(huge.length) }), 413);
      const stream = new Blob([huge]).stream();
      const init = { method: 'POST', headers: JSON_TYPE, body: stream, duplex: 'half' };
      await problemIn(await app.request(route, init as RequestInit), 413);
    },
  );

  it('takes a quotation of 10,000 characters, and no longer one', async () => {
    expect((await post('/v1/verify', JSON.stringify({ quote: 'wörd '.repeat(2000) }))).status).toBe(200);
    await problemIn(
      await post('/v1/verify', JSON.stringify({ quote: 'wörd '.repeat(2001).concat('x') })),
      400,
    );
  });

  it.each([
    '/v1/documents/another',
    '/v1/documents/another/source',
    '/v1/documents/another/paragraphs/1',
    '/v1/documents/%2e%2e%2fpackage.json/source',
    '/v1/documents/%ff',
    `${DOCUMENT}/paragraphs/0`,
    `${DOCUMENT}/paragraphs/164`,
    `${DOCUMENT}/paragraphs/07`,
    `${DOCUMENT}/paragraphs/1.0`,
    `${DOCUMENT}/paragraphs/first`,
    '/documents/another',
    '/v1/nothing',
    '/v2/search?q=prison',
    '/favicon.ico',
  ])('says that there is no %s', async (route) => {
    await problemIn(await app.request(route), 404);
  });

  it.each([
    ['/v1/search?q=prison', 'GET', ['POST', 'PUT', 'PATCH', 'DELETE']],
    ['/v1/ask', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/v1/verify', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE']],
    ['/v1/documents', 'GET', ['POST', 'DELETE']],
    [DOCUMENT, 'GET', ['POST', 'DELETE']],
    [`${DOCUMENT}/source`, 'GET', ['POST', 'PUT']],
    [`${DOCUMENT}/paragraphs/71`, 'GET', ['POST', 'DELETE']],
    ['/healthz', 'GET', ['POST']],
    ['/readyz', 'GET', ['POST']],
    ['/', 'GET', ['POST']],
    [`/documents/${RECORD_ID}`, 'GET', ['POST']],
  ])('names the method that %s takes', async (route, allowed, methods) => {
    for (const method of methods) {
      const response = await app.request(route, { method });
      expect(response.headers.get('Allow')?.split(/,\s*/u)).toContain(allowed);
      await problemIn(response, 405);
    }
  });
});

describe('any input', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom('\ud800', '\udc00', '\0', '\ufeff', '\u202e', '"', '\\', '%', '&', '<b>', ' ', '😀'),
      )
      .map((parts) => parts.join('')),
    fc.constantFrom(
      ...QUESTIONS,
      'in 2022',
      'the second round under pillar III',
      '__proto__',
      '(((',
      '\\p{L}',
      'x'.repeat(2001),
    ),
  );
  const odd = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constantFrom(null, true, '', '5', [], {}),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const limit = fc.oneof(fc.integer({ min: 1, max: 50 }), odd);
  const filters = fc.oneof(
    fc.record(
      {
        documents: fc.oneof(fc.array(fc.oneof(fc.constant(RECORD_ID), text), { maxLength: 3 }), odd),
        years: fc.oneof(fc.subarray([2021, 2022, 2023, 2024, 1999]), odd),
        sections: fc.oneof(
          fc.array(fc.oneof(fc.constantFrom('opening', 'prison'), text), { maxLength: 2 }),
          odd,
        ),
        paragraphs: fc.oneof(
          fc.record(
            { from: fc.integer({ min: -1, max: 170 }), to: fc.nat({ max: 170 }) },
            { requiredKeys: [] },
          ),
          odd,
        ),
      },
      { requiredKeys: [] },
    ),
    odd,
  );
  const body = fc.oneof(
    { weight: 4, arbitrary: fc.record({ question: text }).map((value) => JSON.stringify(value)) },
    {
      weight: 8,
      arbitrary: fc
        .record(
          {
            question: fc.oneof({ weight: 6, arbitrary: text }, odd),
            limit,
            filters,
            scope: fc.oneof(fc.boolean(), odd),
            extra: odd,
          },
          { requiredKeys: ['question'] },
        )
        .map((value) => JSON.stringify(value)),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: text },
  );
  const parameter = fc.tuple(
    fc.constantFrom('limit', 'year', 'document', 'section', 'scope', 'q', 'other', '__proto__', 'q[]'),
    fc.oneof(
      text,
      fc.constantFrom('5', '50', '2022', RECORD_ID, 'opening', 'true', 'false', '1e9', '-0', '0x10'),
    ),
  );

  const seen = { answered: 0, refused: 0 };

  async function holds(response: Response, shape: typeof askShape | typeof searchShape): Promise<void> {
    const answer = await response.text();
    expect(response.status, answer).toBeLessThan(500);
    const value: unknown = JSON.parse(answer);
    if (response.status === 200) {
      seen.answered += 1;
      expect(response.headers.get('Content-Type')).toMatch(/^application\/json\b/u);
      expect(shape.safeParse(value).error).toBeUndefined();
    } else {
      seen.refused += 1;
      expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json\b/u);
      expect(problemShape.safeParse(value).error).toBeUndefined();
      expect((value as { status: number }).status).toBe(response.status);
    }
  }

  it('gives JSON of the promised shape to any body for /v1/ask', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (value) => holds(await post('/v1/ask', value), askShape)),
      { seed: SEED, numRuns: 200 },
    );
    expect(Math.min(seen.answered, seen.refused), 'both were tried').toBeGreaterThan(30);
  });

  it('gives JSON of the promised shape to any query for /v1/search', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(parameter, { maxLength: 3 }), async (q, parameters) => {
        const query = new URLSearchParams([['q', q], ...parameters]);
        await holds(await app.request(`/v1/search?${query}`), searchShape);
      }),
      { seed: SEED, numRuns: 120 },
    );
    expect(Math.min(seen.answered, seen.refused), 'both were tried').toBeGreaterThan(60);
  });

  it('gives JSON of the promised shape to any raw query string for /v1/search', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary-ascii', maxLength: 40 }), async (raw) =>
        holds(await app.request(`/v1/search?q=prison${raw.replaceAll('#', '')}`), searchShape),
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});
