import { describe, expect, it } from 'vitest';
import type { Exchanges, Job } from '../../src/response/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { viewCache } from '../../src/serving/cache.js';

type Searched = Job<'search'>;

function search(text: string, changes: Partial<Searched['request']> = {}): Searched {
  return { kind: 'search', request: { text, limit: 5, scope: true, filters: NO_FILTERS, ...changes } };
}

/** A cache, and how often something had to be computed. */
function counted(entries: number) {
  const cache = viewCache(entries);
  let computed = 0;
  return {
    cache,
    computed: () => computed,
    get: (identity: string, job: Searched) =>
      cache.through(identity, job, async (): Promise<Exchanges['search']['view']> => {
        computed += 1;
        return { query: job.request.text, results: [], scope: [], index: identity };
      }),
  };
}

describe('the cache of answers', () => {
  it('answers an equal request from memory, and a different one not', async () => {
    const { get, computed, cache } = counted(10);
    const filters = { ...NO_FILTERS, years: [2021, 2022], documents: ['a', 'b'] };
    const first = await get('one', search('q', { filters }));
    const reordered = { ...NO_FILTERS, years: [2022, 2021, 2022], documents: ['b', 'a'] };
    expect(await get('one', search('q', { filters: reordered }))).toBe(first);
    expect(computed()).toBe(1);
    const others = [
      search('Q', { filters }),
      search('q'),
      search('q', { filters, limit: 6 }),
      search('q', { filters, scope: false }),
      search('q', { filters: { ...filters, years: [2021] } }),
      search('q', { filters: { ...filters, sections: ['a'] } }),
      search('q', { filters: { ...filters, paragraphs: { from: 1 } } }),
      search('q', { filters: { ...filters, paragraphs: { to: 1 } } }),
    ];
    for (const job of others) await get('one', job);
    expect(computed()).toBe(1 + others.length);
    expect(cache.stats()).toEqual({ hits: 1, misses: 1 + others.length });
  });

  it('never answers for another index', async () => {
    const { get } = counted(10);
    expect((await get('one', search('q'))).index).toBe('one');
    expect((await get('two', search('q'))).index).toBe('two');
    expect((await get('one', search('q'))).index).toBe('one');
  });

  it('keeps the most recently used, and nothing where it is off', async () => {
    const small = counted(2);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await small.get('one', search(text));
    expect(small.computed()).toBe(4);
    const off = counted(0);
    for (const text of ['a', 'a']) await off.get('one', search(text));
    expect(off.computed()).toBe(2);
    expect(off.cache.stats()).toEqual({ hits: 0, misses: 0 });
  });

  it('keeps no error', async () => {
    const { cache } = counted(2);
    const fails = () => Promise.reject(new Error('once'));
    await expect(cache.through('one', search('q'), fails)).rejects.toThrow('once');
    const view = { query: 'q', results: [], scope: [], index: 'one' };
    expect(await cache.through('one', search('q'), async () => view)).toBe(view);
  });
});
