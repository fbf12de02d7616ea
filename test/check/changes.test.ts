import { beforeAll, describe, expect, it } from 'vitest';
import { checkSentence } from '../../src/check/index.js';
import { CHANGES, changed, type OwnSentence, ownSentences } from '../../src/eval/index.js';
import { loadRecord } from '../support/fixtures.js';

let own: OwnSentence[];

beforeAll(async () => {
  own = ownSentences(await loadRecord());
});

function passing(cases: readonly OwnSentence[]): string[] {
  return cases
    .filter(({ sentence, passage }) => checkSentence(sentence, [passage]).supported)
    .map(({ sentence }) => sentence);
}

describe('the sentences of the record', () => {
  it('are supported by their own paragraphs', () => {
    expect(own.length).toBeGreaterThan(300);
    expect(passing(own).length / own.length).toBeGreaterThan(0.99);
  });

  // At most so many of some hundred pass, as measured: a year that the record has too, and a cause where it has one nearby.
  it.each<[keyof typeof CHANGES, number]>([
    ['with a denial put in', 0],
    ['with "never" put in', 0],
    ['without their denial', 1],
    ['with other numbers', 16],
    ['with a cause for ", and"', 8],
    ['with a cause for "while"', 0],
    ['told to be refused', 0],
  ])('are not %s', (name, most) => {
    const change = CHANGES[name];
    if (!change) throw new RangeError(name);
    const cases = changed(own, change);
    expect(cases.length).toBeGreaterThan(5);
    expect(passing(cases).length).toBeLessThanOrEqual(most);
  });
});
