import { describe, expect, it } from 'vitest';
import { basesOf } from '../../src/check/index.js';
import { ALIKE } from '../../src/retrieve/index.js';
import { nearWords } from '../../src/wordnet/index.js';

const stemOf = (word: string) => basesOf(word)[0] ?? '';
const nearness = (one: string, other: string) =>
  Math.max(0, ...ALIKE.of(stemOf(one)).flatMap(([stem, value]) => (stem === stemOf(other) ? [value] : [])));

describe('words that may stand for each other', () => {
  it.each([
    ['cops', 'police'],
    ['scam', 'fraud'],
    ['jail', 'detention'],
  ])('are everyday ones and official ones, either way: %s, %s', (everyday, official) => {
    expect(nearness(everyday, official)).toBeGreaterThan(0.5);
    expect(nearness(official, everyday)).toBe(nearness(everyday, official));
  });

  it('are such as are defined alike too', () => {
    const near = nearWords().of(stemOf('jail'));
    expect(near.length).toBeGreaterThan(0);
    expect(ALIKE.of(stemOf('jail'))).toEqual(expect.arrayContaining([...near]));
  });

  it('are not any two words', () => {
    expect(nearness('cops', 'forest')).toBe(0);
    expect(ALIKE.of('xqzt')).toEqual([]);
    expect(ALIKE.of('')).toEqual([]);
  });
});
