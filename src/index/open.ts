import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import { QueryAdapter } from './adapter.js';
import {
  ADAPTER,
  buildIndex,
  entriesFile,
  FORMAT,
  graphFiles,
  hashOf,
  identityOf,
  LEXICAL,
  MANIFEST,
  type Pointer,
  readPointer,
} from './build.js';
import { ChunkList } from './chunk-list.js';
import { type ComposedIndex, paragraphsOf } from './compose.js';
import { readOf } from './graph-file.js';
import { LexicalIndex } from './lexical.js';
import { sentencesReader } from './sentences.js';
import {
  type ChunkEntry,
  type Entry,
  type EntryList,
  type HeadingEntry,
  listOf,
  type Manifest,
  type QuestionEntry,
  type UnansweredEntry,
  type VectorsName,
} from './types.js';
import { VectorIndex } from './vectors.js';
import { begunAhead, readVerified } from './verified.js';

/** An index in memory as it stands on disk. */
export interface SearchIndex extends ComposedIndex {
  readonly manifest: Manifest;
  /** Where it stands. */
  readonly pointer: Pointer;
}

/** Why an index on disk is not used. */
export interface Unusable {
  readonly reason: 'missing' | 'stale' | 'damaged';
  readonly detail: string;
}

export interface OpenOptions {
  readonly directory: string;
  readonly documents: readonly RecordDocument[];
  readonly embeddings: LocalEmbeddings;
  /** The index to open; the one in use where undefined. */
  readonly pointer?: Pointer;
  readonly progress?: Progress;
  /** Told why the index is built. */
  readonly onRebuild?: (why: Unusable) => void;
}

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  identity: z.string(),
  builtAt: z.string(),
  model: z.object({ identity: z.string(), dimension: z.int() }),
  documents: z.array(z.object({ id: z.string(), fingerprint: z.string() })),
  counts: z.object({ paragraphs: z.int(), chunks: z.int(), questions: z.int(), unanswered: z.int() }),
  graphs: z.record(z.string(), z.string()),
  files: z.record(z.string(), z.string()),
});

/**
 * The index of a corpus: the one on disk where it is whole and of these inputs, otherwise a new one.
 *
 * @throws ParaciteError `index` where it cannot be built either
 */
export async function openOrBuild(options: OpenOptions): Promise<SearchIndex> {
  const found = await openIndex(options);
  if (!('reason' in found)) return found;
  options.onRebuild?.(found);
  try {
    await buildIndex(
      options.directory,
      options.documents,
      options.embeddings,
      options.progress ?? (() => undefined),
    );
  } catch (cause) {
    throw new ParaciteError(
      'index',
      `the index cannot be built in ${options.directory}: ${messageOf(cause)}; see that the folder is writable and the disk not full, or set INDEX_DIR`,
      { cause },
    );
  }
  const built = await openIndex(options);
  if ('reason' in built) {
    throw new ParaciteError(
      'index',
      `the index just built in ${options.directory} is ${built.reason}: ${built.detail}`,
    );
  }
  return built;
}

/**
 * Opens an index on disk, every file verified by its checksum: but for vectors of which there are codes, each of which is when it is read.
 */
export async function openIndex(options: OpenOptions): Promise<SearchIndex | Unusable> {
  const { directory, documents, embeddings } = options;
  const pointer = options.pointer ?? (await readPointer(directory));
  if (pointer === null) return { reason: 'missing', detail: `no index in ${directory}` };
  const folder = path.join(directory, pointer.folder);
  try {
    const written = await readFile(path.join(folder, MANIFEST), 'utf8');
    if (hashOf(written) !== pointer.manifestSha256)
      return { reason: 'damaged', detail: `${MANIFEST} is not as it was written` };
    const json: unknown = JSON.parse(written);
    if ((json as { format?: unknown }).format !== FORMAT)
      return { reason: 'stale', detail: 'written in another format' };
    const manifest: Manifest = manifestSchema.parse(json);
    const stale = staleness(manifest, documents, embeddings);
    if (stale) return { reason: 'stale', detail: stale };
    const paragraphs = paragraphsOf(documents);
    const { dimension } = manifest.model;
    const read = (name: string) => readVerified(path.join(folder, name), name, manifest.files[name]);
    const text = async (name: string) => new TextDecoder().decode(await read(name));
    const list = async <E extends Entry>(name: VectorsName) =>
      listOf(JSON.parse(await text(entriesFile(name))) as E[]);
    const vectors = async <E extends Entry>(
      name: VectorsName,
      entries: EntryList<E>,
    ): Promise<VectorIndex<E>> => {
      const names = graphFiles(name, manifest.files);
      const reads = begunAhead(names.map((graph) => () => read(readOf(graph))));
      const graphs = names.map((graph, i) => ({
        file: path.join(folder, graph),
        bytes: reads[i] ?? (() => read(readOf(graph))),
      }));
      return VectorIndex.read(graphs, entries, dimension, embeddings);
    };
    return {
      manifest,
      pointer,
      documents,
      paragraphs,
      sentencesOf: sentencesReader(paragraphs),
      chunks: await vectors<ChunkEntry>(
        'chunks',
        new ChunkList(await read(entriesFile('chunks')), paragraphs),
      ),
      questions: await vectors('questions', await list<QuestionEntry>('questions')),
      unanswered: await vectors('unanswered', await list<UnansweredEntry>('unanswered')),
      headings: await vectors('headings', await list<HeadingEntry>('headings')),
      adapter: new QueryAdapter(floatsOf(await read(ADAPTER)), dimension),
      lexical: LexicalIndex.parse(await read(LEXICAL)),
      embeddings,
    };
  } catch (error) {
    return { reason: 'damaged', detail: messageOf(error) };
  }
}

function staleness(
  manifest: Manifest,
  documents: readonly RecordDocument[],
  embeddings: LocalEmbeddings,
): string | null {
  if (manifest.identity === identityOf(documents, embeddings.profile)) return null;
  if (manifest.model.identity !== embeddings.profile.identity) return 'built with another embedding model';
  const now = documents.map(({ metadata, fingerprint }) => `${metadata.id} ${fingerprint}`).join();
  const then = manifest.documents.map(({ id, fingerprint }) => `${id} ${fingerprint}`).join();
  return now === then ? 'built with other settings' : 'the corpus has changed';
}

function floatsOf({ buffer, byteLength }: Uint8Array): Float32Array {
  return new Float32Array(buffer, 0, Math.floor(byteLength / Float32Array.BYTES_PER_ELEMENT));
}
