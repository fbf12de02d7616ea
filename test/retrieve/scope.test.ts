import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Filters,
  NO_FILTERS,
  type Passage,
  type Retrieval,
  retrieve,
} from '../../src/retrieve/index.js';
import type { Service } from '../../src/service.js';
import { RECORD_ID } from '../support/fixtures.js';
import { openService } from '../support/service.js';

let service: Service;

beforeAll(async () => {
  service = await openService();
});

afterAll(() => service.close());

function find(text: string, filters: Partial<Filters> = {}, scope = true): Promise<Retrieval> {
  return retrieve(service.index, { text, limit: 50, filters: { ...NO_FILTERS, ...filters }, scope });
}

/** What was understood: kind, value and mode of each limit. */
function understood({ scope }: Retrieval): string[][] {
  return scope.map(({ kind, value, mode }) => [kind, value.slice(0, 25), mode]);
}

/** Passages that stand neither between two paragraphs nor say themselves what was asked for. */
function strays({ passages }: Retrieval, [from, to]: readonly [number, number], says: RegExp): number[] {
  return passages
    .filter(
      ({ paragraph: { number, wording } }) => (number < from || number > to) && !says.test(wording.text),
    )
    .map(({ paragraph }) => paragraph.number);
}

const numberOf = ({ paragraph }: Passage) => paragraph.number;

const ROUNDS = {
  2021: [13, 51],
  2022: [52, 88],
  2023: [89, 112],
  2024: [113, 156],
} as const;

describe('a year in a question', () => {
  it.each([
    'What did speakers say about prisons in 2022?',
    'In 2022, what did speakers say about prisons?',
    'What was said about prisons during 2022?',
    'What did the 2022 discussions say about prisons?',
    'What did speakers say about prisons at the 2022 session?',
    'prisons 2022',
  ])('limits the search to that year and to what speaks of it: %s', async (question) => {
    const retrieval = await find(question);
    expect(understood(retrieval)).toEqual([['year', '2022', 'filter']]);
    expect(strays(retrieval, ROUNDS[2022], /\b2022\b/u)).toEqual([]);
    expect(retrieval.passages[0]?.paragraph.year).toBe(2022);
  });

  it('says with which words it was understood', async () => {
    const { scope } = await find('What did speakers say about prisons in 2022?');
    expect(scope.map(({ words }) => words)).toEqual(['in 2022']);
  });

  it('puts what only speaks of the year after its like in that year', async () => {
    const { passages } = await find('How should prisoners be protected against natural disasters in 2022?');
    expect(passages[0]?.paragraph.number).toBe(72);
    expect(passages.map(numberOf)).toContain(161);
  });

  it.each([
    'What was said about fraud and confiscation in 2021 and 2024?',
    'What was said about crypto assets in 2021 or in 2024?',
    'In 2021 and 2024, what was said about fraud and confiscation?',
    'How did the 2021 and 2024 discussions treat cryptocurrency?',
  ])('may be one of two, and then both are searched and nothing else: %s', async (question) => {
    const retrieval = await find(question);
    expect(retrieval.scope.map(({ value }) => value)).toEqual(['2021', '2024']);
    const years = retrieval.passages.map(({ paragraph }) => paragraph.year);
    expect(years).toContain(2021);
    expect(years).toContain(2024);
    const elsewhere = retrieval.passages.filter(({ paragraph: { year, wording } }) => {
      return year !== 2021 && year !== 2024 && !/\b(?:2021|2024)\b/u.test(wording.text);
    });
    expect(elsewhere.map(numberOf)).toEqual([]);
  });

  it.each(['What was discussed in December 2022?', 'Which topics came up at the end of November 2021?'])(
    'is only a boost where it stands with its month: %s',
    async (question) => {
      const retrieval = await find(question);
      const [year] = retrieval.scope.map(({ value }) => Number(value));
      expect(retrieval.scope).toMatchObject([{ kind: 'year', mode: 'boost' }]);
      expect(retrieval.passages[0]?.paragraph.year).toBe(year);
      const years = new Set(retrieval.passages.map(({ paragraph }) => paragraph.year));
      expect(years.size).toBeGreaterThan(2);
    },
  );

  it.each([
    'How does the record refer to the 2030 Agenda for Sustainable Development?',
    'When does the Congress of 2026 take place?',
    'Which framework against violence was launched in 2019?',
    'What happened in 20222?',
  ])('is no limit where the record has no such year: %s', async (question) => {
    const retrieval = await find(question);
    expect(retrieval.scope).toEqual([]);
    expect(retrieval.passages).toHaveLength(50);
  });

  it.each(['What was said about prisons after 2022?', 'What was said about prisons before 2023?'])(
    'is no filter where the question asks for other years: %s',
    async (question) => {
      const { scope } = await find(question);
      expect(scope.filter(({ mode }) => mode === 'filter')).toEqual([]);
    },
  );
});

