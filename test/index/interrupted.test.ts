import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordDocument } from '../../src/corpus/index.js';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { buildIndex, identityOf, openIndex, openOrBuild } from '../../src/index/index.js';
import { openEncoder } from '../support/encoder.js';
import { MODEL_CACHE, ROOT } from '../support/fixtures.js';
import { smallCorpus, workspace } from '../support/small-corpus.js';

const KILLS = 8;
/** A build of the small corpus takes less; the next one begins at once. */
const LONGEST_WAIT_MS = 400;

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
/** Two states of the corpus, and where they stand. */
let before: readonly RecordDocument[];
let after: readonly RecordDocument[];
let folders: readonly [string, string];
let directory: string;

beforeAll(async () => {
  await promisify(execFile)('npm', ['run', '-s', 'build'], { cwd: ROOT });
  space = await workspace();
  embeddings = await openEncoder();
  folders = [path.join(space.folder, 'before'), path.join(space.folder, 'after')];
  before = await smallCorpus(folders[0]);
  after = await smallCorpus(folders[1], {
    'prisons.txt': '1. There is only one point now.\n',
    'prisons.questions.jsonl': undefined,
  });
  directory = path.join(space.folder, 'index');
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});
beforeEach(() => rm(directory, { recursive: true, force: true }));

/** A process that waits to build; `go` lets it begin. */
async function builder(rounds: number, corpora: readonly string[]) {
  const script = path.join(ROOT, 'test/support/builder.mjs');
  const child = spawn(process.execPath, [script, directory, MODEL_CACHE, String(rounds), ...corpora]);
  let out = '';
  let err = '';
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const ended = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.startsWith('ready\n')) resolve();
    });
    ended.then(() => reject(new Error(`the builder ended early: ${err}`)), reject);
  });
  return {
    go: () => child.stdin.write('go\n'),
    kill: () => child.kill('SIGKILL'),
    /** What it said after "ready", or what went wrong. */
    ended: ended.then(([code]) => (code === 0 ? out.replace('ready\n', '').trim() : `${code}: ${err}`)),
  };
}

/** Which state of the corpus an index on disk answers for, and what is wrong with it for the others. */
async function openable(): Promise<{ usable: string[]; detail: string[] }> {
  const usable: string[] = [];
  const detail: string[] = [];
  for (const [name, documents] of Object.entries({ before, after })) {
    const index = await openIndex({ directory, documents, embeddings });
    if ('reason' in index) detail.push(`${name} ${index.reason}: ${index.detail}`);
    else usable.push(name);
  }
  return { usable, detail };
}

describe('a build that is killed', () => {
  it(`leaves the old or the new index openable, at each of ${KILLS} random moments`, async () => {
    const seen: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await rm(directory, { recursive: true, force: true });
      await buildIndex(directory, before, embeddings, () => undefined);
      const child = await builder(1000, [folders[1], folders[0]]);
      const delay = Math.random() * LONGEST_WAIT_MS;
      child.go();
      await wait(delay);
      child.kill();
      expect(await child.ended).toMatch(/^null: /u);
      const { usable, detail } = await openable();
      expect(usable, `killed after ${delay.toFixed(1)} ms: ${detail.join('; ')}`).toHaveLength(1);
      expect(detail).toEqual([expect.stringMatching(/stale: the corpus has changed/u)]);
      seen.push(...usable);
    }
    expect(seen).toHaveLength(KILLS);
  });

  it('leaves a folder that the next build can use', async () => {
    const child = await builder(1000, [folders[1], folders[0]]);
    child.go();
    await wait(Math.random() * LONGEST_WAIT_MS);
    child.kill();
    await child.ended;
    for (const documents of [after, before]) {
      const index = await openOrBuild({ directory, documents, embeddings });
      expect(index.manifest.identity).toBe(identityOf(documents, embeddings.profile));
    }
  });
});

describe('two builders at once', () => {
  it('both end well in one process, and leave the index openable', async () => {
    for (let round = 0; round < 3; round += 1) {
      await rm(directory, { recursive: true, force: true });
      const builds = await Promise.allSettled(
        [1, 2].map(() => openOrBuild({ directory, documents: before, embeddings })),
      );
      const failures = builds.flatMap((build) => (build.status === 'rejected' ? [String(build.reason)] : []));
      expect(failures, `round ${round}`).toEqual([]);
      expect((await openable()).usable).toEqual(['before']);
    }
  });

  it('both end well in processes of their own, and leave the index openable', async () => {
    const builders = await Promise.all([builder(20, [folders[0]]), builder(20, [folders[0]])]);
    for (const { go } of builders) go();
    const ends = await Promise.all(builders.map(({ ended }) => ended));
    expect(ends).toEqual(['usable', 'usable']);
    expect((await openable()).usable).toEqual(['before']);
  });

  it('do not disturb who has the index open', async () => {
    await buildIndex(directory, before, embeddings, () => undefined);
    const index = await openOrBuild({ directory, documents: before, embeddings });
    const vector = await embeddings.embedQuery('Are prisons too full?');
    const found = await index.chunks.nearest(vector, 3, null);
    await buildIndex(directory, after, embeddings, () => undefined);
    expect(await index.chunks.nearest(vector, 3, null)).toEqual(found);
  });
});
