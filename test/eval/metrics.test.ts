import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isVerbatim, spansOf } from '../../src/corpus/index.js';
import { type Gates, missedGates, readGates } from '../../src/eval/gates.js';
import {
  auroc,
  estimate,
  ndcgAt,
  pairedP,
  recallAt,
  reciprocalRank,
  successAt,
} from '../../src/eval/metrics.js';
import { rankingFigures, readSet } from '../../src/eval/run.js';
import { loadRecord, ROOT } from '../support/fixtures.js';
import { temporaryFolder } from '../support/temporary.js';

type Record = Awaited<ReturnType<typeof loadRecord>>;

const log2 = Math.log2;

describe('ranking metrics, as trec_eval defines them', () => {
  // Ranks 1 to 6; paragraphs 71, 73 and 99 are right, 99 is not found.
  const ranking = [70, 71, 72, 73, 74, 75];
  const gold = [71, 73, 99];

  it('recall@k is the share of the right ones among the first k', () => {
    expect([1, 2, 3, 4, 10].map((k) => recallAt(ranking, gold, k))).toEqual([0, 1 / 3, 1 / 3, 2 / 3, 2 / 3]);
    expect(recallAt(ranking, [71], 1)).toBe(0);
    expect(recallAt(ranking, [71], 2)).toBe(1);
    expect(recallAt([], gold, 10)).toBe(0);
  });

  it('success@k is 1 where one of the first k is right', () => {
    expect([1, 2, 3, 10].map((k) => successAt(ranking, gold, k))).toEqual([0, 1, 1, 1]);
    expect(successAt([], gold, 10)).toBe(0);
  });

  it('the reciprocal rank is that of the first right one', () => {
    expect(reciprocalRank(ranking, gold)).toBe(1 / 2);
    expect(reciprocalRank([71], gold)).toBe(1);
    expect(reciprocalRank(ranking, [75])).toBe(1 / 6);
    expect(reciprocalRank(ranking, [1])).toBe(0);
    expect(reciprocalRank([], gold)).toBe(0);
  });

  it('nDCG@10 discounts by log2(rank + 1) and divides by the best possible', () => {
    const gained = 1 / log2(3) + 1 / log2(5);
    const ideal = 1 + 1 / log2(3) + 1 / log2(4);
    expect(ndcgAt(ranking, gold, 10)).toBeCloseTo(gained / ideal, 12);
    expect(ndcgAt(ranking, gold, 10)).toBeCloseTo(0.4982, 4);
    expect(ndcgAt([71], [71], 10)).toBe(1);
    expect(ndcgAt([70, 71], [71], 10)).toBeCloseTo(0.6309, 4);
    expect(ndcgAt(ranking, [1], 10)).toBe(0);
  });

  it('nDCG@10 does not look past rank 10, and asks for no more than ten', () => {
    const first = Array.from({ length: 12 }, (_, index) => index + 1);
    expect(ndcgAt(first, [11], 10)).toBe(0);
    expect(ndcgAt(first, [10], 10)).toBeCloseTo(1 / log2(11), 12);
    expect(ndcgAt(first, first, 10)).toBeCloseTo(1, 12);
    expect(ndcgAt(first, [1, 2], 1)).toBe(1);
  });

  it('lie between 0 and 1, and never fall as k grows', () => {
    const list = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 15 });
    fc.assert(
      fc.property(
        list,
        fc.uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }),
        (ranked, right) => {
          let before = 0;
          for (let k = 1; k <= 15; k += 1) {
            const recall = recallAt(ranked, right, k);
            expect(recall).toBeGreaterThanOrEqual(before);
            before = recall;
            for (const value of [recall, ndcgAt(ranked, right, k), successAt(ranked, right, k)]) {
              expect(value).toBeGreaterThanOrEqual(0);
              expect(value).toBeLessThanOrEqual(1 + 1e-12);
            }
          }
        },
      ),
      { seed: 10 },
    );
  });
});

