import { describe, expect, it } from 'vitest';
import { basesOf } from '../src/check/stems.js';
import { nearWords, wordNet } from '../src/wordnet/index.js';

const net = wordNet();
const synsetsOf = (word: string) => net.sensesOf(basesOf(word)[0] ?? '').map(({ synset }) => synset);
const share = (left: readonly number[], right: readonly number[]) => left.some((one) => right.includes(one));

describe('general English', () => {
  it.each([
    ['aid', 'assist'],
    ['decrease', 'diminish'],
    ['lawyer', 'attorney'],
    ['buy', 'purchased'],
  ])('knows that %s and %s can mean the same', (left, right) => {
    expect(share(synsetsOf(left), synsetsOf(right))).toBe(true);
  });

  it.each([
    ['murder', 'kill'],
    ['whisper', 'talk'],
  ])('knows that %s is a way to %s', (special, general) => {
    const above = synsetsOf(special).flatMap((synset) => net.above(synset));
    expect(share(above, synsetsOf(general))).toBe(true);
  });

  it.each([
    ['prison', 'cake'],
    ['court', 'river'],
  ])('does not take %s for %s', (left, right) => {
    expect(share(synsetsOf(left), synsetsOf(right))).toBe(false);
  });

  it('knows nothing of what is no word', () => {
    expect(net.sensesOf('xqzt')).toEqual([]);
    expect(net.valenceOf('xqzt')).toBe(0);
  });

  it('knows what is pleasant', () => {
    expect(net.valenceOf('disaster')).toBeLessThan(0);
    expect(net.valenceOf('excellent')).toBeGreaterThan(0);
  });
});

describe('words that are near each other', () => {
  const stemOf = (word: string) => basesOf(word)[0] ?? '';
  const nearness = (one: string, other: string) =>
    nearWords()
      .of(stemOf(one))
      .find(([stem]) => stem === stemOf(other))?.[1] ?? 0;

  it.each([
    ['jail', 'imprisonment'],
    ['kids', 'children'],
    ['jail', 'prison'],
  ])('are such as are defined in the same words: %s, %s', (one, other) => {
    expect(nearness(one, other)).toBeGreaterThan(0.1);
    expect(nearness(one, other)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['jail', 'river'],
    ['judge', 'cake'],
  ])('are not such as have nothing to do with each other: %s, %s', (one, other) => {
    expect(nearness(one, other)).toBe(0);
  });

  it('are told once each, never the word itself', () => {
    const near = nearWords()
      .of('prison')
      .map(([stem]) => stem);
    expect(near.length).toBeGreaterThan(0);
    expect(near).not.toContain('prison');
    expect(new Set(near).size).toBe(near.length);
    expect(nearWords().of('xqzt')).toEqual([]);
  });
});
