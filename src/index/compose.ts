import { breathe } from '../breathe.js';
import { chunkParagraph, type Sentence, sentencesOf } from '../chunk/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { QueryAdapter } from './adapter.js';
import { sentenceAffinities } from './affinity.js';
import { LexicalIndex } from './lexical.js';
import type { IndexedCorpus } from './search.js';
import {
  type ChunkEntry,
  type Entry,
  type HeadingEntry,
  type IndexedParagraph,
  listOf,
  type QuestionEntry,
  type UnansweredEntry,
} from './types.js';
import { VectorIndex } from './vectors.js';

/** Longest chunk in tokens, also where the encoder takes more. */
export const MAX_CHUNK_TOKENS = 128;

/** What is searched: a corpus with everything that leads to its paragraphs. */
export interface ComposedIndex extends IndexedCorpus {
  readonly chunks: VectorIndex<ChunkEntry>;
  /** Of the sidecars' questions, with adapted vectors. */
  readonly questions: VectorIndex<QuestionEntry>;
  /** Of the questions that the documents do not answer, with adapted vectors. */
  readonly unanswered: VectorIndex<UnansweredEntry>;
  /** Of the outlines' headings. */
  readonly headings: VectorIndex<HeadingEntry>;
  readonly lexical: LexicalIndex;
}

/** Vectors of passages, in the order of `texts`. */
export type Encode = (texts: readonly string[], progress: Progress) => Promise<Float32Array[]>;

/**
 * Makes the index of a corpus in memory.
 *
 * @param encode gives what `embeddings` give, perhaps from elsewhere
 */
export async function composeIndex(
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
  encode: Encode = (texts, told) => embeddings.embedAll(texts, told),
): Promise<ComposedIndex> {
  const { dimension } = embeddings.profile;
  const paragraphs = paragraphsOf(documents);
  const sentences = sentencesByParagraph(paragraphs);
  const questions = paragraphs.map((paragraph) => questionsOf(paragraph, 'questions'));
  const chunkEntries: ChunkEntry[] = [];
  for (const [ordinal, indexed] of paragraphs.entries()) {
    chunkEntries.push(...chunksOf(indexed, ordinal, embeddings));
    await breathe();
  }
  const asked = questions.flatMap((texts, paragraph) => texts.map((text) => ({ paragraph, text })));
  const unanswered = paragraphs.flatMap((indexed, paragraph) =>
    questionsOf(indexed, 'unanswered').map(
      (text): UnansweredEntry => ({ kind: 'unanswered', paragraph, text }),
    ),
  );
  const headings = headingsOf(documents, paragraphs);
  const groups = [chunkEntries, asked, unanswered, headings];
  const encoded = await encode(
    groups.flat().map(({ text }) => text),
    progress,
  );
  let indexed = 0;
  progress('indexing', indexed, encoded.length);
  const ends = groups.map((_, i) => groups.slice(0, i + 1).flat().length);
  const [chunkVectors = [], questionVectors = [], unansweredVectors = [], headingVectors = []] = ends.map(
    (end, i) => encoded.slice(ends[i - 1] ?? 0, end),
  );
  const lexical = LexicalIndex.build(paragraphs, questions);
  const indexOf = async <E extends Entry>(entries: readonly E[], vectors: readonly Float32Array[]) => {
    const built = await VectorIndex.build(listOf(entries), vectors, dimension, embeddings);
    indexed += entries.length;
    progress('indexing', indexed, encoded.length);
    return built;
  };
  const chunks = await indexOf(chunkEntries, chunkVectors);
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
  return {
    documents,
    paragraphs,
    sentences,
    chunks,
    questions: await indexOf(entries, await adapter.applyAll(questionVectors)),
    unanswered: await indexOf(unanswered, await adapter.applyAll(unansweredVectors)),
    headings: await indexOf(headings, headingVectors),
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
  return paragraphsOf(documents).filter((paragraph) => questionsOf(paragraph, 'questions').length === 0);
}

function questionsOf({ document, paragraph }: IndexedParagraph, which: 'questions' | 'unanswered'): string[] {
  return document.questions
    .filter((entry) => entry.paragraph === paragraph.number)
    .flatMap((entry) => [...entry[which]]);
}

function headingsOf(
  documents: readonly RecordDocument[],
  paragraphs: readonly IndexedParagraph[],
): HeadingEntry[] {
  return documents.flatMap((document) =>
    document.outline.flatMap(({ kind, title, from }, position): HeadingEntry[] => {
      // What a part or a year is about, its sections say; an opening is about everything.
      if (kind === 'part' || kind === 'year' || /\bopening\b/iu.test(title)) return [];
      const paragraph = paragraphs.findIndex(
        (indexed) => indexed.document === document && indexed.paragraph.number === from,
      );
      return [{ kind: 'heading', paragraph, text: title, position }];
    }),
  );
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
