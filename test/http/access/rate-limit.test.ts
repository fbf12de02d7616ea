import { describe, expect, it } from 'vitest';
import { rateLimit, rateLimitHeaders } from '../../../src/http/access/rate-limit.js';

describe('rateLimit', () => {
  it('allows what is allowed, and counts down', async () => {
    const limit = rateLimit(3);
    const seen = [];
    for (let count = 0; count < 5; count += 1) seen.push(await limit.ofKey('key-1'));
    expect(seen.map(({ allowed }) => allowed)).toEqual([true, true, true, false, false]);
    expect(seen.map(({ remaining }) => remaining)).toEqual([2, 1, 0, 0, 0]);
    for (const { resetSeconds } of seen) {
      expect(resetSeconds).toBeGreaterThan(0);
      expect(resetSeconds).toBeLessThanOrEqual(60);
    }
  });

  it('counts keys and networks apart', async () => {
    const limit = rateLimit(1);
    expect((await limit.ofKey('key-1')).allowed).toBe(true);
    expect((await limit.ofKey('key-2')).allowed).toBe(true);
    expect((await limit.ofNetwork('key-1')).allowed).toBe(true);
    expect((await limit.ofKey('key-1')).allowed).toBe(false);
  });

  it('has no more counters than it says, however many networks come', async () => {
    const limit = rateLimit(1);
    let refused = 0;
    for (let count = 0; count <= 65_536; count += 1) {
      if (!(await limit.ofNetwork(`network ${count}`)).allowed) refused += 1;
    }
    // One network more than counters: at least two share one.
    expect(refused).toBeGreaterThan(0);
  });

  it('tells clients in the fields of both drafts', () => {
    const allowance = { allowed: true, limit: 60, remaining: 12, resetSeconds: 31 };
    expect(rateLimitHeaders(allowance)).toEqual({
      'RateLimit-Limit': '60',
      'RateLimit-Remaining': '12',
      'RateLimit-Reset': '31',
      'RateLimit-Policy': '"default";q=60;w=60',
      RateLimit: '"default";r=12;t=31',
    });
  });
});
