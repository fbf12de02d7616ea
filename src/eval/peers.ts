import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import { create, insertMultiple, search } from '@orama/orama';
import type { AnyIndex } from '../index/index.js';
import { CHUNK_DEPTH, DEPTH, distinct } from './systems.js';
import type { System } from './types.js';

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
