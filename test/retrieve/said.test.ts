import { describe, expect, it } from 'vitest';
import { type Lexicon, termsOf } from '../../src/index/index.js';
import { counted, Wanted, wordsIn } from '../../src/retrieve/index.js';
import { nearWords } from '../../src/wordnet/index.js';

/** Words weigh the same, but for one that stands nowhere. */
const lexicon: Lexicon = {
  knows: () => true,
  frequency: () => 1,
  inverseFrequency: (term) => (term === '' ? 2 : 1),
};

describe('how much of a question a text says', () => {
  const wanted = new Wanted('Who helped the prosecutors in the jail?', lexicon);
  const said = (text: string) => wanted.in(wordsIn(text));

  it('counts its own words whole, derived ones and ones that may stand for them less', () => {
    expect(said('Prosecutors helped in the jail.')).toEqual({ share: 1, missing: 0 });
    expect(said('The prosecution of a case').share).toBeCloseTo(0.9 / 3, 12);
    expect(said('They supported a prison').share).toBeCloseTo((0.6 + 0.6) / 3, 12);
    expect(said('Something else')).toEqual({ share: 0, missing: 0.5 });
  });

  it('tells the weight of the heaviest word that is not said, as a share of one that stands nowhere', () => {
    expect(said('They supported a prison').missing).toBe(0.5);
    expect(said('Prosecutors supported a prison').missing).toBeCloseTo(0.4 / 2, 12);
  });

  it('is nothing where nothing is asked', () => {
    expect(new Wanted('who is it?', lexicon).in(wordsIn('anything'))).toEqual({ share: 0, missing: 0 });
  });

  it('likens questions by the words of both', () => {
    expect(wanted.likeness(wordsIn('Who helped the prosecutors in the jail?'))).toBeCloseTo(1, 12);
    expect(wanted.likeness(wordsIn('jail'))).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(wanted.likeness(wordsIn('What is it?'))).toBe(0);
  });
});

describe('how much of a question a paragraph says', () => {
  const wanted = new Wanted('Who helped the prosecutors in the jail?', lexicon, nearWords());
  const USUAL = 10;
  const said = (...sentences: string[]) => {
    const { whole, most, inBest } = wanted.inParagraph(counted(wordsIn(sentences.join(' '))), USUAL);
    return { whole, most, sentence: inBest(sentences.map(termsOf)) };
  };

  it('is that of its best sentence, and of all of it together', () => {
    const { sentence } = said('Prosecutors spoke.', 'They helped in the jail.');
    expect(sentence).toBeCloseTo(2 / 3, 12);
    expect(said('Prosecutors helped in the jail.').sentence).toBeCloseTo(1, 12);
    expect(said('Something else')).toEqual({ whole: 0, most: 0, sentence: 0 });
  });

  it('bounds what one of its sentences can say', () => {
    const { most, sentence } = said('Prosecutors spoke.', 'They helped in the jail.');
    expect(most).toBeCloseTo(1, 12);
    expect(sentence).toBeLessThan(most);
    expect(said('Prosecutors helped in the jail.')).toMatchObject({ most: 1, sentence: 1 });
  });

  it('counts a word more that is said again, and one of a long text less', () => {
    const once = said('Jail is there').whole;
    expect(said('Jail is there', 'and jail is here').whole).toBeGreaterThan(once);
    expect(said('Jail is there', 'like trees and rivers and lakes and hills').whole).toBeLessThan(once);
  });

  it('knows words that are defined alike', () => {
    const near = new Wanted('kids', lexicon, nearWords());
    const far = new Wanted('kids', lexicon);
    const children = wordsIn('children');
    expect(far.in(children).share).toBe(0);
    expect(near.in(children).share).toBeGreaterThan(0.1);
  });
});
