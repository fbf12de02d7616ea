import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { create, insertMultiple, search } from '@orama/orama';
import type { AnyIndex, ComposedIndex, LexicalField } from '../index/index.js';
import { PassageRetriever } from '../retrieve/index.js';
import type { System } from './types.js';

/** Results that a ranking goes down to. */
export const DEPTH = 15;
/** Chunks asked for where several may be of one paragraph. */
const CHUNK_DEPTH = 60;

const everything = () => true;

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
    name: 'BM25 alone (MiniSearch, stemmed)',
    rank: async (question) => {
      const scores = [...index.lexical.scores(question, fields, everything)].sort(([, a], [, b]) => b - a);
      return scores.slice(0, DEPTH).map(([ordinal]) => numberOf(index, ordinal));
    },
  };
}

export function vectors(index: ComposedIndex): System {
  return {
    name: 'Vectors alone (chunks, HNSW)',
    rank: async (question) => {
      const hits = await index.chunks.nearest(await index.embeddings.embedQuery(question), CHUNK_DEPTH, null);
      return distinct(hits.map(({ entry }) => numberOf(index, entry.paragraph)));
    },
  };
}

/** What LangChain's documentation does: its splitter and its HNSW store as they come, with our encoder. */
export async function langchainDefault(index: AnyIndex): Promise<System> {
  const splitter = new RecursiveCharacterTextSplitter();
  const documents = await splitter.createDocuments(
    index.paragraphs.map(({ paragraph }) => paragraph.wording.text),
    index.paragraphs.map(({ paragraph }) => ({ number: paragraph.number })),
  );
  const store = await HNSWLib.fromDocuments(documents, index.embeddings);
  return {
    name: 'LangChain default (splitter + HNSWLib)',
    rank: async (question) => {
      const hits = await store.similaritySearch(question, Math.min(CHUNK_DEPTH, documents.length));
      return distinct(hits.map(({ metadata }) => metadata.number as number));
    },
  };
}

/** Orama's hybrid search as it comes, a document a paragraph, with our vectors. */
export async function oramaHybrid(index: AnyIndex): Promise<System> {
  const { dimension } = index.embeddings.profile;
  const database = create({
    schema: { number: 'number', text: 'string', embedding: `vector[${dimension}]` } as const,
  });
  const texts = index.paragraphs.map(({ paragraph }) => paragraph.wording.text);
  const embeddings = await index.embeddings.embedDocuments(texts);
  await insertMultiple(
    database,
    index.paragraphs.map(({ paragraph }, i) => ({
      number: paragraph.number,
      text: texts[i] ?? '',
      embedding: embeddings[i] ?? [],
    })),
  );
  return {
    name: 'Orama hybrid (same vectors)',
    rank: async (question) => {
      const value = await index.embeddings.embedQuery(question);
      const { hits } = await search(database, {
        mode: 'hybrid',
        term: question,
        vector: { value, property: 'embedding' },
        similarity: 0,
        limit: DEPTH,
      });
      return hits.map(({ document }) => document.number);
    },
  };
}

function numberOf(index: AnyIndex, ordinal: number): number {
  return index.paragraphs[ordinal]?.paragraph.number ?? -1;
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].slice(0, DEPTH);
}
