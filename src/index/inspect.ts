import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { partsOf } from '../chunk/index.js';
import { isVerbatim, type RecordDocument, spansOf } from '../corpus/index.js';
import type { ModelProfile } from '../embed/index.js';
import { messageOf } from '../errors.js';
import { inspectStore } from '../store/index.js';
import {
  entriesFile,
  FORMAT,
  graphFiles,
  hashOf,
  identityOf,
  MANIFEST,
  readPointer,
  STORE,
  VECTORS,
  type VectorsName,
} from './build.js';
import { paragraphsOf } from './compose.js';
import { layoutOf, vectorIn } from './graph-file.js';
import { manifestSchema } from './open.js';
import type { ChunkEntry, Entry, IndexedParagraph, Manifest } from './types.js';

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
  const files = new Map<string, Buffer>();
  if (opened) {
    faults.push(...differences(opened.manifest, sources));
    for (const name of Object.keys(opened.manifest.files)) {
      const file = path.join(opened.folder, name);
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) faults.push(`${file}: is missing`);
      else if (hashOf(bytes) !== opened.manifest.files[name])
        faults.push(`${file}: is not as it was written`);
      else files.set(name, bytes);
    }
  }
  const entries = <E extends Entry>(name: VectorsName): readonly E[] => {
    const bytes = files.get(entriesFile(name));
    return bytes ? (JSON.parse(bytes.toString()) as E[]) : [];
  };
  const chunks = entries<ChunkEntry>('chunks');
  // Where the corpus is another one, its places are too.
  if (opened?.manifest.identity === identityOf(documents, profile))
    faults.push(...misplaced(chunks, paragraphsOf(documents)));
  const store = await inspectStore(
    path.join(directory, STORE),
    profile,
    VECTORS.flatMap((name) => {
      // Questions are stored as they are encoded, and indexed as they are adapted.
      const graphs = opened && (name === 'chunks' || name === 'headings');
      const vectors = graphs ? vectorsOf(graphFiles(name, opened.manifest.files), files, profile) : [];
      return entries(name).map(({ text }, row) => [text, vectors[row] ?? null] as const);
    }),
  );
  return {
    identity: opened?.manifest.identity ?? null,
    faults: [...faults, ...store.faults],
    counts: {
      documents: documents.length,
      files: files.size,
      chunks: chunks.length,
      vectors: store.vectors,
    },
  };
}

/** The vectors of graphs one after the other; none where one of their files cannot be used. */
function vectorsOf(
  graphs: readonly string[],
  files: ReadonlyMap<string, Uint8Array>,
  { dimension }: ModelProfile,
): Float32Array[] {
  const vectors: Float32Array[] = [];
  for (const name of graphs) {
    const bytes = files.get(name);
    if (!bytes) return [];
    const layout = layoutOf(bytes, dimension);
    for (let row = 0; row < layout.count; row += 1) {
      const vector = new Float32Array(dimension);
      vectorIn(bytes, layout, row, vector);
      vectors.push(vector);
    }
  }
  return vectors;
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
function misplaced(chunks: readonly ChunkEntry[], paragraphs: readonly IndexedParagraph[]): string[] {
  return chunks.flatMap(({ paragraph: ordinal, part, range, text }, row) => {
    const indexed = paragraphs[ordinal];
    const wording =
      indexed &&
      partsOf(indexed.paragraph).find(
        (candidate) => candidate.part.kind === part.kind && candidate.part.index === part.index,
      )?.wording;
    const { source = '', metadata } = indexed?.document ?? {};
    if (wording && isVerbatim(source, text, spansOf(wording, ...range, source))) return [];
    return [`chunk ${row}: is not what ${metadata?.id ?? 'the corpus'} has at its spans`];
  });
}
