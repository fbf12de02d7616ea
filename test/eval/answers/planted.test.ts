import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../../src/corpus/index.js';
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
  it('are 50 with each fault and 200 correct ones in the test half', () => {
    for (const fault of PLANTED) expect(cases.test.filter((item) => item.fault === fault)).toHaveLength(50);
    expect(cases.test.filter(({ fault }) => fault === 'none')).toHaveLength(200);
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

  it('is checked against a passage that holds what was planted', async () => {
    const sentence = 'The Chairs planted twelve trees in the garden of the Vienna International Centre.';
    const with12 = item({ fault: 'instruction', sentence, planted: sentence });
    expect(await shown(with12, item({ sentence }))).toEqual([sentence, null]);
  });

  it('refuses to judge a sentence of a paragraph that there is not', async () => {
    await expect(shown(item({ cites: [164] }))).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('is counted by fault, and by the kind of correct sentence', () => {
    const tried = [
      { item: item({ fault: 'number' }), shown: null },
      { item: item({ fault: 'number' }), shown: 'a part' },
      { item: item({ kind: 'combined' }), shown: item({}).sentence },
      { item: item({ kind: 'combined' }), shown: 'a part' },
      { item: item({ kind: 'reworded' }), shown: null },
    ];
    const { caught, harmed, allHarmed, allCaught } = plantedFigures(tried);
    expect([caught.number.mean, caught.number.n, caught.cause.n]).toEqual([0.5, 2, 0]);
    expect([harmed.combined?.mean, harmed.reworded?.mean, allHarmed.mean]).toEqual([0.5, 1, 2 / 3]);
    expect(allCaught.mean).toBe(0.5);
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
