import { breathe } from '../breathe.js';
import { chunkParagraph } from '../chunk/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { arrayOf, joined, type List, partOf } from '../lists.js';
import { QueryAdapter } from './adapter.js';
import { sentenceAffinities } from './affinity.js';
import { ChunkList, ChunkPacker } from './chunk-list.js';
import { LexicalIndex } from './lexical.js';
import type { IndexedCorpus } from './search.js';
import type { KeptGraphs } from './segment.js';
import { sentencesReader } from './sentences.js';
import {
  type ChunkEntry,
  type Entry,
  type EntryList,
  type HeadingEntry,
  IN_GRAPHS,
  type IndexedParagraph,
  listOf,
  type QuestionEntry,
  type UnansweredEntry,
  type VectorsName,
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
export type Encode = (texts: List<string>, progress: Progress) => Promise<List<Float32Array>>;

/**
 * Makes the index of a corpus in memory.
 *
 * @param encode gives what `embeddings` give, perhaps from elsewhere
 * @param kept graphs that need not be made
 */
export async function composeIndex(
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
  encode: Encode = (texts, told) => embeddings.embedAll(texts, told),
  kept?: KeptGraphs,
): Promise<ComposedIndex> {
  const { dimension } = embeddings.profile;
  const paragraphs = paragraphsOf(documents);
  const sentencesOf = sentencesReader(paragraphs);
  const questions = questionsByParagraph(documents, 'questions');
  const chunkList = await chunksOf(paragraphs, embeddings);
  const asked = questions.flatMap((texts, paragraph) => texts.map((text) => ({ paragraph, text })));
  const unanswered = questionsByParagraph(documents, 'unanswered').flatMap((texts, paragraph) =>
    texts.map((text): UnansweredEntry => ({ kind: 'unanswered', paragraph, text })),
  );
  const headings = headingsOf(documents);
  const chunkTexts: List<string> = { length: chunkList.size, at: (row) => chunkList.entry(row)?.text };
  const others = [asked, unanswered, headings].map((entries) => entries.map(({ text }) => text));
  const encoded = await encode(joined([chunkTexts, ...others]), progress);
  let indexed = 0;
  progress('indexing', indexed, encoded.length);
  let taken = 0;
  const next = (count: number) => {
    taken += count;
    return partOf(encoded, taken - count, taken);
  };
  const chunkVectors = next(chunkList.size);
  const questionVectors = arrayOf(next(asked.length));
  const unansweredVectors = arrayOf(next(unanswered.length));
  const headingVectors = next(headings.length);
  const lexical = await LexicalIndex.build(paragraphs, questions);
  const indexOf = async <E extends Entry>(name: VectorsName, list: EntryList<E>, own: List<Float32Array>) => {
    const options = { graph: IN_GRAPHS.has(name), ...(kept && { kept }) };
    const built = await VectorIndex.build(list, own, dimension, embeddings, options);
    indexed += list.size;
    progress('indexing', indexed, encoded.length);
    return built;
  };
  const chunks = await indexOf('chunks', chunkList, chunkVectors);
  const adapter = await QueryAdapter.learn(
    questionVectors,
    asked.map(({ paragraph }) => paragraph),
    dimension,
  );
  const entries = asked.map((question, index): QuestionEntry => {
    const vector = questionVectors[index] ?? new Float32Array(dimension);
    const affinities = sentenceAffinities(question, vector, sentencesOf(question.paragraph), lexical, chunks);
    return {
      kind: 'question',
      ...question,
      affinities: affinities.map((value) => Math.round(value * 1000) / 1000),
    };
  });
  return {
    documents,
    paragraphs,
    sentencesOf,
    chunks,
    questions: await indexOf('questions', listOf(entries), await adapter.applyAll(questionVectors)),
    unanswered: await indexOf('unanswered', listOf(unanswered), await adapter.applyAll(unansweredVectors)),
    headings: await indexOf('headings', listOf(headings), headingVectors),
    adapter,
    lexical,
    embeddings,
  };
}

export function paragraphsOf(documents: readonly RecordDocument[]): IndexedParagraph[] {
  return documents.flatMap((document) => document.paragraphs.map((paragraph) => ({ document, paragraph })));
}

/** Paragraphs of a corpus that no question of a sidecar leads to. */
export function withoutQuestions(documents: readonly RecordDocument[]): IndexedParagraph[] {
  const questions = questionsByParagraph(documents, 'questions');
  return paragraphsOf(documents).filter((_, ordinal) => questions[ordinal]?.length === 0);
}

/** Of each paragraph, by ordinal. */
function questionsByParagraph(
  documents: readonly RecordDocument[],
  which: 'questions' | 'unanswered',
): (readonly string[])[] {
  return documents.flatMap((document) => {
    const own = new Map<number, string[]>();
    for (const entry of document.questions) {
      const known = own.get(entry.paragraph);
      if (known) known.push(...entry[which]);
      else own.set(entry.paragraph, [...entry[which]]);
    }
    return document.paragraphs.map(({ number }) => own.get(number) ?? NONE);
  });
}

const NONE: readonly string[] = [];

function headingsOf(documents: readonly RecordDocument[]): HeadingEntry[] {
  let before = 0;
  return documents.flatMap(({ outline, paragraphs }) => {
    const start = before;
    before += paragraphs.length;
    const firsts = new Map(paragraphs.map(({ number }, at) => [number, start + at] as const).reverse());
    return outline.flatMap(({ kind, title, from }, position): HeadingEntry[] => {
      // What a part or a year is about, its sections say; an opening is about everything.
      if (kind === 'part' || kind === 'year' || /\bopening\b/iu.test(title)) return [];
      return [{ kind: 'heading', paragraph: firsts.get(from) ?? -1, text: title, position }];
    });
  });
}

async function chunksOf(
  paragraphs: readonly IndexedParagraph[],
  embeddings: LocalEmbeddings,
): Promise<ChunkList> {
  const { profile, countTokens } = embeddings;
  const prefixTokens = profile.passagePrefix === '' ? 0 : countTokens(profile.passagePrefix);
  const maxTokens = Math.min(MAX_CHUNK_TOKENS, profile.maxTokens) - prefixTokens;
  const packer = new ChunkPacker();
  for (const [ordinal, { document, paragraph }] of paragraphs.entries()) {
    const { language } = document.metadata;
    for (const { part, range, text } of chunkParagraph(paragraph, { maxTokens, language, countTokens }))
      packer.add({ paragraph: ordinal, part, range, text });
    await breathe();
  }
  return new ChunkList(packer.pack(), paragraphs);
}
