import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, ModelProfile, Progress } from '../embed/index.js';

import { hold, isLeftOver } from '../hold.js';
import { type Counts, VectorStore } from '../store/index.js';
import { packChunks } from './chunk-list.js';
import { type ComposedIndex, composeIndex, type Encode, MAX_CHUNK_TOKENS } from './compose.js';
import { SEGMENT } from './cut.js';
import { keptGraphs } from './kept.js';
import { HNSW } from './segment.js';
import { type Manifest, VECTORS, type VectorsName } from './types.js';

/** Raised whenever the files of an index, or what is put into them, change. */
export const FORMAT = 15;

/** Names the folder that holds the index in use. Renaming it into place is the one step of the swap. */
export const CURRENT = 'CURRENT';
export const MANIFEST = 'manifest.json';
export const graphFile = (name: VectorsName, segment: number) => `${name}-${segment}.hnsw`;
const vectorsFile = (name: VectorsName, segment: number) => `${name}-${segment}.f32`;
export const entriesFile = (name: VectorsName) => (name === 'chunks' ? 'chunks.bin' : `${name}.json`);
export const ADAPTER = 'adapter.f32';
export const LEXICAL = 'lexical.bin';
/** Files that every index has, beside its manifest and the graphs. */
export const FILES: readonly string[] = [...VECTORS.map(entriesFile), ADAPTER, LEXICAL];

/** Files of the graphs of an index, by segment. */
export function graphFiles(name: VectorsName, files: Manifest['files']): string[] {
  const found: string[] = [];
  for (let segment = 0; ; segment += 1) {
    const file = [graphFile, vectorsFile].map((of) => of(name, segment)).find((own) => own in files);
    if (file === undefined) return found;
    found.push(file);
  }
}

/** Folder of the vectors of texts, which builds share. */
export const STORE = 'vectors';
const TEMPORARY = '.tmp-';

