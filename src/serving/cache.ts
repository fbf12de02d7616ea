import { LRUCache } from 'lru-cache';
import type { Exchanges, Job } from '../response/index.js';

export interface CacheStats {
  readonly hits: number;
  readonly misses: number;
}

/** What is worth keeping: a quotation is hardly ever compared twice. */
export type KeptKind = 'ask' | 'search';

/** What was answered before, by index and request: an index never answers for another. */
export interface ViewCache {
  /** What is known, or else what `compute` gives, which is kept. */
  through<K extends KeptKind>(
    identity: string,
    job: Job<K>,
    compute: () => Promise<Exchanges[K]['view']>,
  ): Promise<Exchanges[K]['view']>;
  clear(): void;
  stats(): CacheStats;
}

/** @param entries most views kept, the least recently used go first; 0 keeps none */
export function viewCache(entries: number): ViewCache {
  const known = entries > 0 ? new LRUCache<string, Exchanges[KeptKind]['view']>({ max: entries }) : null;
  let hits = 0;
  let misses = 0;
  return {
    through: async (identity, job, compute) => {
      if (!known) return compute();
      const key = requestKey(identity, job as Job<KeptKind>);
      const found = known.get(key);
      if (found) {
        hits += 1;
        // Kept under the kind of its request.
        return found as Awaited<ReturnType<typeof compute>>;
      }
      misses += 1;
      const view = await compute();
      known.set(key, view);
      return view;
    },
    clear: () => known?.clear(),
    stats: () => ({ hits, misses }),
  };
}

/** Equal for requests that must be answered alike: the order and repetition of filters says nothing. */
export function requestKey(identity: string, { kind, request }: Job<KeptKind>): string {
  const { text, limit, scope, filters } = request;
  const { documents, years, sections, paragraphs } = filters;
  const lists = [documents, years, sections].map((list) => [...new Set<string | number>(list)].sort());
  const range = paragraphs && [paragraphs.from ?? null, paragraphs.to ?? null];
  return JSON.stringify([identity, kind, text, limit, scope, lists, range]);
}
