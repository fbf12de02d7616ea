import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chunkParagraph, sentencesOf } from '../chunk/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, ModelProfile, Progress } from '../embed/index.js';
import { QueryAdapter } from './adapter.js';
import { sentenceAffinities } from './affinity.js';
import { LexicalIndex } from './lexical.js';
import type { ChunkEntry, IndexedParagraph, Manifest, QuestionEntry } from './types.js';
import { HNSW, VectorIndex } from './vectors.js';

/** Raised whenever the files of an index, or what is put into them, change. */
export const FORMAT = 1;

/** Longest chunk in tokens, where the encoder takes more: longer chunks were worse (`npm run ablation`). */
export const MAX_CHUNK_TOKENS = 128;

/** Names the folder that holds the index in use. Renaming it into place is the one step of the swap. */
export const CURRENT = 'CURRENT';
export const MANIFEST = 'manifest.json';
export const FILES = {
  chunkGraph: 'chunks.hnsw',
  chunkMatrix: 'chunks.f32',
  questionGraph: 'questions.hnsw',
  questionMatrix: 'questions.f32',
  adapter: 'adapter.f32',
  chunks: 'chunks.json',
  questions: 'questions.json',
  lexical: 'lexical.json',
} as const;

const TEMPORARY = '.tmp-';

export function paragraphsOf(documents: readonly RecordDocument[]): IndexedParagraph[] {
  return documents.flatMap((document) => document.paragraphs.map((paragraph) => ({ document, paragraph })));
}

/** Same inputs, same identity. Stands in every response as `index`. */
export function identityOf(documents: readonly RecordDocument[], model: ModelProfile): string {
  const inputs = {
    format: FORMAT,
    documents: documents.map(({ metadata, sha256 }) => [metadata, sha256]),
    model: model.identity,
    chunkTokens: Math.min(MAX_CHUNK_TOKENS, model.maxTokens),
    hnsw: HNSW,
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

/**
 * Builds the index of a corpus next to the one in use and swaps it in. Killed at any moment, either the old or the
 * new index is in place, whole.
 */
export async function buildIndex(
  directory: string,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
): Promise<Manifest> {
  const { profile } = embeddings;
  const paragraphs = paragraphsOf(documents);
  const questions = paragraphs.map(questionsOf);
  const chunkEntries = paragraphs.flatMap((indexed, ordinal) => chunksOf(indexed, ordinal, embeddings));
  const asked = questions.flatMap((texts, paragraph) => texts.map((text) => ({ paragraph, text })));
  const encoded = await embeddings.embedAll(
    [...chunkEntries, ...asked].map(({ text }) => text),
    progress,
  );
  progress('indexing', 0, 1);
  const { dimension } = profile;
  const chunkVectors = encoded.slice(0, chunkEntries.length);
  const questionVectors = encoded.slice(chunkEntries.length);
  const lexical = LexicalIndex.build(paragraphs, questions);
  const chunkIndex = VectorIndex.build(chunkEntries, chunkVectors, dimension, embeddings);
  const sentencesByParagraph = paragraphs.map(({ document, paragraph }) =>
    sentencesOf(paragraph, document.metadata.language),
  );
  const questionEntries = asked.map((question, index): QuestionEntry => {
    const vector = questionVectors[index] ?? new Float32Array(dimension);
    const sentences = sentencesByParagraph[question.paragraph] ?? [];
    const affinities = sentenceAffinities(question, vector, sentences, lexical, chunkIndex);
    return {
      kind: 'question',
      ...question,
      affinities: affinities.map((value) => Math.round(value * 1000) / 1000),
    };
  });
  const adapter = QueryAdapter.learn(
    questionVectors,
    asked.map(({ paragraph }) => paragraph),
    dimension,
  );
  const adapted = questionVectors.map((vector) => adapter.apply(vector));
  const questionIndex = VectorIndex.build(questionEntries, adapted, dimension, embeddings);

  await mkdir(directory, { recursive: true });
  const identity = identityOf(documents, profile);
  const folder = `${identity}-${randomUUID().slice(0, 8)}`;
  let manifest: Manifest;
  const temporary = path.join(directory, TEMPORARY + folder);
  await mkdir(temporary);
  try {
    chunkIndex.writeGraph(path.join(temporary, FILES.chunkGraph));
    questionIndex.writeGraph(path.join(temporary, FILES.questionGraph));
    const contents = {
      [FILES.chunkMatrix]: bytesOf(chunkIndex.matrix),
      [FILES.questionMatrix]: bytesOf(questionIndex.matrix),
      [FILES.adapter]: bytesOf(adapter.factor),
      [FILES.chunks]: JSON.stringify(chunkEntries),
      [FILES.questions]: JSON.stringify(questionEntries),
      [FILES.lexical]: lexical.serialize(),
    };
    for (const [name, content] of Object.entries(contents))
      await writeFile(path.join(temporary, name), content);
    manifest = {
      format: FORMAT,
      identity,
      builtAt: new Date().toISOString(),
      model: { identity: profile.identity, dimension: profile.dimension },
      documents: documents.map(({ metadata, sha256 }) => ({ id: metadata.id, sha256 })),
      counts: {
        paragraphs: paragraphs.length,
        chunks: chunkIndex.size,
        questions: questionIndex.size,
      },
      files: Object.fromEntries(
        await Promise.all(
          Object.values(FILES).map(async (name) => [name, await sha256Of(path.join(temporary, name))]),
        ),
      ),
    };
    await writeFile(path.join(temporary, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(temporary, path.join(directory, folder));
    await pointTo(directory, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await removeOthers(directory, folder);
  progress('indexing', 1, 1);
  return manifest;
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

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function pointTo(directory: string, folder: string): Promise<void> {
  const temporary = path.join(directory, `${TEMPORARY}${CURRENT}-${randomUUID()}`);
  await writeFile(temporary, `${folder}\n`);
  await rename(temporary, path.join(directory, CURRENT));
}

/** Removes what earlier and interrupted builds left. A build that runs at the same time finishes or fails by itself. */
async function removeOthers(directory: string, keep: string): Promise<void> {
  const names = await readdir(directory, { withFileTypes: true });
  const old = names.filter(
    (entry) => entry.isDirectory() && entry.name !== keep && /^(\.tmp-)?[0-9a-f]{16}-/.test(entry.name),
  );
  await Promise.all(old.map(({ name }) => rm(path.join(directory, name), { recursive: true, force: true })));
}

export async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