describe('a round, a pillar or the opening in a question', () => {
  it.each<[string, keyof typeof ROUNDS]>([
    ['What was said about children in the second round?', 2022],
    ['What was said about children in the first round of thematic discussions?', 2021],
    ['What was said about technology in the last round?', 2024],
    ['What was said about sentencing in the 3rd round?', 2023],
  ])('is the year that it was: %s', async (question, year) => {
    const retrieval = await find(question);
    expect(retrieval.scope).toMatchObject([{ kind: 'round', mode: 'filter' }]);
    expect(retrieval.scope[0]?.value).toContain(`${year} Thematic Discussions`);
    expect(strays(retrieval, ROUNDS[year], new RegExp(`\\b${year}\\b`, 'u'))).toEqual([]);
    expect(retrieval.passages.map(({ paragraph }) => paragraph.year)).toContain(year);
  });

  it.each<[string, keyof typeof ROUNDS, string]>([
    ['What does pillar III say about legal aid?', 2023, 'III'],
    ['What does Pillar 3 say about legal aid?', 2023, 'III'],
    ['What does the third pillar say about legal aid?', 2023, 'III'],
    ['What does pillar I say about the police?', 2021, 'I'],
    ['What does pillar II say about the police?', 2022, 'II'],
    ['What does pillar four say about the police?', 2024, 'IV'],
  ])('is the year that has the pillar: %s', async (question, year, numeral) => {
    const retrieval = await find(question);
    expect(retrieval.scope).toMatchObject([{ kind: 'pillar', mode: 'filter' }]);
    expect(retrieval.scope[0]?.value).toContain(`${year} Thematic Discussions`);
    expect(strays(retrieval, ROUNDS[year], new RegExp(`\\bPillar ${numeral}\\b`, 'u'))).toEqual([]);
  });

  it('is the opening sessions of all years where no year is named', async () => {
    const retrieval = await find('Who spoke on behalf of the Executive Director in the opening session?');
    expect(understood(retrieval)).toEqual([['section', 'Opening session', 'filter']]);
    expect(retrieval.passages[0]?.paragraph.section.at(-1)).toBe('(a) Opening session');
  });

  it.each([
    'Who spoke at the opening session of the 2023 discussions?',
    'What was said about the rule of law in the opening session of the 2023 discussions?',
  ])('is one opening session where a year is named: %s', async (question) => {
    const retrieval = await find(question);
    expect(understood(retrieval)).toEqual([
      ['year', '2023', 'filter'],
      ['section', 'Opening session', 'filter'],
    ]);
    const numbers = retrieval.passages.map(numberOf);
    expect([89, 90, 91], 'the best passage is of that session').toContain(numbers[0]);
    expect(numbers).toEqual(expect.arrayContaining([89, 90, 91]));
  });

  it.each([
    'What was said about prisons in the second round in 2023?',
    'What was said under pillar I in 2024?',
    'What was said in the first round under pillar III?',
  ])('is no limit where the words contradict each other: %s', async (question) => {
    const retrieval = await find(question);
    expect(retrieval.scope).toEqual([]);
    expect(retrieval.passages).toHaveLength(50);
  });

  it.each([
    'Which role do pillars of society play in practice?',
    'Why is it important to hold a second hearing?',
    'Which crime was first mentioned?',
  ])('is not read into other words: %s', async (question) => {
    expect((await find(question)).scope).toEqual([]);
  });
});

describe('a day in a question', () => {
  it.each<[string, number, number]>([
    ['What was discussed on 21 September 2023?', 92, 102],
    ['What did speakers say about victims on 5 December 2022?', 57, 68],
    ['Which crimes were discussed on December 4th, 2024?', 141, 156],
    ['What did speakers say about children on 12 November 2021?', 37, 51],
    ['What was discussed on the 3rd of December 2024?', 130, 140],
  ])('is the session held on it: %s', async (question, from, to) => {
    const retrieval = await find(question);
    const filters = retrieval.scope.filter(({ mode }) => mode === 'filter');
    expect(filters.map(({ kind }) => kind)).toContain('section');
    const numbers = retrieval.passages.map(numberOf);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter((number) => number < from || number > to)).toEqual([]);
  });

  it('is no filter where no session was held on it', async () => {
    for (const question of ['What was adopted on 7 March 2021?', 'What happened on 30 April 2026?']) {
      const { scope, passages } = await find(question);
      expect(scope.filter(({ mode }) => mode === 'filter')).toEqual([]);
      expect(passages).toHaveLength(50);
    }
  });

  it.each([
    'Which 3 declarations on youth were mentioned?',
    'What are the 12 novel topics of part III?',
    'What happened in the last 2 decades with corruption data?',
  ])('is not read into a number and a word that begins like a month: %s', async (question) => {
    expect((await find(question)).scope).toEqual([]);
  });
});

