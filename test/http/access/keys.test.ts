import * as crypto from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keyring } from '../../../src/http/access/keys.js';

// The real comparison, watched.
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const compare = vi.mocked(crypto.timingSafeEqual);
const KEYS = ['first-key-of-all', 'second', 'ключ', 'second-and-longer'];

beforeEach(() => {
  compare.mockClear();
});

describe('keyring', () => {
  it('knows each key by its place, and no other text', () => {
    const ring = keyring(KEYS);
    expect(KEYS.map(ring.nameOf)).toEqual(['key-1', 'key-2', 'key-3', 'key-4']);
    const others = [
      '',
      ' ',
      'secon',
      'second ',
      'Second',
      'second-',
      'first-key-of-al',
      'undefined',
      'key-1',
      '\0',
    ];
    for (const other of others) expect(ring.nameOf(other), other).toBeNull();
    expect(ring.nameOf('x'.repeat(100_000))).toBeNull();
  });

  it.each(['first-key-of-all', 'second-and-longer', 'f', 'nothing like it', ''])(
    'compares hashes of one length with every key, whatever is shown: "%s"',
    (shown) => {
      keyring(KEYS).nameOf(shown);
      expect(compare).toHaveBeenCalledTimes(KEYS.length);
      for (const [a, b] of compare.mock.calls) expect([a.byteLength, b.byteLength]).toEqual([32, 32]);
    },
  );

  it('compares nothing that can be computed in advance: the hashes differ from process to process', () => {
    keyring(KEYS).nameOf('second');
    const first = compare.mock.calls.map(([own]) => Buffer.from(own as Buffer).toString('hex'));
    compare.mockClear();
    keyring(KEYS).nameOf('second');
    const next = compare.mock.calls.map(([own]) => Buffer.from(own as Buffer).toString('hex'));
    expect(next.filter((hash) => first.includes(hash))).toEqual([]);
  });

  it('is open where there are no keys, and then knows none', () => {
    expect(keyring([])).toMatchObject({ closed: false });
    expect(keyring([]).nameOf('')).toBeNull();
    expect(keyring(KEYS).closed).toBe(true);
  });
});
