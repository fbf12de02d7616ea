import { breathe } from '../breathe.js';
import { chunkParagraph, type Sentence, sentencesOf } from '../chunk/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { QueryAdapter } from './adapter.js';
import { sentenceAffinities } from './affinity.js';
import { LexicalIndex } from './lexical.js';
import type { ChunkEntry, IndexedParagraph, QuestionEntry } from './types.js';
import { VectorIndex } from './vectors.js';

/** Longest chunk in tokens, also where the encoder takes more. */
export const MAX_CHUNK_TOKENS = 128;

/** What is searched: a corpus with everything that leads to its paragraphs. */
export interface ComposedIndex {
  readonly documents: readonly RecordDocument[];
  /** By ordinal. */
  readonly paragraphs: readonly IndexedParagraph[];
  /** Sentences of each paragraph, by ordinal. */
  readonly sentences: readonly (readonly Sentence[])[];
  readonly chunks: VectorIndex<ChunkEntry>;
  /** Of the sidecars' questions, with adapted vectors. */
  readonly questions: VectorIndex<QuestionEntry>;
  readonly adapter: QueryAdapter;
  readonly lexical: LexicalIndex;
  readonly embeddings: LocalEmbeddings;
}

/** Makes the index of a corpus in memory. */
export async function composeIndex(
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
): Promise<ComposedIndex> {
  const { dimension } = embeddings.profile;
  const paragraphs = paragraphsOf(documents);
  const sentences = sentencesByParagraph(paragraphs);
  const questions = paragraphs.map(questionsOf);
  const chunkEntries: ChunkEntry[] = [];
  for (const [ordinal, indexed] of paragraphs.entries()) {
    chunkEntries.push(...chunksOf(indexed, ordinal, embeddings));
    await breathe();
  }
  const asked = questions.flatMap((texts, paragraph) => texts.map((text) => ({ paragraph, text })));
  const encoded = await embeddings.embedAll(
    [...chunkEntries, ...asked].map(({ text }) => text),
    progress,
  );
  progress('indexing', 0, 1);
  const questionVectors = encoded.slice(chunkEntries.length);
  const lexical = LexicalIndex.build(paragraphs, questions);
  const chunks = await VectorIndex.build(
    chunkEntries,
    encoded.slice(0, chunkEntries.length),
    dimension,
    embeddings,
  );
  const adapter = await QueryAdapter.learn(
    questionVectors,
    asked.map(({ paragraph }) => paragraph),
    dimension,
  );
  const entries = asked.map((question, index): QuestionEntry => {
    const vector = questionVectors[index] ?? new Float32Array(dimension);
    const own = sentences[question.paragraph] ?? [];
    const affinities = sentenceAffinities(question, vector, own, lexical, chunks);
    return {
      kind: 'question',
      ...question,
      affinities: affinities.map((value) => Math.round(value * 1000) / 1000),
    };
  });
  const adapted = await adapter.applyAll(questionVectors);
  return {
    documents,
    paragraphs,
    sentences,
    chunks,
    questions: await VectorIndex.build(entries, adapted, dimension, embeddings),
    adapter,
    lexical,
    embeddings,
  };
}

export function paragraphsOf(documents: readonly RecordDocument[]): IndexedParagraph[] {
  return documents.flatMap((document) => document.paragraphs.map((paragraph) => ({ document, paragraph })));
}

export function sentencesByParagraph(paragraphs: readonly IndexedParagraph[]): Sentence[][] {
  return paragraphs.map(({ document, paragraph }) => sentencesOf(paragraph, document.metadata.language));
}

/** Paragraphs of a corpus that no question of a sidecar leads to. */
export function withoutQuestions(documents: readonly RecordDocument[]): IndexedParagraph[] {
  return paragraphsOf(documents).filter((paragraph) => questionsOf(paragraph).length === 0);
}

function questionsOf({ document, paragraph }: IndexedParagraph): string[] {
  return document.questions
    .filter((entry) => entry.paragraph === paragraph.number)
    .flatMap((entry) => [...entry.questions]);
}

function chunksOf(
  { document, paragraph }: IndexedParagraph,
  ordinal: number,
  embeddings: LocalEmbeddings,
): ChunkEntry[] {
  const { profile } = embeddings;
  const prefixTokens = profile.passagePrefix === '' ? 0 : embeddings.countTokens(profile.passagePrefix);
  const maxTokens = Math.min(MAX_CHUNK_TOKENS, profile.maxTokens) - prefixTokens;
  const { language } = document.metadata;
  const chunks = chunkParagraph(paragraph, { maxTokens, language, countTokens: embeddings.countTokens });
  return chunks.map(({ part, range, text }) => ({ kind: 'chunk', paragraph: ordinal, part, range, text }));
}