describe('figures of a system', () => {
  const question = (id: string, kind: string, gold: number[], register?: 'record' | 'everyday') => ({
    id,
    question: id,
    kind,
    gold,
    must_quote: [],
    ...(register && { register }),
  });
  const questions = [
    question('first', 'fact', [71], 'record'),
    question('third', 'fact', [72], 'everyday'),
    question('missed', 'scoped', [99]),
    question('theme', 'theme', [70, 71, 150, 151]),
    question('unanswerable', 'near', []),
  ];
  const system = { name: 'always the same', rank: async () => [71, 70, 72, 73, 74, 75] };

  it('are means over the questions with an answer, themes apart', async () => {
    const figures = await rankingFigures(system, questions, undefined);
    expect(figures.recall1).toMatchObject({ n: 3, mean: 1 / 3 });
    expect(figures.recall5).toMatchObject({ n: 3, mean: 2 / 3 });
    expect(figures.mrr.mean).toBeCloseTo((1 + 1 / 3 + 0) / 3, 12);
    expect(figures.ndcg10.mean).toBeCloseTo((1 + 1 / log2(4) + 0) / 3, 12);
    expect(figures.themes15).toMatchObject({ n: 1, mean: 0.5 });
    expect(figures.reciprocalRanks).toEqual([1, 1 / 3, 0]);
  });

  it('are given by kind and by register', async () => {
    const { byKind } = await rankingFigures(system, questions, undefined);
    expect(byKind.fact).toMatchObject({ recall1: { n: 2, mean: 0.5 } });
    expect(byKind.record).toMatchObject({ recall1: { n: 1, mean: 1 } });
    expect(byKind.everyday).toMatchObject({ recall5: { n: 1, mean: 1 } });
    expect(byKind.scoped).toMatchObject({ mrr: { n: 1, mean: 0 } });
    expect(byKind.theme).toBeUndefined();
  });
});

describe('AUROC', () => {
  it('is the chance that a positive scores above a negative', () => {
    expect(auroc([0.9, 0.8], [0.1, 0.2])).toBe(1);
    expect(auroc([0.1, 0.2], [0.9, 0.8])).toBe(0);
    // 0.8 beats both, 0.4 beats one of the two: three of four pairs.
    expect(auroc([0.8, 0.4], [0.6, 0.2])).toBe(0.75);
  });

  it('counts ties half', () => {
    expect(auroc([0.5, 0.5], [0.5])).toBe(0.5);
    expect(auroc([0.5, 0.9], [0.5])).toBe(0.75);
  });

  it('is not a number where one side is empty', () => {
    expect(auroc([], [0.5])).toBeNaN();
    expect(auroc([0.5], [])).toBeNaN();
  });
});

describe('a bootstrap interval', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });

  it('contains the mean', () => {
    fc.assert(
      fc.property(values, (list) => {
        const { mean, low, high, n } = estimate(list);
        expect(n).toBe(list.length);
        expect(mean).toBeCloseTo(list.reduce((sum, value) => sum + value, 0) / list.length, 12);
        expect(low).toBeLessThanOrEqual(mean + 1e-12);
        expect(high).toBeGreaterThanOrEqual(mean - 1e-12);
      }),
      { seed: 95, numRuns: 60 },
    );
  });

  it('is the same every time', () => {
    const list = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? 0 : 1));
    expect(estimate(list)).toEqual(estimate([...list]));
  });

  it('is as wide as the normal approximation says, and no wider for a sure thing', () => {
    const list = Array.from({ length: 100 }, (_, index) => (index < 80 ? 1 : 0));
    const { mean, low, high } = estimate(list);
    expect(mean).toBe(0.8);
    const half = 1.96 * Math.sqrt((0.8 * 0.2) / 100);
    expect(mean - low).toBeGreaterThan(0.7 * half);
    expect(mean - low).toBeLessThan(1.3 * half);
    expect(high - mean).toBeGreaterThan(0.7 * half);
    expect(high - mean).toBeLessThan(1.3 * half);
    expect(estimate([1, 1, 1])).toEqual({ mean: 1, low: 1, high: 1, n: 3 });
  });

  it('of nothing is not a number', () => {
    expect(estimate([])).toEqual({ mean: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 });
  });
});

