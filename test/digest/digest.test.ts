import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlainDigest, summaryOf } from '../../src/digest/index.js';
import { inProcess, type Responder } from '../../src/response/index.js';
import type { Service } from '../../src/service.js';
import { about, paragraphsIn, quotationsIn, statementsIn } from '../support/digest.js';
import { RECORD_ID } from '../support/fixtures.js';
import { openService } from '../support/service.js';
import { inOrder, wordingAt } from '../support/verbatim.js';

const TOPICS = [
  'restorative justice',
  'sport',
  'fraud',
  'corruption',
  'legal aid',
  'artificial intelligence',
  'climate change',
  'illicit financial flows',
  'whistle-blowers',
];

let service: Service;
let responder: Responder;

beforeAll(async () => {
  service = await openService();
  responder = inProcess(service);
});

afterAll(() => service.close());

function digest(...query: Parameters<typeof about>): Promise<PlainDigest> {
  return responder.digest(about(...query));
}

describe('a digest of the record', () => {
  it('has what was said in each of several years, the years in order', async () => {
    const found = await digest('restorative justice');
    expect(found.status).toBe('found');
    expect(found.years.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024]);
    expect(paragraphsIn(found)).toEqual(expect.arrayContaining([46, 71, 85, 88, 94]));
    expect(found.silentYears).toEqual([]);
  });

  it('says outright in which years nothing was said', async () => {
    const found = await digest('sport');
    expect(found.silentYears).toEqual([2024]);
    expect(found.counts.years).toEqual([
      { year: 2021, paragraphs: 2 },
      { year: 2022, paragraphs: 1 },
      { year: 2023, paragraphs: 1 },
      { year: 2024, paragraphs: 0 },
      { year: null, paragraphs: 0 },
    ]);
    expect(paragraphsIn(found)).toEqual([24, 50, 55, 105]);
  });

  it.each(['penguins', 'How do I bake sourdough bread?', 'nuclear disarmament', '???'])(
    'is empty where the record has nothing: %s',
    async (topic) => {
      const found = await digest(topic);
      expect(found).toMatchObject({ status: 'not_found', years: [], silentYears: [2021, 2022, 2023, 2024] });
      expect(found.counts).toMatchObject({ paragraphs: 0, quotations: 0, elsewhere: 0, omitted: 0 });
    },
  );

  it.each(TOPICS)('quotes the source word for word, with its place: %s', async (topic) => {
    const found = await digest(topic);
    expect(quotationsIn(found).length).toBeGreaterThan(0);
    for (const quotation of quotationsIn(found)) {
      const document = responder.documents.find(({ metadata }) => metadata.id === quotation.document);
      const paragraph = document?.paragraphs.find(({ number }) => number === (quotation.paragraph ?? 0));
      const source = document?.source ?? '';
      for (const { quote, spans } of [quotation, ...(quotation.leadIn ? [quotation.leadIn] : [])]) {
        expect(wordingAt(source, spans)).toBe(quote);
        expect(inOrder(source, spans)).toBe(true);
      }
      expect(quotation.section).toEqual(paragraph?.section);
      expect(quotation.year).toBe(paragraph?.year);
      expect(quotation.url).toBe(
        `/v1/documents/${RECORD_ID}/paragraphs/${quotation.paragraph ?? 'front-matter'}`,
      );
    }
  });

  it.each(TOPICS)('counts what it has, by year and by part: %s', async (topic) => {
    const found = await digest(topic);
    const paragraphs = paragraphsIn(found);
    const sum = (counts: readonly { readonly paragraphs: number }[]) =>
      counts.reduce((total, count) => total + count.paragraphs, 0);
    expect(found.counts.paragraphs).toBe(paragraphs.length);
    expect(found.counts.quotations).toBe(statementsIn(found).length);
    expect(sum(found.counts.years)).toBe(paragraphs.length);
    expect(sum(found.counts.parts)).toBe(paragraphs.length);
    const [front, ...parts] = found.counts.parts.map(({ part }) => part);
    expect(front).toBeNull();
    expect(parts.map((part) => part?.split('.')[0])).toEqual(['I', 'II', 'III']);
  });

  it.each(TOPICS)(
    'stands in the order of the record within a year, and is numbered so: %s',
    async (topic) => {
      const found = await digest(topic);
      const ids = statementsIn(found).map(({ id }) => id);
      expect(ids).toEqual(ids.map((_, position) => position + 1));
      for (const { year, sections } of found.years) {
        const quotations = sections.flatMap((section) => section.quotations);
        const starts = quotations.map(({ spans }) => spans[0]?.[0] ?? 0);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        for (const section of sections) {
          for (const quotation of section.quotations) {
            expect(quotation).toMatchObject({ year, section: section.section, document: section.document });
          }
        }
      }
      expect(found.years.map(({ year }) => year).slice(0, -1), 'undated parts are last').not.toContain(null);
    },
  );

  it('is the same each time', async () => {
    expect(await digest('corruption')).toEqual(await digest('corruption'));
  });
});

