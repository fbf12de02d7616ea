import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { partsOf } from '../chunk/index.js';
import { isVerbatim, type RecordDocument, spansOf } from '../corpus/index.js';
import type { ModelProfile } from '../embed/index.js';
import { messageOf } from '../errors.js';
import { inspectStore, type StoredText } from '../store/index.js';
import {
  entriesFile,
  FORMAT,
  graphFiles,
  hashOf,
  identityOf,
  MANIFEST,
  readPointer,
  STORE,
} from './build.js';
import { ChunkList } from './chunk-list.js';
import { paragraphsOf } from './compose.js';
import { hasCodes, hasVectors, layoutOf, vectorReader } from './graph-file.js';
import { manifestSchema } from './open.js';
import {
  type ChunkEntry,
  type Entry,
  type IndexedParagraph,
  type Manifest,
  VECTORS,
  type VectorsName,
} from './types.js';

/** What was looked at, and what is wrong with it. */
export interface Inspection {
  readonly identity: string | null;
  /** A line each: what is wrong, and where. Empty where all is well. */
  readonly faults: readonly string[];
  readonly counts: {
    readonly documents: number;
    readonly files: number;
    readonly chunks: number;
    readonly vectors: number;
  };
}

interface Sources {
  readonly directory: string;
  readonly documents: readonly RecordDocument[];
  readonly profile: ModelProfile;
}

/**
 * Checks an index on disk and goes on where something is wrong: the checksum of every file and of every stored vector,
 * that it is of this corpus, and that the spans of every chunk give its text in the source.
 */
export async function inspectIndex(sources: Sources): Promise<Inspection> {
  const { directory, documents, profile } = sources;
  const faults: string[] = [];
  const opened = await readManifest(directory).catch((error: unknown) => {
    faults.push(messageOf(error));
    return null;
  });
  /** Those that are as they were written: what is said of the entries, and what reads the vectors of a graph. */
  const written = new Map<string, Uint8Array>();
  const graphs = new Map<string, StoredVectors>();
  let whole = 0;
  if (opened) {
    faults.push(...differences(opened.manifest, sources));
    for (const name of Object.keys(opened.manifest.files)) {
      const file = path.join(opened.folder, name);
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) faults.push(`${file}: is missing`);
      else if (hashOf(bytes) !== opened.manifest.files[name])
        faults.push(`${file}: is not as it was written`);
      else {
        whole += 1;
        if (hasCodes(name)) continue;
        if (!hasVectors(name)) written.set(name, bytes);
        else graphs.set(name, storedVectors(file, bytes, profile.dimension));
      }
    }
  }
  // Where the corpus is another one, its places and texts are too.
  const isOfCorpus = opened?.manifest.identity === identityOf(documents, profile);
  const paragraphs = isOfCorpus ? paragraphsOf(documents) : [];
  const packed = written.get(entriesFile('chunks'));
  const chunks = packed ? new ChunkList(packed, paragraphs) : null;
  if (isOfCorpus && chunks) faults.push(...misplaced(chunks, paragraphs));
  const textsOf = function* (name: VectorsName): Generator<string> {
    if (name === 'chunks') {
      for (let row = 0; isOfCorpus && chunks && row < chunks.size; row += 1)
        yield chunks.entry(row)?.text ?? '';
      return;
    }
    const bytes = written.get(entriesFile(name));
    if (bytes) for (const { text } of JSON.parse(new TextDecoder().decode(bytes)) as Entry[]) yield text;
  };
  const stored = function* (): Generator<StoredText> {
    for (const name of VECTORS) {
      // Questions are stored as they are encoded, and indexed as they are adapted.
      const isStored = opened && (name === 'chunks' || name === 'headings');
      const vectorAt = isStored ? vectorsOf(graphFiles(name, opened.manifest.files), graphs) : null;
      let row = 0;
      for (const text of textsOf(name)) {
        const own = row;
        yield [text, vectorAt && (() => vectorAt(own))];
        row += 1;
      }
    }
  };
  const store = await inspectStore(path.join(directory, STORE), profile, stored());
  return {
    identity: opened?.manifest.identity ?? null,
    faults: [...faults, ...store.faults],
    counts: {
      documents: documents.length,
      files: whole,
      chunks: chunks?.size ?? 0,
      vectors: store.vectors,
    },
  };
}