describe('the paired test', () => {
  const good = Array.from({ length: 40 }, (_, index) => (index % 10 === 0 ? 0.5 : 1));
  const bad = Array.from({ length: 40 }, (_, index) => (index % 10 === 0 ? 0.5 : 0.2));

  it('gives 1 for equal systems', () => {
    expect(pairedP(good, good)).toBe(1);
    expect(pairedP(bad, [...bad])).toBe(1);
  });

  it('gives little for clearly different ones, in either direction', () => {
    expect(pairedP(good, bad)).toBeLessThan(0.01);
    expect(pairedP(bad, good)).toBe(pairedP(good, bad));
  });

  it('gives much for differences that cancel out', () => {
    const flipped = good.map((value, index) => (index % 2 === 0 ? value + 0.1 : value - 0.1));
    expect(pairedP(good, flipped)).toBeGreaterThan(0.5);
  });

  it('gives what counting gives: 2 of 8 sign changes for three equal differences', () => {
    expect(pairedP([1, 1, 1], [0, 0, 0])).toBeGreaterThan(0.21);
    expect(pairedP([1, 1, 1], [0, 0, 0])).toBeLessThan(0.29);
  });

  it('is the same every time, and never 0', () => {
    expect(pairedP(good, bad)).toBe(pairedP(good, bad));
    expect(pairedP(good, bad)).toBeGreaterThan(0);
  });
});

describe('isVerbatim', () => {
  let record: Record;

  beforeAll(async () => {
    record = await loadRecord();
  });

  /** A piece of a block with its spans. */
  function pieces(): fc.Arbitrary<{ quote: string; spans: readonly (readonly [number, number])[] }> {
    const wordings = record.paragraphs.flatMap(({ blocks, footnotes }) =>
      [...blocks, ...footnotes].map(({ wording }) => wording),
    );
    return fc
      .tuple(fc.constantFrom(...wordings), fc.nat(), fc.integer({ min: 1, max: 400 }))
      .map(([wording, offset, length]) => {
        const start = offset % wording.text.length;
        const end = Math.min(start + length, wording.text.length);
        return { quote: wording.text.slice(start, end), spans: spansOf(wording, start, end, record.source) };
      });
  }

  it('holds for every block and footnote of the record', () => {
    for (const { number, blocks, footnotes } of record.paragraphs) {
      for (const { wording } of [...blocks, ...footnotes]) {
        const spans = spansOf(wording, 0, wording.text.length, record.source);
        expect(isVerbatim(record.source, wording.text, spans), `paragraph ${number}`).toBe(true);
      }
    }
  });

  it('catches any one character that is changed, left out or put in', () => {
    fc.assert(
      fc.property(
        pieces(),
        fc.nat(),
        fc.constantFrom('x', 'X', ' ', '’', '7'),
        ({ quote, spans }, at, other) => {
          const { source } = record;
          expect(isVerbatim(source, quote, spans)).toBe(true);
          const position = at % quote.length;
          const [before, after] = [quote.slice(0, position), quote.slice(position + 1)];
          if (quote[position] !== other)
            expect(isVerbatim(source, before + other + after, spans)).toBe(false);
          expect(isVerbatim(source, before + after, spans)).toBe(false);
          expect(isVerbatim(source, before + other + quote.slice(position), spans)).toBe(false);
        },
      ),
      { seed: 71, numRuns: 300 },
    );
  });

  it('catches spans that are out of order, overlap, are empty or leave the source', () => {
    const { source } = record;
    const start = source.indexOf('prison overcrowding');
    const [middle, end] = [start + 'prison '.length, start + 'prison overcrowding'.length];
    expect(isVerbatim(source, 'prison overcrowding', [[start, end]])).toBe(true);
    expect(
      isVerbatim(source, 'prison overcrowding', [
        [start, middle],
        [middle, end],
      ]),
    ).toBe(true);
    expect(
      isVerbatim(source, 'overcrowdingprison ', [
        [middle, end],
        [start, middle],
      ]),
    ).toBe(false);
    expect(
      isVerbatim(source, 'prison prison overcrowding', [
        [start, middle],
        [start, end],
      ]),
    ).toBe(false);
    expect(
      isVerbatim(source, 'prison overcrowding', [
        [start, end],
        [end, end],
      ]),
    ).toBe(false);
    expect(isVerbatim(source, '', [])).toBe(false);
    expect(isVerbatim(source, '-', [[source.length - 1, source.length + 5]])).toBe(false);
  });
});

