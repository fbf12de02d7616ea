import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../../src/corpus/index.js';
import { holdsSame } from '../../../src/eval/answers/held.js';
import {
  type GroundingCase,
  missedGates,
  PLANTED,
  plantedFigures,
  plantedGateFigures,
  readGates,
  readGroundingCases,
  tryCases,
} from '../../../src/eval/index.js';
import { loadRecord, ROOT } from '../../support/fixtures.js';
import { temporaryFolder } from '../../support/temporary.js';

let record: RecordDocument;
let cases: { readonly dev: GroundingCase[]; readonly test: GroundingCase[] };

beforeAll(async () => {
  record = await loadRecord();
  const read = (half: string) => readGroundingCases(path.join(ROOT, `eval/grounding/${half}.jsonl`));
  cases = { dev: await read('dev'), test: await read('test') };
});

describe('the sentences', () => {
  it('are some 50 with each fault and more than 150 correct ones in the test half', () => {
    for (const fault of PLANTED)
      expect(cases.test.filter((item) => item.fault === fault).length).toBeGreaterThanOrEqual(45);
    expect(cases.test.filter(({ fault }) => fault === 'none').length).toBeGreaterThan(150);
  });

  it('cite paragraphs that there are, nearly all of them in the test half', () => {
    const numbers = new Set(record.paragraphs.map(({ number }) => number));
    for (const { cites } of [...cases.dev, ...cases.test])
      for (const number of cites) expect(numbers.has(number)).toBe(true);
    expect(new Set(cases.test.flatMap(({ cites }) => cites)).size).toBeGreaterThan(0.95 * numbers.size);
  });

  it('are different ones in the two halves', () => {
    const all = [...cases.dev, ...cases.test];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const developed = new Set(cases.dev.map(({ sentence }) => sentence));
    expect(cases.test.filter(({ sentence }) => developed.has(sentence))).toEqual([]);
  });

  it('are named by file and line where one is not such a sentence', async () => {
    const right = { id: 'a', fault: 'none', sentence: 'It is so.', cites: [1] };
    const wrong = [
      { ...right, cites: [] },
      { ...right, planted: '' },
      { ...right, fault: 'other' },
    ];
    for (const line of wrong) {
      const folder = await temporaryFolder({
        'own.jsonl': `${JSON.stringify(right)}\n${JSON.stringify(line)}\n`,
      });
      await expect(readGroundingCases(path.join(folder, 'own.jsonl'))).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining('own.jsonl:2'),
      });
    }
  });
});

describe('what a model says', () => {
  const item = (changes: Partial<GroundingCase>): GroundingCase => ({
    id: 'own',
    fault: 'none',
    sentence: 'The summaries by the Chairs are not subject to negotiation.',
    cites: [0],
    ...changes,
  });
  const shown = async (...items: GroundingCase[]) => (await tryCases(record, items)).map((one) => one.shown);

  it('reaches the reader where the record says it too, and else does not', async () => {
    const right = item({});
    const wrong = item({
      fault: 'negation',
      sentence: 'The summaries by the Chairs are subject to negotiation.',
    });
    const elsewhere = item({ fault: 'paragraph', cites: [71] });
    expect(await shown(right, wrong, elsewhere)).toEqual([right.sentence, null, null]);
  });

  it('is told in the words of the record where it is not what the record says', async () => {
    const own = 'It contains summaries by the Chair, which are not subject to negotiation.';
    const [wrong, elsewhere] = await tryCases(record, [
      item({ fault: 'negation', sentence: 'The summaries by the Chairs are subject to negotiation.' }),
      item({ fault: 'paragraph', cites: [71] }),
    ]);
    expect(wrong?.quoted).toEqual([expect.stringMatching(/not subject to negotiation/u)]);
    expect(wrong?.held).toBe(true);
    expect(elsewhere).toMatchObject({ shown: null, quoted: [], held: false });
    expect(holdsSame(own, ['Summaries by the Chair are not subject to negotiation.'], [own])).toBe(true);
    expect(holdsSame(own, ['It contains summaries.'], [own])).toBe(false);
    expect(holdsSame(own, [], [own])).toBe(false);
  });

  it('is checked against a passage that holds what was planted', async () => {
    const sentence = 'The Chairs planted twelve trees in the garden of the Vienna International Centre.';
    const with12 = item({ fault: 'instruction', sentence, planted: sentence });
    expect(await shown(with12, item({ sentence }))).toEqual([sentence, null]);
  });

  it('refuses to judge a sentence of a paragraph that there is not', async () => {
    await expect(shown(item({ cites: [164] }))).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('is counted by fault, and by the kind of correct sentence', () => {
    const quoted = ['Its words.'];
    const nothing = { shown: null, quoted: [], held: false };
    const { faulty, allFaulty, correct, allCorrect } = plantedFigures([
      { ...nothing, item: item({ fault: 'number' }) },
      { ...nothing, item: item({ fault: 'number' }), quoted },
      { ...nothing, item: item({ fault: 'number' }), shown: 'a part' },
      { ...nothing, item: item({ kind: 'combined' }), shown: item({}).sentence },
      { ...nothing, item: item({ kind: 'combined' }), shown: 'a part' },
      { ...nothing, item: item({ kind: 'reworded' }), quoted, held: true },
      { ...nothing, item: item({ kind: 'reworded' }), quoted },
      { ...nothing, item: item({ kind: 'reworded' }) },
    ]);
    const means = (figures: object) => Object.values(figures).map(({ mean }) => mean);
    expect(means(faulty.number)).toEqual([2 / 3, 1 / 3, 1 / 3]);
    expect([faulty.number.caught.n, faulty.cause.caught.n, allFaulty.caught.mean]).toEqual([3, 0, 2 / 3]);
    expect(means(correct.combined ?? {})).toEqual([0.5, 0, 0.5, 0.5]);
    expect(means(correct.reworded ?? {})).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(means(allCorrect)).toEqual([0.2, 0.2, 0.6, 0.8]);
  });
});

describe('the development half', () => {
  it('reaches every gate of eval/gates.json', async () => {
    const figures = plantedGateFigures(plantedFigures(await tryCases(record, cases.dev)));
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates['grounding dev'] ?? {})).toEqual(Object.keys(figures));
    expect(missedGates(gates, 'grounding dev', figures)).toEqual([]);
  });
});
