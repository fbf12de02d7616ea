import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, ModelProfile, Progress } from '../embed/index.js';
import { composeIndex, MAX_CHUNK_TOKENS } from './compose.js';
import type { Manifest } from './types.js';
import { HNSW } from './vectors.js';

/** Raised whenever the files of an index, or what is put into them, change. */
export const FORMAT = 1;

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
  const composed = await composeIndex(documents, embeddings, progress);
  const { chunks, questions, adapter, lexical } = composed;
  await mkdir(directory, { recursive: true });
  const { profile } = embeddings;
  const identity = identityOf(documents, profile);
  const folder = `${identity}-${randomUUID().slice(0, 8)}`;
  let manifest: Manifest;
  const temporary = path.join(directory, TEMPORARY + folder);
  await mkdir(temporary);
  try {
    chunks.writeGraph(path.join(temporary, FILES.chunkGraph));
    questions.writeGraph(path.join(temporary, FILES.questionGraph));
    const contents = {
      [FILES.chunkMatrix]: bytesOf(chunks.matrix),
      [FILES.questionMatrix]: bytesOf(questions.matrix),
      [FILES.adapter]: bytesOf(adapter.factor),
      [FILES.chunks]: JSON.stringify(chunks.entries),
      [FILES.questions]: JSON.stringify(questions.entries),
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
        paragraphs: composed.paragraphs.length,
        chunks: chunks.size,
        questions: questions.size,
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