describe('what the record says twice', () => {
  it.each([
    ['fraud', 151, 162],
    ['climate change', 72, 161],
    ['illicit financial flows', 20, 160],
    ['illicit financial flows', 106, 163],
    ['youth', 51, 160],
  ])('is quoted once, from the year: %s, para. %i and %i', async (topic, original, restatement) => {
    const found = await digest(topic);
    const folded = statementsIn(found).filter(({ alsoIn }) =>
      alsoIn.some(({ paragraph }) => paragraph === restatement),
    );
    expect(folded.map(({ paragraph }) => paragraph)).toContain(original);
    const shown = statementsIn(found).map(({ quote }) => quote);
    for (const { alsoIn } of folded) for (const { quote } of alsoIn) expect(shown).not.toContain(quote);
  });

  it('is never folded over years, however alike', async () => {
    const found = await digest('youth forum');
    const handed = statementsIn(found).filter(({ quote }) =>
      /recommendations of|recommendations made/u.test(quote),
    );
    expect(handed.map(({ year }) => year)).toEqual(expect.arrayContaining([2022, 2023]));
    for (const statement of statementsIn(found)) {
      for (const other of statement.alsoIn) expect(other.year).toBeNull();
    }
  });
});

describe('limits of a digest', () => {
  it.each([2021, 2022, 2023, 2024])('of the year %i is that part of the whole', async (year) => {
    for (const topic of TOPICS) {
      const whole = await digest(topic);
      const part = await digest(topic, { years: [year] });
      const expected = whole.years.find((own) => own.year === year)?.sections ?? [];
      const plain = (sections: PlainDigest['years'][number]['sections']) =>
        sections.flatMap(({ quotations }) => quotations.map(({ paragraph }) => paragraph));
      expect(new Set(plain(part.years.flatMap(({ sections }) => sections)))).toEqual(
        new Set(plain(expected)),
      );
      expect(part.counts.years.map((count) => count.year)).toEqual([year]);
      expect(part.silentYears).toEqual(expected.length > 0 ? [] : [year]);
      expect(part.counts.elsewhere).toBe(whole.counts.paragraphs - part.counts.paragraphs);
      expect(part.status).toBe(expected.length > 0 ? 'found' : 'not_found');
    }
  });

  it('reads a year in the topic as the same limit, with what undated parts say of that year only', async () => {
    const found = await digest('artificial intelligence in 2021');
    expect(found).toMatchObject({ status: 'not_found', silentYears: [2021] });
    expect(found.scope).toMatchObject([{ kind: 'year', value: '2021', mode: 'filter' }]);
    const whole = await digest('artificial intelligence');
    expect(found.counts.elsewhere).toBe(whole.counts.paragraphs);
  });

  it('says what limits it, each once, and not what only stands in the topic', async () => {
    const limits = async (...query: Parameters<typeof about>) => summaryOf(await digest(...query))[0];
    expect(await limits('fraud in 2024', { years: [2024], sections: ['evolving'] })).toBe(
      'Limited to: 2024; evolving.',
    );
    expect(await limits('fraud after 2022')).not.toContain('Limited');
    expect(await limits('fraud')).toMatch(/^\d+ quotations from \d+ paragraphs\.$/u);
  });

  it('leaves the words alone where scope is off', async () => {
    const found = await responder.digest({ ...about('artificial intelligence in 2021'), scope: false });
    expect(found.scope).toEqual([]);
    expect(paragraphsIn(found)).toContain(154);
  });

  it('by section speaks only of the years that have such a section', async () => {
    const found = await digest('restorative justice', { sections: ['prison conditions'] });
    expect(paragraphsIn(found)).toEqual([71]);
    expect(found.counts.years).toEqual([{ year: 2022, paragraphs: 1 }]);
    expect(found.silentYears).toEqual([]);
  });

  it('by a document that is not there finds nothing', async () => {
    expect(await digest('fraud', { documents: ['other'] })).toMatchObject({
      status: 'not_found',
      documents: [],
    });
    expect((await digest('fraud', { documents: [RECORD_ID] })).status).toBe('found');
  });

  it('by number keeps the nearest paragraphs and tells how many are left out', async () => {
    const whole = await digest('corruption');
    const part = await digest('corruption', {}, 3);
    expect(part.counts).toMatchObject({ paragraphs: 3, omitted: whole.counts.paragraphs - 3, elsewhere: 0 });
    expect(paragraphsIn(whole)).toEqual(expect.arrayContaining(paragraphsIn(part)));
  });
});
