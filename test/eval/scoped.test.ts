import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { standsInScope } from '../../src/eval/scoped.js';
import { loadRecord } from '../support/fixtures.js';

describe('whether the first result of a scoped question stands where it says', () => {
  let record: RecordDocument;
  beforeAll(async () => {
    record = await loadRecord();
  });
  const stands = (question: string, first: number | undefined, gold: number[]) =>
    standsInScope(record, question, first, gold);

  it('looks at the year where only a year is named', () => {
    expect(stands('What was said about prisons in 2022?', 60, [72])).toBe(true);
    expect(stands('What was said about prisons in the second round?', 100, [72])).toBe(false);
    expect(stands('prisons, pillar II', 60, [100, 72])).toBe(true);
  });

  it('looks at the section too where one is named', () => {
    expect(stands('What did the session on prisons in 2022 say?', 60, [72])).toBe(false);
    expect(stands('What did the session on prisons in 2022 say?', 70, [72])).toBe(true);
    // A sub-heading is part of its section.
    expect(stands('What did the session on gender say?', 80, [86])).toBe(true);
  });

  it('says nothing where no place is named, and no where nothing is found', () => {
    expect(stands('What was said about prisons?', 60, [72])).toBeNull();
    expect(stands('What was said about prisons in 2022?', undefined, [72])).toBe(false);
  });
});
