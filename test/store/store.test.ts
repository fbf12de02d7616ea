import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { arrayOf } from '../../src/lists.js';
import { type Counts, VectorStore } from '../../src/store/index.js';
import { openEncoder } from '../support/encoder.js';
import { loadRecord, MODEL_CACHE, ROOT } from '../support/fixtures.js';
import { copyFolder, otherModel, workspace } from '../support/small-corpus.js';

const RECORD_BYTES = 32 + 512 * 4 + 16;
const HEADER_BYTES = 36;

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
/** Different questions of the record, long and short. */
let texts: readonly string[];
/** Their vectors as the encoder gives them. */
let expected: readonly Float32Array[];
let directory: string;

beforeAll(async () => {
  space = await workspace();
  embeddings = await openEncoder();
  const { questions } = await loadRecord();
  texts = [...new Set(questions.flatMap((entry) => [...entry.questions, ...entry.unanswered]))].slice(0, 96);
  expected = await embeddings.embedAll(texts);
  directory = path.join(space.folder, 'vectors');
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});
beforeEach(() => rm(directory, { recursive: true, force: true }));

const quiet = () => undefined;
const some = (...positions: readonly number[]) => positions.map((i) => texts[i] ?? '');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function sameBits(vectors: readonly Float32Array[], wanted: readonly Float32Array[]): boolean {
  return (
    vectors.length === wanted.length &&
    vectors.every((vector, i) =>
      Buffer.from(vector.buffer).equals(Buffer.from((wanted[i] ?? new Float32Array()).buffer)),
    )
  );
}

/** Stores what texts have, looks whether it is what the encoder gives, and says what it took. */
async function store(positions: readonly number[], { compact = false } = {}): Promise<Counts> {
  // Read back from their files: what is held in memory, the tests of the index look at.
  const opened = await VectorStore.open(directory, embeddings, 0);
  const found = await opened.embed(some(...positions), quiet);
  if (compact) await opened.compact();
  const vectors = arrayOf(found);
  await opened.close();
  const wanted = positions.map((i) => expected[i] ?? new Float32Array());
  expect(sameBits(vectors, wanted)).toBe(true);
  return opened.counts;
}

async function segments(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.vectors')).sort();
}

async function onlySegment(): Promise<string> {
  const names = await segments();
  expect(names).toHaveLength(1);
  return path.join(directory, names[0] ?? '');
}