/** Same inputs, same identity. Stands in every response as `index`. */
export function identityOf(documents: readonly RecordDocument[], model: ModelProfile): string {
  const inputs = {
    format: FORMAT,
    documents: documents.map(({ fingerprint }) => fingerprint),
    model: model.identity,
    chunkTokens: Math.min(MAX_CHUNK_TOKENS, model.maxTokens),
    hnsw: HNSW,
    segment: SEGMENT,
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

export interface Built {
  readonly manifest: Manifest;
  readonly texts: Counts;
}

/**
 * Builds the index of a corpus next to the one in use and swaps it in. Only texts that no earlier build has seen are
 * encoded, also where that one was killed; the result is byte for byte what a build from nothing gives. Killed at any
 * moment, either the old or the new index is in place, whole.
 */
export async function buildIndex(
  directory: string,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
): Promise<Built> {
  // Before the long work, so that a folder that cannot be used is told at once.
  await mkdir(directory, { recursive: true });
  const { made, texts } = await composeStored(
    directory,
    documents,
    embeddings,
    progress,
    async (composed) => {
      progress('writing', 0, 1);
      const { manifest, folder } = await writeFiles(directory, composed);
      await removeOthers(directory, folder);
      return manifest;
    },
  );
  progress('writing', 1, 1);
  return { manifest: made, texts };
}

/**
 * Composes an index of vectors that earlier builds in the folder made, as far as there are, and makes something of it.
 *
 * @returns what was made, and how many texts were encoded
 */
export async function composeStored<T>(
  directory: string,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
  progress: Progress,
  make: (composed: ComposedIndex) => Promise<T>,
): Promise<{ readonly made: T; readonly texts: Counts }> {
  await mkdir(directory, { recursive: true });
  const store = await VectorStore.open(path.join(directory, STORE), embeddings);
  try {
    const encode: Encode = (texts, told) => store.embed(texts, told);
    const kept = await keptGraphs(directory);
    const made = await make(await composeIndex(documents, embeddings, progress, encode, kept));
    // The index is in place: what cannot be tidied now, for want of room, a later build will.
    await store.compact().catch(() => false);
    return { made, texts: store.counts };
  } finally {
    await store.close();
  }
}

/** Writes an index that was composed or read elsewhere next to the one in use and swaps it in. */
export async function writeIndex(directory: string, composed: ComposedIndex): Promise<Manifest> {
  await mkdir(directory, { recursive: true });
  const { manifest, folder } = await writeFiles(directory, composed);
  await removeOthers(directory, folder);
  return manifest;
}

/** Writes an index and points to it. */
async function writeFiles(
  directory: string,
  composed: ComposedIndex,
): Promise<{ readonly manifest: Manifest; readonly folder: string }> {
  const identity = identityOf(composed.documents, composed.embeddings.profile);
  const folder = `${identity}-${randomUUID().slice(0, 8)}`;
  const temporary = path.join(directory, TEMPORARY + folder);
  await mkdir(temporary);
  try {
    const write = (name: string, content: string | Uint8Array) =>
      writeFile(path.join(temporary, name), content);
    for (const name of VECTORS) {
      const vectors = composed[name];
      const fileOf = vectors.hasGraph ? graphFile : vectorsFile;
      vectors.write((segment) => path.join(temporary, fileOf(name, segment)));
      await write(entriesFile(name), entriesOf(composed, name));
    }
    await write(ADAPTER, bytesOf(composed.adapter.factor));
    await write(LEXICAL, composed.lexical.serialize());
    const graphs = VECTORS.flatMap((name) =>
      composed[name].keys().map((key) => [graphFile(name, 0), key] as const),
    );
    const files: [string, string][] = [];
    for (const name of (await readdir(temporary)).sort())
      files.push([name, await sha256Of(path.join(temporary, name))]);
    const manifest = manifestOf(composed, Object.fromEntries(files), Object.fromEntries(graphs));
    const written = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(path.join(temporary, MANIFEST), written);
    await rename(temporary, path.join(directory, folder));
    await pointTo(directory, { folder, manifestSha256: hashOf(written) });
    return { manifest, folder };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function entriesOf(composed: ComposedIndex, name: VectorsName): string | Uint8Array {
  return name === 'chunks'
    ? packChunks(composed.chunks.entries())
    : JSON.stringify([...composed[name].entries()]);
}

/**
 * @param files SHA-256 of every file that it is written to
 * @param graphs what each graph is of
 */
export function manifestOf(
  composed: ComposedIndex,
  files: Manifest['files'],
  graphs: Manifest['graphs'] = {},
): Manifest {
  const { documents, embeddings } = composed;
  const { identity, dimension } = embeddings.profile;
  return {
    format: FORMAT,
    identity: identityOf(documents, embeddings.profile),
    builtAt: new Date().toISOString(),
    model: { identity, dimension },
    documents: documents.map(({ metadata, fingerprint }) => ({ id: metadata.id, fingerprint })),
    counts: {
      paragraphs: composed.paragraphs.length,
      chunks: composed.chunks.size,
      questions: composed.questions.size,
      unanswered: composed.unanswered.size,
    },
    graphs,
    files,
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** What `CURRENT` says: the folder in use, and how to know that its manifest is as it was written. */
export interface Pointer {
  readonly folder: string;
  readonly manifestSha256: string;
}

async function pointTo(directory: string, { folder, manifestSha256 }: Pointer): Promise<void> {
  const temporary = path.join(directory, `${TEMPORARY}${CURRENT}-${randomUUID()}`);
  await writeFile(temporary, `${folder} ${manifestSha256}\n`);
  await rename(temporary, path.join(directory, CURRENT));
}

/** Null where there is no index. */
export async function readPointer(directory: string): Promise<Pointer | null> {
  const text = await readFile(path.join(directory, CURRENT), 'utf8').catch(() => null);
  const [folder, manifestSha256 = ''] = text?.trim().split(' ') ?? [];
  return folder ? { folder: path.basename(folder), manifestSha256 } : null;
}

/**
 * Says that the folder of an index is in use, so that no build removes it, of this process or another.
 *
 * @returns ends that
 */
export function holdIndex(directory: string, { folder }: Pointer): () => void {
  return hold(path.join(directory, folder));
}

/**
 * Removes what earlier and interrupted builds left. What was written or held a short while ago is in use, or belongs
 * to a build that runs at the same time.
 */
async function removeOthers(directory: string, keep: string): Promise<void> {
  const names = await readdir(directory);
  const old = names.filter(
    (name) => name !== keep && (name.startsWith(TEMPORARY) || /^[0-9a-f]{16}-/u.test(name)),
  );
  for (const name of old) {
    const file = path.join(directory, name);
    if (await isLeftOver(file)) await rm(file, { recursive: true, force: true });
  }
}

async function sha256Of(file: string): Promise<string> {
  return hashOf(await readFile(file));
}

export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
