import { describe, expect, it } from 'vitest';
import { basesOf } from '../src/check/stems.js';
import { wordNet } from '../src/wordnet/index.js';

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