describe('scope: false', () => {
  it('searches everything, whatever the words', async () => {
    const retrieval = await find('What was said about prisons in 2022, in the second round?', {}, false);
    expect(retrieval.scope).toEqual([]);
    expect(strays(retrieval, ROUNDS[2022], /\b2022\b/u).length).toBeGreaterThan(0);
  });
});

describe('filters', () => {
  it.each<[string, Partial<Filters>, (passage: Passage) => boolean]>([
    ['a year', { years: [2022] }, ({ paragraph }) => paragraph.year === 2022],
    ['two years', { years: [2021, 2024] }, ({ paragraph }) => [2021, 2024].includes(paragraph.year ?? 0)],
    [
      'part of a heading, in any case',
      { sections: ['PRISON conditions'] },
      ({ paragraph }) => paragraph.section.some((title) => title.includes('Improving prison conditions')),
    ],
    [
      'a heading with another apostrophe',
      { sections: ["victims' rights"] },
      ({ paragraph }) => paragraph.number >= 57 && paragraph.number <= 68,
    ],
    [
      'a range of paragraphs',
      { paragraphs: { from: 70, to: 75 } },
      ({ paragraph }) => paragraph.number >= 70 && paragraph.number <= 75,
    ],
    ['paragraphs from one on', { paragraphs: { from: 157 } }, ({ paragraph }) => paragraph.number >= 157],
    ['a document', { documents: [RECORD_ID] }, ({ document }) => document.metadata.id === RECORD_ID],
  ])('are strict: %s', async (_, filters, holds) => {
    for (const question of ['What was said about prisons?', 'discussions held in 2022 and 2023']) {
      const { passages } = await find(question, filters, false);
      expect(passages.length).toBeGreaterThan(0);
      expect(passages.filter((passage) => !holds(passage)).map(numberOf)).toEqual([]);
    }
  });

  it('keep out even what speaks of the year, unlike the words of a question', async () => {
    const words = await find('What was said about prisoners and natural disasters in 2022?');
    expect(words.passages.map(numberOf)).toContain(161);
    const filter = await find('What was said about prisoners and natural disasters?', { years: [2022] });
    expect(filter.passages.map(numberOf)).not.toContain(161);
  });

  it('narrow each other, and what the question says', async () => {
    const both = await find('prisons', { years: [2022], sections: ['opening'] });
    expect(both.passages.map(numberOf).sort()).toEqual([52, 53, 54, 55, 56]);
    const scoped = await find('What was said about prisons in 2022?', { paragraphs: { from: 72, to: 100 } });
    expect(strays(scoped, [72, 88], /\b2022\b/u)).toEqual([]);
    expect(scoped.passages.map(numberOf)).toContain(72);
    expect(scoped.passages.every(({ paragraph }) => paragraph.number >= 72 && paragraph.number <= 100)).toBe(
      true,
    );
  });
});

describe('a range of years', () => {
  it.each([
    ['What did the 2021-2023 discussions say about prisons?', ['2021', '2022', '2023']],
    ['What was said about prisons from 2021 to 2023?', ['2021', '2022', '2023']],
    ['What was said about prisons between 2022 and 2024?', ['2022', '2023', '2024']],
  ])('takes the years between: %s', async (question, years) => {
    expect(understood(await find(question))).toEqual(years.map((year) => ['year', year, 'filter']));
  });
});

describe('a session by its ordinal in a question', () => {
  it('limits the search to that session of the round that is named', async () => {
    const retrieval = await find('Who sat on the panel of the second session in 2022?');
    expect(understood(retrieval)).toEqual([
      ['year', '2022', 'filter'],
      ['section', '(c) Improving prison cond', 'filter'],
    ]);
    const found = retrieval.passages.filter(({ score }) => score > 0);
    const beyond = found.filter((passage) => numberOf(passage) < 69 || numberOf(passage) > 75);
    // What stands before the rounds tells what their sessions were about.
    for (const { paragraph } of beyond) {
      expect(paragraph.year).toBeNull();
      expect(paragraph.wording.text).toContain('2022');
    }
    expect(found.length).toBeGreaterThan(beyond.length);
  });

  it('is not taken from the sessions of other bodies', async () => {
    expect(understood(await find('Who chaired the Commission at its thirty-first session?'))).toEqual([]);
    expect(
      understood(await find('What happened at the first session of the Conference of the Parties?')),
    ).toEqual([]);
  });
});
