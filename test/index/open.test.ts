import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { ParaciteError } from '../../src/errors.js';
import {
  buildIndex,
  identityOf,
  type Manifest,
  openIndex,
  openOrBuild,
  type SearchIndex,
  type Unusable,
} from '../../src/index/index.js';
import { openEncoder } from '../support/encoder.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { copyFolder, otherModel, SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';

const FILES = [
  'adapter.f32',
  'chunks-0.hnsw',
  'chunks.bin',
  'headings-0.hnsw',
  'headings.json',
  'lexical.bin',
  'questions-0.f32',
  'questions-0.i8',
  'questions.json',
  'unanswered-0.f32',
  'unanswered-0.i8',
  'unanswered.json',
];

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
let documents: readonly RecordDocument[];
let manifest: Manifest;
/** Built once; tests work on copies. */
let pristine: string;

beforeAll(async () => {
  space = await workspace();
  embeddings = await openEncoder();
  documents = await smallCorpus(path.join(space.folder, 'corpus'));
  pristine = path.join(space.folder, 'pristine');
  ({ manifest } = await buildIndex(pristine, documents, embeddings, () => undefined));
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});

const freshCopy = () => copyFolder(pristine, path.join(space.folder, 'copy'));
const open = (directory: string, of = documents, by = embeddings) =>
  openIndex({ directory, documents: of, embeddings: by });

async function opened(directory: string, of = documents): Promise<SearchIndex> {
  const index = await open(directory, of);
  if ('reason' in index) throw new Error(`${index.reason}: ${index.detail}`);
  return index;
}

async function unusable(directory: string, of = documents, by = embeddings): Promise<Unusable> {
  const index = await open(directory, of, by);
  return 'reason' in index ? index : Promise.reject(new Error(`opened ${index.manifest.identity}`));
}

/** Why it is not used, or null: an index itself is too large to be shown where a test fails. */
async function trouble(directory: string, of = documents): Promise<Unusable | null> {
  const index = await open(directory, of);
  return 'reason' in index ? index : null;
}

/** The folder that the index in use stands in. */
async function folderOf(directory: string): Promise<string> {
  const [folder = ''] = (await readFile(path.join(directory, 'CURRENT'), 'utf8')).split(' ');
  return path.join(directory, folder);
}

/** Makes everything in a folder an hour old. */
async function age(directory: string): Promise<void> {
  const then = new Date(Date.now() - 3_600_000);
  for (const name of await readdir(directory)) await utimes(path.join(directory, name), then, then);
}

