import type { AnyIndex, ComposedIndex, LexicalField } from '../index/index.js';

import { PassageRetriever } from '../retrieve/index.js';
import type { System } from './types.js';

/** Results that a ranking goes down to. */
export const DEPTH = 15;
/** Chunks asked for where several may be of one paragraph. */
export const CHUNK_DEPTH = 60;

export function paracite(name: string, index: AnyIndex): System {
  const retriever = new PassageRetriever({ index, limit: DEPTH });
  return {
    name,
    rank: async (question) =>
      (await retriever.invoke(question)).map(({ metadata }) => metadata.paragraph ?? 0),
  };
}

export function bm25(index: ComposedIndex, fields: readonly LexicalField[] = ['text']): System {
  return {
    name: 'BM25 alone (stemmed)',
    rank: async (question) => {
      const scores = index.lexical.search(question, { fields, limit: DEPTH });
      return [...scores.keys()].map((ordinal) => numberOf(index, ordinal));
    },
  };
}

export function vectors(index: ComposedIndex): System {
  return {
    name: 'Vectors alone (chunks, HNSW)',
    rank: async (question) => {
      const hits = await index.chunks.nearest(await index.embeddings.embedQuery(question), CHUNK_DEPTH, null);
      return distinct(hits.map(({ paragraph }) => numberOf(index, paragraph)));
    },
  };
}

/** A peer; what it is made of is only there for developing. */
export async function langchainDefault(index: AnyIndex): Promise<System> {
  return (await import('./peers.js')).langchainDefault(index);
}

/** Another. */
export async function oramaHybrid(index: AnyIndex): Promise<System> {
  return (await import('./peers.js')).oramaHybrid(index);
}

function numberOf(index: AnyIndex, ordinal: number): number {
  return index.paragraphs[ordinal]?.paragraph.number ?? -1;
}

export function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].slice(0, DEPTH);
}
