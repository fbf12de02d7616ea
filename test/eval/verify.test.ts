import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import {
  checkCases,
  HALVES,
  halfOf,
  missedGates,
  readGates,
  readVerifyCases,
  type VerifyCase,
  verifyFigures,
  verifyGateFigures,
} from '../../src/eval/index.js';
import { VERDICTS } from '../../src/verify/index.js';
import { loadRecord, ROOT } from '../support/fixtures.js';

let record: RecordDocument;
let cases: VerifyCase[];

beforeAll(async () => {
  record = await loadRecord();
  cases = await readVerifyCases(record, path.join(ROOT, 'eval/verify'));
});

describe('the cases of verification', () => {
  it('are the same at every run, and none twice', async () => {
    expect(await readVerifyCases(record, path.join(ROOT, 'eval/verify'))).toEqual(cases);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(new Set(cases.map(({ quote, paragraph }) => `${paragraph} ${quote}`)).size).toBe(cases.length);
  });

  it.each(VERDICTS)(
    'are at least 200 that are %s made from the record, and 50 written by hand, in both halves',
    (kind) => {
      const own = cases.filter(({ expected }) => expected === kind);
      const written = own.filter(({ id }) => id.startsWith('hand-'));
      expect(own.length - written.length).toBeGreaterThanOrEqual(200);
      expect(written.length).toBeGreaterThanOrEqual(50);
      for (const half of HALVES) {
        expect(own.filter((item) => halfOf(item) === half).length).toBeGreaterThan(100);
      }
    },
  );
});

describe('the development half', () => {
  it('reaches every gate of eval/gates.json', async () => {
    const half = cases.filter((item) => halfOf(item) === 'dev');
    const figures = verifyGateFigures(verifyFigures(checkCases([record], half)));
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates['verify dev'] ?? {})).toEqual(Object.keys(figures));
    expect(missedGates(gates, 'verify dev', figures)).toEqual([]);
  });
});
