import fc from 'fast-check';
import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/corpus/index.js';
import { readSet } from '../../src/eval/index.js';
import {
  type IndexedParagraph,
  LexicalIndex,
  paragraphsOf,
  termsOf,
  tokenize,
} from '../../src/index/index.js';
import { editsOf } from '../../src/index/lexical.js';
import { loadRecord } from '../support/fixtures.js';

/** MiniSearch over the same paragraphs, the reference of every score. */
function miniSearchOf(paragraphs: readonly IndexedParagraph[], questions: readonly (readonly string[])[]) {
  const search = new MiniSearch({
    fields: ['text', 'context', 'questions'],
    tokenize,
    processTerm: (word) => termsOf(word)[0] ?? null,
  });
  search.addAll(
    paragraphs.map(({ paragraph }, id) => ({
      id,
      text: textOf(paragraph),
      context: paragraph.section.join('\n'),
      questions: (questions[id] ?? []).join('\n'),
    })),
  );
  const known = new Set((search.toJSON().index as [string, unknown][]).map(([term]) => term));
  return (query: string, fields: readonly string[], allowed: (ordinal: number) => boolean) =>
    new Map(
      search
        .search(query, {
          fields: [...fields],
          filter: ({ id }) => allowed(id as number),
          fuzzy: (term) => (!known.has(term) && editsOf(term) > 0 ? 0.25 : false),
        })
        .map(({ id, score }) => [id as number, score]),
    );
}

const ALL = ['text', 'context', 'questions'];
const OWN = ['text', 'context'];

function expectScores(
  lexical: LexicalIndex,
  reference: ReturnType<typeof miniSearchOf>,
  query: string,
  size: number,
  allowed: (ordinal: number) => boolean = () => true,
) {
  const found = lexical.search(query, { limit: size, allowed });
  const all = reference(query, ALL, allowed);
  const own = reference(query, OWN, allowed);
  expect([...found.keys()].sort((a, b) => a - b)).toEqual([...all.keys()].sort((a, b) => a - b));
  for (const [ordinal, score] of found) {
    expect(Math.abs(score.all - (all.get(ordinal) ?? 0))).toBeLessThan(1e-9);
    expect(Math.abs(score.own - (own.get(ordinal) ?? 0))).toBeLessThan(1e-9);
  }
  const ranked = [...found.entries()];
  expect(ranked).toEqual(ranked.toSorted(([a, x], [b, y]) => y.all - x.all || a - b));
  const best = lexical.search(query, { limit: 5, allowed });
  expect([...best.keys()]).toEqual(ranked.slice(0, 5).map(([ordinal]) => ordinal));
  return found.size;
}

/** A paragraph of which the lexical index reads the words and the headings. */
function paragraphWith(text: string, headings: readonly string[]): IndexedParagraph {
  const wording = { text, runs: [] };
  return { paragraph: { wording, footnotes: [], section: headings } } as unknown as IndexedParagraph;
}

describe('the lexical index of the real record', async () => {
  const record = await loadRecord();
  const paragraphs = paragraphsOf([record]);
  const questions = paragraphs.map(({ document, paragraph }) =>
    document.questions
      .filter((entry) => entry.paragraph === paragraph.number)
      .flatMap((entry) => [...entry.questions]),
  );
  const lexical = await LexicalIndex.build(paragraphs, questions);
  const reference = miniSearchOf(paragraphs, questions);
  const asked = (await readSet('eval/sets/dev.jsonl')).map(({ question }) => question);

  it('scores every development question as MiniSearch does, whole and read back', () => {
    const read = LexicalIndex.parse(lexical.serialize());
    let scored = 0;
    for (const question of asked) {
      scored += expectScores(lexical, reference, question, paragraphs.length);
      expect(read.search(question, { limit: 9 })).toEqual(lexical.search(question, { limit: 9 }));
    }
    expect(scored).toBeGreaterThan(asked.length);
  });

  it('takes misspelt words for the same ones with the same scores', () => {
    const misspelt = asked.map((question) => question.replace(/(\w{4})\w(\w+)/gu, '$1$2'));
    expect(misspelt).not.toEqual(asked);
    for (const question of misspelt) expectScores(lexical, reference, question, paragraphs.length);
  });

  it('scores only what is allowed', () => {
    const odd = (ordinal: number) => ordinal % 2 === 1;
    for (const question of asked.slice(0, 50)) {
      expectScores(lexical, reference, question, paragraphs.length, odd);
    }
  });

  it('tells the scores of paragraphs that are named, also where they are none of the best', () => {
    const every = lexical.search('prisons and women', { limit: paragraphs.length });
    const last = [...every.keys()].at(-1) ?? -1;
    const found = lexical.search('prisons and women', { limit: 1, also: [last, paragraphs.length] });
    expect([...found]).toEqual([[...every][0], [last, every.get(last)]]);
  });

  it('knows a term by where it stands', () => {
    const own = paragraphs.map(
      ({ paragraph }) => new Set(termsOf([textOf(paragraph), ...paragraph.section].join('\n'))),
    );
    const others = new Set(questions.flat().flatMap(termsOf));
    for (const term of new Set(asked.flatMap(termsOf))) {
      const frequency = own.filter((terms) => terms.has(term)).length;
      expect(lexical.frequency(term)).toBe(frequency);
      expect(lexical.knows(term)).toBe(frequency > 0 || others.has(term));
    }
  });
});

describe('the lexical index of any corpus', () => {
  // Few letters, so that words repeat, look alike and begin alike; some beyond the basic plane.
  const word = fc.string({ unit: fc.constantFrom('k', 'l', 'm', 'o', 'é', '𐐨'), minLength: 1, maxLength: 9 });
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  const corpus = fc.array(
    fc.tuple(text, fc.array(text, { maxLength: 2 }), fc.array(text, { maxLength: 2 })),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

  it('has the scores of MiniSearch', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, fc.array(text, { minLength: 1, maxLength: 4 }), async (contents, queries) => {
        const paragraphs = contents.map(([body, headings]) => paragraphWith(body, headings));
        const questions = contents.map(([, , asked]) => asked);
        const lexical = LexicalIndex.parse((await LexicalIndex.build(paragraphs, questions)).serialize());
        const reference = miniSearchOf(paragraphs, questions);
        for (const query of queries) expectScores(lexical, reference, query, contents.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty where there is nothing', async () => {
    const lexical = LexicalIndex.parse((await LexicalIndex.build([], [])).serialize());
    expect(lexical.search('anything at all', { limit: 3 })).toEqual(new Map());
    expect(lexical.knows('anything')).toBe(false);
  });
});