/** The vectors of a graph, read from its file. */
interface StoredVectors {
  readonly count: number;
  at(row: number): Float32Array;
}

function storedVectors(file: string, bytes: Uint8Array, dimension: number): StoredVectors {
  const layout = layoutOf(file, bytes, dimension);
  const reader = vectorReader(file, layout, dimension);
  return {
    count: layout.count,
    at: (row) => {
      const vector = new Float32Array(dimension);
      reader.read([row], vector);
      return vector;
    },
  };
}

/** The vectors of graphs one after the other; null where one of their files cannot be used. */
function vectorsOf(
  names: readonly string[],
  graphs: ReadonlyMap<string, StoredVectors>,
): ((row: number) => Float32Array | null) | null {
  const found = names.flatMap((name) => graphs.get(name) ?? []);
  if (found.length < names.length) return null;
  return (row) => {
    let from = 0;
    for (const { count, at } of found) {
      if (row < from + count) return at(row - from);
      from += count;
    }
    return null;
  };
}

/** @throws Error that says what is wrong with it */
async function readManifest(
  directory: string,
): Promise<{ readonly manifest: Manifest; readonly folder: string }> {
  const pointer = await readPointer(directory);
  if (pointer === null) throw new Error(`${directory}: there is no index`);
  const folder = path.join(directory, pointer.folder);
  const file = path.join(folder, MANIFEST);
  const written = await readFile(file, 'utf8').catch(() => null);
  if (written === null) throw new Error(`${file}: is missing`);
  if (hashOf(written) !== pointer.manifestSha256) throw new Error(`${file}: is not as it was written`);
  const json = JSON.parse(written) as { readonly format?: unknown };
  if (json.format !== FORMAT) throw new Error(`${file}: was written in another format`);
  return { manifest: manifestSchema.parse(json), folder };
}

/** In what an index is not of these documents and this encoder. */
function differences(manifest: Manifest, { directory, documents, profile }: Sources): string[] {
  const faults: string[] = [];
  const indexed = new Map(manifest.documents.map(({ id, fingerprint }) => [id, fingerprint]));
  for (const { metadata, fingerprint } of documents) {
    const then = indexed.get(metadata.id);
    indexed.delete(metadata.id);
    if (then === undefined) faults.push(`${metadata.id}: is not in the index`);
    else if (then !== fingerprint) faults.push(`${metadata.id}: has changed since it was indexed`);
  }
  for (const id of indexed.keys()) faults.push(`${id}: is in the index and no longer in the corpus`);
  if (manifest.model.identity !== profile.identity)
    faults.push(
      `${directory}: was built with the embedding model ${manifest.model.identity}, not ${profile.identity}`,
    );
  if (faults.length === 0 && manifest.identity !== identityOf(documents, profile))
    faults.push(`${directory}: was built with other settings`);
  return faults;
}

/** Chunks that do not stand where they are said to, a line each. */
function misplaced(chunks: ChunkList, paragraphs: readonly IndexedParagraph[]): string[] {
  const faults: string[] = [];
  for (let row = 0; row < chunks.size; row += 1) {
    const { paragraph: ordinal, part, range, text } = chunks.entry(row) as ChunkEntry;
    const indexed = paragraphs[ordinal];
    const wording =
      indexed &&
      partsOf(indexed.paragraph).find(
        (candidate) => candidate.part.kind === part.kind && candidate.part.index === part.index,
      )?.wording;
    const { source = '', metadata } = indexed?.document ?? {};
    if (wording && chunks.isWhole(row) && isVerbatim(source, text, spansOf(wording, ...range, source)))
      continue;
    faults.push(`chunk ${row}: is not what ${metadata?.id ?? 'the corpus'} has at its spans`);
  }
  return faults;
}
