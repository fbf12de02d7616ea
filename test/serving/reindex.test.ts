import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause, serve, untilReady } from '../support/program.js';
import { openServing, type ServedApp } from '../support/serving.js';
import { SMALL_CORPUS, smallCorpus, workspace } from '../support/small-corpus.js';
import { temporaryFolder } from '../support/temporary.js';

const QUESTIONS = [
  'Which rules are for women?',
  'Are there too many inmates?',
  'Who fears terrorists?',
  'fraud',
];
const MORE = `${SMALL_CORPUS['prisons.txt']}\n4. A speaker praised the walruses who guard the gates.\n`;
/** Longest time from the start with an index to build, in milliseconds, on a busy machine. */
const READY_MS = 60_000;

let space: Awaited<ReturnType<typeof workspace>>;
let corpus: string;
let index: string;
let app: ServedApp;

beforeAll(async () => {
  space = await workspace();
  corpus = path.join(space.folder, 'corpus');
  index = path.join(space.folder, 'index');
  await smallCorpus(corpus);
  app = await openServing({ corpusDirectory: corpus, indexDirectory: index, workers: 2, cacheEntries: 4 });
});
afterAll(async () => {
  await app.serving.close();
  await space.remove();
});

async function indexOf(response: Response): Promise<string> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return (JSON.parse(text) as { index: string }).index;
}

async function identity(): Promise<string> {
  return indexOf(await app.request('/readyz'));
}

/** Asks without a pause, four at a time, until told to stop; gives the identities that answered, in order. */
function asking(): { stop(): Promise<string[]> } {
  let stopped = false;
  const identities: string[] = [];
  const clients = QUESTIONS.map(async (question) => {
    for (let i = 0; !stopped; i += 1) identities.push(await indexOf(await app.ask(`${question} ${i}`)));
  });
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
      return identities;
    },
  };
}

describe('re-indexing a running server', () => {
  it('changes nothing where the corpus has not changed', async () => {
    const before = await identity();
    const folders = await readdir(index);
    expect(await app.serving.reindex()).toBe(before);
    expect(await readdir(index)).toEqual(folders);
  });

  it('serves the changed corpus without a failed request, and both calls at once get the same', async () => {
    const before = await identity();
    const clients = asking();
    await writeFile(path.join(corpus, 'prisons.txt'), MORE);
    const both = Promise.all([app.serving.reindex(), app.serving.reindex()]);
    while (!app.serving.progress()) await pause(5);
    expect(await (await app.request('/readyz')).json()).toMatchObject({
      index: before,
      building: { stage: expect.any(String), done: expect.any(Number), total: expect.any(Number) },
    });
    const [after, joined] = await both;
    expect(after).not.toBe(before);
    expect(joined).toBe(after);
    await indexOf(await app.ask('walruses'));
    const answered = await clients.stop();
    expect(new Set(answered)).toEqual(new Set([before, after]));
    expect(await identity()).toBe(after);
    const found = await app.request('/v1/search?q=walruses+guard+the+gates');
    const { results } = (await found.json()) as { results: object[] };
    expect(results).toContainEqual(expect.objectContaining({ document: 'prisons', paragraph: 4 }));
    expect((await app.request('/v1/documents/prisons/paragraphs/4')).status).toBe(200);
    expect(app.serving.progress()).toBeNull();
  });

  it('never answers from memory for the index before', async () => {
    const before = await identity();
    for (let i = 0; i < 2; i += 1) expect(await indexOf(await app.ask('walruses?'))).toBe(before);
    await smallCorpus(corpus);
    const after = await app.serving.reindex();
    expect(after).not.toBe(before);
    expect(await indexOf(await app.ask('walruses?'))).toBe(after);
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, RegExp]>([
    ['is empty', { 'crime-online.txt': '\n' }, /crime-online\.txt:1: the document is empty/u],
    ['has wrong metadata', { 'crime-online.json': '{' }, /crime-online\.json:1: /u],
  ])('goes on serving where a document %s, and says so', async (_, changes, why) => {
    const before = await identity();
    for (const [name, text] of Object.entries(changes)) await writeFile(path.join(corpus, name), text ?? '');
    await expect(app.serving.reindex()).rejects.toThrow(why);
    expect(app.logged.at(-1)).toMatchObject({ level: 50, msg: expect.stringContaining('not re-indexed') });
    expect(await identity()).toBe(before);
    expect(await indexOf(await app.ask('Which rules are for women?'))).toBe(before);
    expect((await app.request('/v1/documents/prisons/paragraphs/2')).status).toBe(200);
    await smallCorpus(corpus);
  });

  it('goes on serving where the corpus is gone', async () => {
    const before = await identity();
    await rm(corpus, { recursive: true });
    await expect(app.serving.reindex()).rejects.toMatchObject({ code: 'corpus' });
    expect(await indexOf(await app.ask('fraud'))).toBe(before);
    await mkdir(corpus);
    await expect(app.serving.reindex()).rejects.toMatchObject({ code: 'corpus' });
    await smallCorpus(corpus);
    expect(await app.serving.reindex()).toBe(before);
  });

  it('forgets a document that was taken away', async () => {
    await smallCorpus(corpus, {
      'crime-online.txt': undefined,
      'crime-online.json': undefined,
    });
    await app.serving.reindex();
    expect((await app.request('/v1/documents/crime-online')).status).toBe(404);
    await smallCorpus(corpus);
    await app.serving.reindex();
    expect((await app.request('/v1/documents/crime-online')).status).toBe(200);
  });
});

describe('SIGHUP', () => {
  it('reads the corpus anew, and leaves the server up where that fails', async () => {
    const folder = await temporaryFolder();
    const documents = path.join(folder, 'corpus');
    await smallCorpus(documents);
    const settings = { CORPUS_DIR: documents, INDEX_DIR: path.join(folder, 'index'), WORKERS: '1' };
    const server = await serve(settings, folder);
    await untilReady(server.url, READY_MS);
    await writeFile(path.join(documents, 'prisons.txt'), MORE);
    server.process.kill('SIGHUP');
    await server.logged('re-indexed');
    expect((await fetch(`${server.url}/v1/documents/prisons/paragraphs/4`)).status).toBe(200);
    await rm(path.join(documents, 'prisons.json'));
    server.process.kill('SIGHUP');
    await server.logged('not re-indexed');
    expect((await fetch(`${server.url}/v1/documents/prisons/paragraphs/4`)).status).toBe(200);
    server.process.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });
});

describe('the folder of an index that is served', () => {
  it('is not removed by builds, however old it is, and is once nobody serves it', async () => {
    const folder = await temporaryFolder();
    const settings = {
      corpusDirectory: path.join(folder, 'corpus'),
      indexDirectory: path.join(folder, 'index'),
      workers: 0,
    };
    await smallCorpus(settings.corpusDirectory);
    const first = await openServing(settings);
    const [served = ''] = (await readdir(settings.indexDirectory)).filter((name) => name !== 'CURRENT');
    const long = new Date(Date.now() - 3_600_000);
    await utimes(path.join(settings.indexDirectory, served), long, long);
    // Another server on the same folder says that it is in use; the corpus of a third is another.
    const second = await openServing(settings);
    await writeFile(path.join(settings.corpusDirectory, 'prisons.txt'), MORE);
    await first.serving.reindex();
    expect(await readdir(settings.indexDirectory)).toContain(served);
    await second.serving.close();
    await utimes(path.join(settings.indexDirectory, served), long, long);
    await smallCorpus(settings.corpusDirectory);
    await first.serving.reindex();
    expect(await readdir(settings.indexDirectory)).not.toContain(served);
    await first.serving.close();
  });
});