async function editManifest(directory: string, edit: (text: string) => string): Promise<void> {
  const file = path.join(await folderOf(directory), 'manifest.json');
  const before = await readFile(file, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

/** A manifest as another version of Paracite would have written it: with the pointer that goes with it. */
async function rewriteManifest(directory: string, edit: (text: string) => string): Promise<void> {
  await editManifest(directory, edit);
  const folder = await folderOf(directory);
  const hash = createHash('sha256')
    .update(await readFile(path.join(folder, 'manifest.json')))
    .digest('hex');
  await writeFile(path.join(directory, 'CURRENT'), `${path.basename(folder)} ${hash}\n`);
}

/** Opens or builds, and says why it was built. */
async function openedOrBuilt(directory: string): Promise<{ index: SearchIndex; why: Unusable[] }> {
  const why: Unusable[] = [];
  const index = await openOrBuild({ directory, documents, embeddings, onRebuild: (told) => why.push(told) });
  return { index, why };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function sentencesIn({ paragraphs, sentencesOf }: SearchIndex) {
  return paragraphs.map((_, ordinal) => sentencesOf(ordinal));
}

async function expectSameIndex(one: SearchIndex, other: SearchIndex): Promise<void> {
  expect(other.manifest.identity).toBe(one.manifest.identity);
  expect(other.manifest.counts).toEqual(one.manifest.counts);
  expect([...other.chunks.entries()]).toEqual([...one.chunks.entries()]);
  expect([...other.questions.entries()]).toEqual([...one.questions.entries()]);
  expect(sentencesIn(other)).toEqual(sentencesIn(one));
  expect(other.paragraphs).toEqual(one.paragraphs);
  for (const name of ['chunks', 'questions'] as const) {
    for (let row = 0; row < one[name].size; row += 1)
      expect(bytesOf(other[name].vector(row)).equals(bytesOf(one[name].vector(row)))).toBe(true);
  }
  expect(bytesOf(other.adapter.factor).equals(bytesOf(one.adapter.factor))).toBe(true);
  const query = 'Are prisons too full, and what about cybercrime?';
  const vector = await embeddings.embedQuery(query);
  expect(other.lexical.search(query, { limit: 100 })).toEqual(one.lexical.search(query, { limit: 100 }));
  expect(await other.chunks.nearest(vector, 5, null)).toEqual(await one.chunks.nearest(vector, 5, null));
  const adapted = one.adapter.apply(vector);
  expect(await other.questions.nearest(adapted, 5, null)).toEqual(
    await one.questions.nearest(adapted, 5, null),
  );
}

describe('an index that is built', () => {
  it('opens, and opens again the same', async () => {
    await expectSameIndex(await opened(pristine), await opened(pristine));
  });

  it('is opened as it is by openOrBuild, without a build', async () => {
    const { index, why } = await openedOrBuilt(pristine);
    expect(why).toEqual([]);
    expect(index.manifest).toEqual(manifest);
  });

  it('is the same when it is built again from the same inputs, but for the time', async () => {
    const directory = path.join(space.folder, 'again');
    const { manifest: again } = await buildIndex(directory, documents, embeddings, () => undefined);
    expect(again.identity).toBe(manifest.identity);
    await expectSameIndex(await opened(pristine), await opened(directory));
  });

  it('has every paragraph of every document in order, with chunks', async () => {
    const index = await opened(pristine);
    expect(
      index.paragraphs.map(({ document, paragraph }) => [document.metadata.id, paragraph.number]),
    ).toEqual([
      ...[0, 1, 2, 3].map((number) => ['crime-online', number]),
      ...[0, 1, 2, 3].map((number) => ['prisons', number]),
    ]);
    for (const [ordinal, { paragraph }] of index.paragraphs.entries()) {
      const texts = index.chunks.rowsOf(ordinal).map((row) => index.chunks.entry(row)?.text);
      expect(texts.length, `para. ${paragraph.number}`).toBeGreaterThan(0);
    }
  });

  it('says in its manifest what it was made of', async () => {
    const index = await opened(pristine);
    expect(manifest).toMatchObject({
      identity: identityOf(documents, embeddings.profile),
      model: { identity: embeddings.profile.identity, dimension: 512 },
      documents: documents.map(({ metadata, fingerprint }) => ({ id: metadata.id, fingerprint })),
      counts: { paragraphs: 8, chunks: index.chunks.size, questions: 5 },
    });
    expect(Object.keys(manifest.files).sort()).toEqual(FILES);
    expect(Number.isNaN(Date.parse(manifest.builtAt))).toBe(false);
  });

  it('leaves nothing but itself and what is not its own', async () => {
    const directory = await freshCopy();
    await writeFile(path.join(directory, 'README.md'), 'Kept.');
    await age(directory);
    await buildIndex(directory, documents, embeddings, () => undefined);
    const folder = path.basename(await folderOf(directory));
    expect((await readdir(directory)).sort()).toEqual([folder, 'CURRENT', 'README.md', 'vectors'].sort());
  });

  it('removes the folders that an interrupted build left', async () => {
    const directory = await freshCopy();
    const left = [`${manifest.identity}-0a1b2c3d`, `.tmp-${manifest.identity}-0a1b2c3d`];
    for (const name of left) await copyFolder(await folderOf(directory), path.join(directory, name));
    await age(directory);
    await buildIndex(directory, documents, embeddings, () => undefined);
    expect(await readdir(directory)).toHaveLength(3);
  });

  it('removes the pointer that an interrupted build left half-way', async () => {
    const directory = await freshCopy();
    await writeFile(path.join(directory, '.tmp-CURRENT-0a1b2c3d-0000-4000-8000-000000000000'), 'half');
    await age(directory);
    await buildIndex(directory, documents, embeddings, () => undefined);
    expect(await readdir(directory)).toHaveLength(3);
  });

  it('opens also where no document has questions', async () => {
    const without = await smallCorpus(path.join(space.folder, 'bare'), {
      'prisons.questions.jsonl': undefined,
    });
    const directory = path.join(space.folder, 'bare-index');
    await buildIndex(directory, without, embeddings, () => undefined);
    const index = await opened(directory, without);
    expect(index.manifest.counts.questions).toBe(0);
    const vector = index.adapter.apply(await embeddings.embedQuery('Are prisons too full?'));
    expect(await index.questions.nearest(vector, 5, null)).toEqual([]);
  });
});

describe('an index that is not there', () => {
  it('is missing, and built by openOrBuild in a folder that it makes', async () => {
    const directory = path.join(space.folder, 'not', 'yet');
    expect(await unusable(directory)).toEqual({
      reason: 'missing',
      detail: expect.stringContaining(directory),
    });
    const { index, why } = await openedOrBuilt(directory);
    expect(why).toMatchObject([{ reason: 'missing' }]);
    await expectSameIndex(await opened(pristine), index);
  });

  it('is an error of the index with what to do, where the folder cannot be written', async () => {
    const file = path.join(space.folder, 'a-file');
    await writeFile(file, '');
    const error = await openedOrBuilt(path.join(file, 'index')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ParaciteError);
    expect(error).toMatchObject({ code: 'index', message: expect.stringMatching(/writable.*INDEX_DIR/) });
  });
});

describe('an index of other inputs is stale', () => {
  const CORPUS_CHANGES: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
    ['a text', { 'prisons.txt': `${SMALL_CORPUS['prisons.txt']}\n4. One more point was made.\n` }],
    ['a character of a text', { 'prisons.txt': SMALL_CORPUS['prisons.txt']?.replace('humane', 'human ') }],
    ['a sidecar', { 'prisons.questions.jsonl': '{"paragraph":1,"questions":["Another question?"]}' }],
    ['that there is no sidecar', { 'prisons.questions.jsonl': undefined }],
    ['the number of documents', { 'prisons.txt': undefined }],
    [
      'the metadata',
      { 'prisons.json': SMALL_CORPUS['prisons.json']?.replace('"Prisons"', '"Prisons and more"') },
    ],
  ];

  it.each(CORPUS_CHANGES)('when the corpus changes in %s, which is told', async (_, changes) => {
    const changed = await smallCorpus(path.join(space.folder, 'changed'), changes);
    expect(await unusable(pristine, changed)).toEqual({ reason: 'stale', detail: 'the corpus has changed' });
  });

  it('when the model is another one, which is told', async () => {
    const name = await otherModel(space.folder);
    const other = await LocalEmbeddings.open({ name, cacheDirectory: MODEL_CACHE });
    expect(await unusable(pristine, documents, other)).toEqual({
      reason: 'stale',
      detail: 'built with another embedding model',
    });
    await other.close();
  });

  it('when its format is another one, which is told', async () => {
    const directory = await freshCopy();
    await rewriteManifest(directory, (text) => text.replace(/"format": (\d+)/u, '"format": 9$1'));
    expect(await unusable(directory)).toEqual({ reason: 'stale', detail: 'written in another format' });
  });

  it('when its settings are others, which is told', async () => {
    const directory = await freshCopy();
    await rewriteManifest(directory, (text) => text.replace(manifest.identity, '0123456789abcdef'));
    expect(await unusable(directory)).toEqual({ reason: 'stale', detail: 'built with other settings' });
  });

  it('and replaced by openOrBuild', async () => {
    const directory = await freshCopy();
    await rewriteManifest(directory, (text) => text.replace(/"format": (\d+)/u, '"format": 9$1'));
    const { index, why } = await openedOrBuilt(directory);
    expect(why).toMatchObject([{ reason: 'stale' }]);
    await expectSameIndex(await opened(pristine), index);
  });

  it('but not when it is opened again with the documents that it was built from', async () => {
    const reread = await smallCorpus(path.join(space.folder, 'reread'));
    expect(await trouble(pristine, reread)).toBeNull();
  });
});

describe('a damaged index', () => {
  const HURT: readonly (readonly [string, (file: string) => Promise<void>])[] = [
    ['removed', (file) => rm(file)],
    ['emptied', (file) => truncate(file, 0)],
    ['cut by its last byte', async (file) => truncate(file, (await stat(file)).size - 1)],
    ...[0, 0.4, 1].map(
      (share) =>
        [
          `changed in one bit at ${share * 100} % of its length`,
          async (file: string) => {
            const bytes = await readFile(file);
            const at = Math.round(share * (bytes.length - 1));
            bytes[at] = (bytes[at] ?? 0) ^ 1;
            await writeFile(file, bytes);
          },
        ] as const,
    ),
  ];
  const ONE_OF_EACH_KIND = HURT.filter(([how]) => /removed|last byte|40 %/u.test(how));

  describe.each(FILES)('whose file %s is', (name) => {
    it.each(HURT)('%s is detected, the file named', async (_, hurt) => {
      const directory = await freshCopy();
      await hurt(path.join(await folderOf(directory), name));
      const found = await unusable(directory);
      expect(found.reason).toBe('damaged');
      expect(found.detail).toContain(name);
    });

    it.each(ONE_OF_EACH_KIND)('%s is rebuilt by openOrBuild', async (_, hurt) => {
      const directory = await freshCopy();
      await hurt(path.join(await folderOf(directory), name));
      const { index, why } = await openedOrBuilt(directory);
      expect(why).toMatchObject([{ reason: 'damaged' }]);
      expect(index.manifest.identity).toBe(manifest.identity);
      expect(await trouble(directory)).toBeNull();
    });
  });

  it.each(HURT.filter(([how]) => !/bit|last byte/u.test(how)))(
    'whose manifest is %s: detected and rebuilt by openOrBuild',
    async (_, hurt) => {
      const directory = await freshCopy();
      await hurt(path.join(await folderOf(directory), 'manifest.json'));
      const found = await trouble(directory);
      expect(found).toMatchObject({ reason: 'damaged' });
      const { index, why } = await openedOrBuilt(directory);
      expect(why).toEqual([found]);
      expect(index.manifest.identity).toBe(manifest.identity);
    },
  );

  it.each([
    ['format', /"format": (\d)/u],
    ['identity', /"identity": "([0-9a-f])/u],
    ['time', /"builtAt": "(\d)/u],
    ['model', /"model": \{\s+"identity": "(.)/u],
    ['dimension', /"dimension": 51(\d)/u],
    ['document', /"id": "(.)/u],
    ['hash of a document', /"fingerprint": "(.)/u],
    ['number of chunks', /"chunks": (\d)/u],
    ['name of a field', /"(f)iles"/u],
    ['name of a file', /"(c)hunks-0\.hnsw"/u],
    ['hash of a file', /"chunks-0\.hnsw": "(.)/u],
  ])('whose manifest is changed in one bit, in its %s: not opened, and rebuilt', async (_, where) => {
    const directory = await freshCopy();
    await editManifest(directory, (text) => {
      const match = where.exec(text);
      if (!match?.[1]) throw new Error(`${where} is not in ${text}`);
      const at = match.index + match[0].lastIndexOf(match[1]);
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    });
    expect(await trouble(directory)).toMatchObject({ reason: expect.stringMatching(/damaged|stale/) });
    const { index, why } = await openedOrBuilt(directory);
    expect(why).toHaveLength(1);
    expect(index.manifest.identity).toBe(manifest.identity);
  });

  it.each(HURT.filter(([how]) => !/last byte|100 %/u.test(how)))(
    'whose pointer CURRENT is %s: not opened, and rebuilt by openOrBuild',
    async (_, hurt) => {
      const directory = await freshCopy();
      await hurt(path.join(directory, 'CURRENT'));
      const found = await unusable(directory);
      expect(found.reason).toMatch(/damaged|missing/u);
      const { index, why } = await openedOrBuilt(directory);
      expect(why).toEqual([found]);
      expect(index.manifest.identity).toBe(manifest.identity);
    },
  );

  it('whose pointer leads out of the folder is not followed there', async () => {
    const directory = await freshCopy();
    await writeFile(path.join(directory, 'CURRENT'), `../${path.basename(pristine)}\n`);
    expect(await unusable(directory)).toMatchObject({ reason: 'damaged' });
  });

  it('whose whole folder is gone: detected and rebuilt by openOrBuild', async () => {
    const directory = await freshCopy();
    await rm(await folderOf(directory), { recursive: true });
    expect(await unusable(directory)).toMatchObject({ reason: 'damaged' });
    const { index } = await openedOrBuilt(directory);
    await expectSameIndex(await opened(pristine), index);
  });
});