async function bytes(): Promise<number> {
  const sizes = await Promise.all(
    (await segments()).map(async (name) => (await stat(path.join(directory, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('the vector of a text', () => {
  it('is the same to the last bit, whatever is encoded with it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(range(0, 96), { minLength: 1 }), async (positions) => {
        const vectors = await embeddings.embedAll(some(...positions));
        return sameBits(
          vectors,
          positions.map((i) => expected[i] ?? new Float32Array()),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('is encoded once, and then read', async () => {
    expect(await store(range(0, 40))).toEqual({ embedded: 40, reused: 0 });
    expect(await store(range(0, 40))).toEqual({ embedded: 0, reused: 40 });
    expect(await store([...range(30, 44), 3, 3])).toEqual({ embedded: 4, reused: 11 });
    expect(await segments()).toHaveLength(2);
  });

  it('is encoded once where it stands twice among the texts', async () => {
    expect(await store([5, 6, 5, 5])).toEqual({ embedded: 2, reused: 0 });
  });

  it('is not taken from another encoder', async () => {
    await store(range(0, 5));
    const name = await otherModel(space.folder);
    const other = await LocalEmbeddings.open({ name, cacheDirectory: MODEL_CACHE });
    const opened = await VectorStore.open(directory, other);
    await opened.embed(some(...range(0, 5)), quiet);
    expect(opened.counts).toEqual({ embedded: 5, reused: 0 });
    await opened.close();
    await other.close();
    expect(await store(range(0, 5))).toEqual({ embedded: 0, reused: 5 });
  });
});

describe('a damaged store', () => {
  let pristine: string;
  beforeEach(async () => {
    await store(range(0, 12));
    pristine = path.join(space.folder, 'pristine');
    await rm(pristine, { force: true });
    await copyFile(await onlySegment(), pristine);
  });

  it('gives no vector that is not as it was written, whichever bit is another', async () => {
    const length = (await stat(pristine)).size;
    const name = await onlySegment();
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), async (at, bit) => {
        await rm(directory, { recursive: true });
        await store([]);
        const content = await readFile(pristine);
        content[at] = (content[at] ?? 0) ^ (1 << bit);
        await writeFile(name, content);
        expect(await store(range(0, 12))).toEqual(
          at < HEADER_BYTES ? { embedded: 12, reused: 0 } : { embedded: 1, reused: 11 },
        );
      }),
      {
        numRuns: 25,
        examples: [
          [0, 0],
          [HEADER_BYTES, 0],
          [length - 1, 7],
        ],
      },
    );
  });

  it('keeps what is whole of a file that was cut off anywhere', async () => {
    const name = await onlySegment();
    for (const length of [0, 10, HEADER_BYTES, HEADER_BYTES + 1, HEADER_BYTES + 7 * RECORD_BYTES - 1]) {
      await rm(directory, { recursive: true });
      await store([]);
      await copyFile(pristine, name);
      await truncate(name, length);
      const whole = Math.max(0, Math.floor((length - HEADER_BYTES) / RECORD_BYTES));
      expect(await store(range(0, 12)), `cut at ${length}`).toEqual({ embedded: 12 - whole, reused: whole });
    }
  });

  it('is written anew without the damage when it is compacted', async () => {
    const name = await onlySegment();
    const content = await readFile(name);
    content[HEADER_BYTES + RECORD_BYTES + 100] = 255 - (content[HEADER_BYTES + RECORD_BYTES + 100] ?? 0);
    await writeFile(name, content);
    expect(await store(range(0, 12), { compact: true })).toEqual({ embedded: 1, reused: 11 });
    expect(await bytes()).toBe(HEADER_BYTES + 12 * RECORD_BYTES);
    expect(await store(range(0, 12))).toEqual({ embedded: 0, reused: 12 });
  });
});

describe('a store of which more than half is not needed', () => {
  it('is written anew with the rest, which is not encoded again', async () => {
    await store(range(0, 30), { compact: true });
    await store(range(0, 20), { compact: true });
    expect(await bytes()).toBe(HEADER_BYTES + 30 * RECORD_BYTES);
    await store([...range(0, 10), 40], { compact: true });
    expect(await bytes()).toBe(HEADER_BYTES + 11 * RECORD_BYTES);
    expect(await store([...range(0, 10), 40])).toEqual({ embedded: 0, reused: 11 });
    expect(await store(range(20, 22))).toEqual({ embedded: 2, reused: 0 });
  });

  it('is left as it is while somebody else has it open, and by whoever is left over from a kill no longer', async () => {
    await store(range(0, 30));
    const other = await VectorStore.open(directory, embeddings);
    await store([0], { compact: true });
    expect(await bytes()).toBe(HEADER_BYTES + 30 * RECORD_BYTES);
    const then = new Date(Date.now() - 3_600_000);
    for (const name of await readdir(directory)) await utimes(path.join(directory, name), then, then);
    await store([0], { compact: true });
    expect(await bytes()).toBe(HEADER_BYTES + RECORD_BYTES);
    await other.close();
    expect(await readdir(directory)).toEqual(await segments());
  });

  it('loses nothing that a process writes which opened it in between', async () => {
    await store(range(0, 30));
    const first = await VectorStore.open(directory, embeddings);
    await first.embed(some(0), quiet);
    const second = await VectorStore.open(directory, embeddings);
    await second.embed(some(...range(50, 60)), quiet);
    await first.compact();
    await first.close();
    await second.embed(some(...range(60, 70)), quiet);
    await second.close();
    expect(await store(range(50, 70))).toEqual({ embedded: 0, reused: 20 });
  });

  it('becomes one file when it is in many', async () => {
    for (const i of range(0, 18)) await store([i]);
    expect(await segments()).toHaveLength(18);
    await store(range(0, 18), { compact: true });
    expect(await bytes()).toBe(HEADER_BYTES + 18 * RECORD_BYTES);
  });
});

describe('a process that is killed while it encodes', () => {
  it('has what it was told of stored: no other process encodes it again', async () => {
    const file = path.join(space.folder, 'texts.json');
    await writeFile(file, JSON.stringify(texts));
    let before = 0;
    for (const kill of range(0, 3)) {
      const script = path.join(ROOT, 'test/support/storer.mjs');
      const child = spawn(process.execPath, [script, directory, MODEL_CACHE, file]);
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      expect((await lines.next()).value).toBe('ready');
      child.stdin.write('go\n');
      // After some batches, each time another number.
      let told = 0;
      for (const _ of range(0, 2 + kill)) told = Number((await lines.next()).value);
      child.kill('SIGKILL');
      await once(child, 'close');
      const written = Math.floor((await bytes()) / RECORD_BYTES);
      expect(written).toBeGreaterThanOrEqual(before + told);
      expect(written).toBeLessThan(texts.length);
      // On a copy, so that the next one goes on where this one was killed.
      const kept = await copyFolder(directory, path.join(space.folder, 'kept'));
      const all = range(0, texts.length);
      expect(await store(all)).toEqual({ embedded: texts.length - written, reused: written });
      await copyFolder(kept, directory);
      before = written;
    }
  });
});
