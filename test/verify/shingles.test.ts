import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { type Shingles, shinglesOf, weightsOf } from '../../src/verify/shingles.js';
import { loadRecord } from '../support/fixtures.js';

let record: RecordDocument;
let shingles: Shingles;
/** Keys of the words of all texts, an empty one after each. */
let keys: string[];

beforeAll(async () => {
  record = await loadRecord();
  shingles = shinglesOf(record);
  keys = shingles.texts.flatMap(({ words }) => [...words.map(({ key }) => key), '']);
});

const placesOf = (isThere: (place: number) => boolean) => [...keys.keys()].filter(isThere);

describe('the shingles of a record', () => {
  it('are made once', () => {
    expect(shinglesOf(record)).toBe(shingles);
  });

  it('have the word and the text at every position', () => {
    expect(shingles.size).toBe(keys.length);
    let position = 0;
    for (const [number, { words }] of shingles.texts.entries()) {
      expect(shingles.startOf(number)).toBe(position);
      for (let end = position + words.length; position <= end; position += 1) {
        expect(shingles.textAt(position)).toBe(number);
        expect(shingles.keyAt(position)).toBe(keys[position]);
      }
    }
    expect(shingles.startOf(shingles.texts.length)).toBe(keys.length);
    for (const outside of [-1, keys.length]) expect(shingles.keyAt(outside)).toBeUndefined();
  });

  it('say where words and pairs of words stand, common and rare ones, and that others stand nowhere', () => {
    const some = [
      'the',
      'of',
      'crime',
      'zebra',
      'unodc',
      ...keys.filter((key, i) => key !== '' && i % 997 === 0),
    ];
    for (const first of some) {
      expect([...shingles.placesOfWord(first)]).toEqual(placesOf((place) => keys[place] === first));
      for (const second of some) {
        expect([...shingles.placesOfPair(first, second)]).toEqual(
          placesOf((place) => keys[place] === first && keys[place + 1] === second),
        );
      }
    }
    for (let place = 0; place + 1 < keys.length; place += 501) {
      const [first = '', second = ''] = keys.slice(place, place + 2);
      if (first !== '' && second !== '') expect([...shingles.placesOfPair(first, second)]).toContain(place);
    }
  });

  it('weigh a word by how rare it is, most where the record does not have it', () => {
    const weigh = weightsOf([shingles]);
    const most = Math.log2(1 + shingles.texts.length);
    expect(weigh('zebra')).toBe(most);
    expect(weigh('the')).toBeLessThan(0.2 * most);
    expect(weigh('the')).toBeLessThan(weigh('trafficking'));
  });
});