describe('gates', () => {
  const gates: Gates = {
    dev: { 'recall@1': { min: 0.8 }, 'answerable refused': { max: 0.1 }, mrr: { min: 0.5, max: 0.9 } },
  };

  it('are met at their bounds', () => {
    expect(missedGates(gates, 'dev', { 'recall@1': 0.8, 'answerable refused': 0.1, mrr: 0.9 })).toEqual([]);
    expect(missedGates(gates, 'dev', { 'recall@1': 1, 'answerable refused': 0, mrr: 0.5 })).toEqual([]);
  });

  it('are missed below the least and above the most, by name and figure', () => {
    const missed = missedGates(gates, 'dev', { 'recall@1': 0.79, 'answerable refused': 0.2, mrr: 0.6 });
    expect(missed).toEqual([
      'dev: recall@1 is 0.790, must be at least 0.8',
      'dev: answerable refused is 0.200, must be at most 0.1',
    ]);
  });

  it('say both bounds of a figure, apart from each other', () => {
    const [missed] = missedGates(gates, 'dev', { 'recall@1': 1, 'answerable refused': 0, mrr: 0.95 });
    expect(missed).toMatch(/must be at least 0\.5\W+(?:and )?at most 0\.9$/u);
  });

  it('are missed by figures that are not there or not a number', () => {
    expect(missedGates(gates, 'dev', {})).toHaveLength(3);
    expect(
      missedGates(gates, 'dev', { 'recall@1': Number.NaN, 'answerable refused': 0, mrr: 0.6 }),
    ).toHaveLength(1);
  });

  it('are none for a split that has none', () => {
    expect(missedGates(gates, 'test', {})).toEqual([]);
  });

  it('are read from their file, and a file that is wrong is named', async () => {
    expect(await readGates(path.join(ROOT, 'eval/gates.json'))).toBeTypeOf('object');
    const folder = await temporaryFolder({
      'broken.json': '{',
      'wrong.json': '{"dev":{"mrr":{"min":"high"}}}',
    });
    for (const name of ['broken.json', 'wrong.json', 'missing.json']) {
      const file = path.join(folder, name);
      await expect(readGates(file)).rejects.toMatchObject({
        code: 'config',
        message: expect.stringContaining(file),
      });
    }
  });
});

describe('a set of questions', () => {
  it('is read line by line', async () => {
    const folder = await temporaryFolder({
      'own.jsonl': [
        '{"id":"1","question":"Why are prisons crowded?","kind":"fact","gold":[71]}',
        '',
        '{"id":"2","question":"Who chaired?","kind":"fact","gold":[0],"must_quote":["Kenya"],"year":null}',
      ].join('\n'),
    });
    expect(await readSet(path.join(folder, 'own.jsonl'))).toMatchObject([
      { id: '1', gold: [71], must_quote: [] },
      { id: '2', gold: [0], must_quote: ['Kenya'] },
    ]);
  });

  it('is refused with file and line where a line is wrong', async () => {
    const good = '{"id":"1","question":"Why?","kind":"fact","gold":[71]}';
    const folder = await temporaryFolder({
      'broken.jsonl': `${good}\n{`,
      'wrong.jsonl': `${good}\n\n{"id":"2","question":"Why?","kind":"fact","gold":"71"}`,
    });
    await expect(readSet(path.join(folder, 'broken.jsonl'))).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('broken.jsonl:2:'),
    });
    await expect(readSet(path.join(folder, 'wrong.jsonl'))).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('wrong.jsonl:3:'),
    });
    await expect(readSet(path.join(folder, 'missing.jsonl'))).rejects.toMatchObject({ code: 'bad_request' });
  });
});
