import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { ChunkList, packChunks } from '../../src/index/chunk-list.js';
import {
  buildIndex,
  type ChunkEntry,
  inspectIndex,
  type Manifest,
  paragraphsOf,
} from '../../src/index/index.js';
import { openEncoder } from '../support/encoder.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { run } from '../support/program.js';
import { copyFolder, SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
let corpus: string;
let documents: readonly RecordDocument[];
let manifest: Manifest;
/** Built once; tests work on copies. */
let pristine: string;
let directory: string;

beforeAll(async () => {
  space = await workspace();
  embeddings = await openEncoder();
  corpus = path.join(space.folder, 'corpus');
  documents = await smallCorpus(corpus);
  pristine = path.join(space.folder, 'pristine');
  directory = path.join(space.folder, 'copy');
  ({ manifest } = await buildIndex(pristine, documents, embeddings, () => undefined));
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});

const freshCopy = () => copyFolder(pristine, directory);

async function faultsOf(of = documents): Promise<readonly string[]> {
  return (await inspectIndex({ directory, documents: of, profile: embeddings.profile })).faults;
}

async function folder(): Promise<string> {
  return path.join(directory, (await readFile(path.join(directory, 'CURRENT'), 'utf8')).split(' ')[0] ?? '');
}

async function segment(): Promise<string> {
  const [name = ''] = await readdir(path.join(directory, 'vectors'));
  return path.join(directory, 'vectors', name);
}

async function flip(file: string, at: number): Promise<void> {
  const bytes = await readFile(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

/** Changes the chunks of the index, with checksums that are right. */
async function rewriteChunks(edit: (chunks: ChunkEntry[]) => unknown): Promise<void> {
  const place = await folder();
  const file = path.join(place, 'chunks.bin');
  const list = new ChunkList(await readFile(file), paragraphsOf(documents));
  const chunks = Array.from({ length: list.size }, (_, row) => ({ ...(list.entry(row) as ChunkEntry) }));
  edit(chunks);
  const written = packChunks(chunks);
  await writeFile(file, written);
  await vouchFor('chunks.bin', written);
}

/** Writes into the manifest that a file is as it should be, and into the pointer that the manifest is. */
async function vouchFor(name: string, written: Uint8Array): Promise<void> {
  const place = await folder();
  const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
  const file = path.join(place, 'manifest.json');
  const text = (await readFile(file, 'utf8')).replace(manifest.files[name] ?? '', hash(written));
  await writeFile(file, text);
  await writeFile(path.join(directory, 'CURRENT'), `${path.basename(place)} ${hash(text)}\n`);
}

describe('the inspection of an index', () => {
  it('finds nothing wrong with one that was built, and counts what it looked at', async () => {
    await freshCopy();
    const { faults, identity, counts } = await inspectIndex({
      directory,
      documents,
      profile: embeddings.profile,
    });
    expect(faults).toEqual([]);
    expect(identity).toBe(manifest.identity);
    expect(counts).toMatchObject({ documents: 2, files: 12, chunks: manifest.counts.chunks });
    expect(counts.vectors).toBeGreaterThan(counts.chunks);
  });

  it('says in one line that there is none, beside what is stored', async () => {
    await rm(directory, { recursive: true, force: true });
    expect(await faultsOf()).toEqual([`${directory}: there is no index`]);
  });

  it('names each file that is not as it was written, and each that is missing, all at once', async () => {
    await freshCopy();
    const names = Object.keys(manifest.files);
    for (const [i, name] of names.entries()) {
      const file = path.join(await folder(), name);
      await (i % 2 === 0 ? rm(file) : flip(file, 0));
    }
    const faults = await faultsOf();
    expect(faults).toHaveLength(names.length);
    for (const [i, name] of names.entries()) {
      const wrong = i % 2 === 0 ? 'is missing' : 'is not as it was written';
      expect(faults.filter((fault) => fault.endsWith(`${name}: ${wrong}`))).toHaveLength(1);
    }
  });

  it('names the manifest that is not as it was written', async () => {
    await freshCopy();
    await flip(path.join(await folder(), 'manifest.json'), 40);
    expect(await faultsOf()).toEqual([expect.stringMatching(/manifest\.json: is not as it was written$/u)]);
  });

  it.each<readonly [string, (chunk: { -readonly [K in keyof ChunkEntry]: ChunkEntry[K] }) => unknown]>([
    [
      'another text',
      (chunk) => {
        chunk.text = chunk.text.replace(/[a-z]/u, 'q');
      },
    ],
    [
      'another range',
      (chunk) => {
        chunk.range = [chunk.range[0] + 1, chunk.range[1]];
      },
    ],
    [
      'another paragraph',
      (chunk) => {
        chunk.paragraph = 7;
      },
    ],
    [
      'a paragraph that there is not',
      (chunk) => {
        chunk.paragraph = 70;
      },
    ],
    [
      'a part that there is not',
      (chunk) => {
        chunk.part = { kind: 'footnote', index: 9 };
      },
    ],
  ])('finds a chunk with %s, though its checksum is right', async (_, edit) => {
    await freshCopy();
    await rewriteChunks((chunks) => chunks[1] && edit(chunks[1]));
    const faults = await faultsOf();
    expect(faults.filter((fault) => fault.startsWith('chunk 1: '))).toHaveLength(1);
    expect(faults.filter((fault) => fault.startsWith('chunk '))).toHaveLength(1);
  });

  it('names the documents that are new, changed and gone', async () => {
    await freshCopy();
    const changed = await smallCorpus(path.join(space.folder, 'changed'), {
      'prisons.txt': `${SMALL_CORPUS['prisons.txt']}\n4. One more point was made.\n`,
      'crime-online.txt': undefined,
      'crime-online.json': undefined,
      'new.txt': '1. A point.\n',
      'new.json': JSON.stringify({ id: 'new', title: 'New', date: '2022-05-01', language: 'en' }),
    });
    expect(await faultsOf(changed)).toEqual([
      'new: is not in the index',
      'prisons: has changed since it was indexed',
      'crime-online: is in the index and no longer in the corpus',
    ]);
  });

  it('counts stored vectors that are damaged, and those of the index that are missing', async () => {
    await freshCopy();
    await flip(await segment(), 36 + 100);
    expect(await faultsOf()).toEqual([
      expect.stringMatching(/\.vectors: 1 vector\(s\), or what stands before them, are not as they were/u),
      expect.stringMatching(/vectors: 1 text\(s\) of the index have no vector$/u),
    ]);
    await rm(await segment());
    expect(await faultsOf()).toEqual([
      expect.stringMatching(/vectors: \d\d text\(s\) of the index have no vector$/u),
    ]);
  });
});

describe('paracite index --verify', () => {
  it('exits 0 with counts, 3 with a line for each fault, and what it names the next build makes anew', async () => {
    await freshCopy();
    const settings = { CORPUS_DIR: corpus, INDEX_DIR: directory, MODEL_CACHE_DIR: MODEL_CACHE };
    const command = (...args: string[]) => run(['index', ...args], settings, space.folder);
    const well = await command('--verify');
    expect(well).toMatchObject({ code: 0, stderr: '' });
    expect(well.stdout).toMatch(
      /^index [0-9a-f]{16}: 2 document\(s\), 12 files, \d+ chunks with their spans, \d+ stored/u,
    );
    await rm(path.join(await folder(), 'lexical.bin'));
    await flip(await segment(), 36 + 100);
    const broken = await command('--verify');
    expect(broken.code).toBe(3);
    expect(broken.stdout).toBe('');
    expect(broken.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/lexical\.bin: is missing$/u),
      expect.stringMatching(/\.vectors: 1 vector\(s\)/u),
      expect.stringMatching(/1 text\(s\) of the index have no vector$/u),
      expect.stringMatching(/^paracite: 3 fault\(s\)/u),
    ]);
    const built = await command();
    expect(built.code).toBe(0);
    expect(built.stdout).toMatch(/\n1 text\(s\) encoded, \d+ stored before\n/u);
    expect((await command('--verify')).code).toBe(0);
  });
});
