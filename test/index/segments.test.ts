import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { cut } from '../../src/index/cut.js';
import { type Allowed, type HeadingEntry, listOf, VectorIndex } from '../../src/index/index.js';
import { openEncoder } from '../support/encoder.js';
import { workspace } from '../support/small-corpus.js';

const DIMENSION = 24;
const COUNT = 900;
const SIZES = { least: 60, most: 150, spread: 20 };
const K = 10;

/** Numbers from -0.5 to 0.5 that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32 - 0.5;
  }
}

function unitVectors(count: number, seed: number): Float32Array[] {
  const source = numbers(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: DIMENSION }, () => source.next().value);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

const vectors = unitVectors(COUNT, 7);
const queries = unitVectors(40, 8);
/** Three entries a paragraph. */
const list = listOf(
  vectors.map(
    (_, row): HeadingEntry => ({
      kind: 'heading',
      paragraph: Math.floor(row / 3),
      text: `entry ${row}`,
      position: row,
    }),
  ),
);

let space: Awaited<ReturnType<typeof workspace>>;
let embeddings: LocalEmbeddings;
let one: VectorIndex<HeadingEntry>;
let built: VectorIndex<HeadingEntry>;
let opened: VectorIndex<HeadingEntry>;

const fileOf = (segment: number) => path.join(space.folder, `${segment}.hnsw`);
const readBack = (count: number) =>
  VectorIndex.read(
    Array.from({ length: count }, (_, segment) => ({
      file: fileOf(segment),
      bytes: () => readFile(fileOf(segment)),
    })),
    list,
    DIMENSION,
    embeddings,
  );

beforeAll(async () => {
  space = await workspace();
  embeddings = await openEncoder();
  one = await VectorIndex.build(list, vectors, DIMENSION, embeddings);
  built = await VectorIndex.build(list, vectors, DIMENSION, embeddings, { sizes: SIZES });
  built.writeGraphs(fileOf);
  opened = await readBack(built.segments);
});
afterAll(async () => {
  await embeddings.close();
  await space.remove();
});

function exact(vector: Float32Array, allowed: Allowed): number[] {
  return vectors
    .map((own, row) => ({
      row,
      similarity: own.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0),
    }))
    .filter(({ row }) => allowed(Math.floor(row / 3)))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, K)
    .map(({ row }) => row);
}

describe('an index in several segments', () => {
  it('has graphs of bounded size, and one graph where there are few entries', () => {
    expect(one.segments).toBe(1);
    expect(built.segments).toBeGreaterThan(COUNT / SIZES.most);
    for (const [from, to] of cut(vectors, SIZES)) expect(to - from).toBeLessThanOrEqual(SIZES.most);
    expect(cut([], SIZES)).toEqual([]);
    expect(cut(vectors.slice(0, SIZES.most), SIZES)).toEqual([[0, SIZES.most]]);
  });

  it('are read from their files as long as somebody has the index, also after what is not used was collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    for (let round = 0; round < 3; round += 1) {
      collect();
      await setImmediate();
    }
    for (const row of [0, COUNT - 1]) expect([...opened.vector(row)]).toEqual([...(vectors[row] ?? [])]);
  });

  it('finds what one graph finds, the same similarities, built or read', async () => {
    for (const vector of queries) {
      const wanted = await one.nearest(vector, K, null);
      for (const index of [built, opened]) {
        const found = await index.nearest(vector, K, null);
        expect(found.map(({ row }) => row)).toEqual(wanted.map(({ row }) => row));
        for (const [rank, { similarity }] of found.entries())
          expect(similarity).toBeCloseTo(wanted[rank]?.similarity ?? 0, 6);
      }
    }
  });

  it.each<readonly [string, Allowed]>([
    ['one paragraph', (paragraph) => paragraph === 211],
    ['one in a hundred', (paragraph) => paragraph % 100 === 3],
    ['one in ten', (paragraph) => paragraph % 10 === 3],
    ['every other', (paragraph) => paragraph % 2 === 1],
    ['the second half', (paragraph) => paragraph >= 150],
  ])('finds under a filter what an exact search finds: %s', async (_, allowed) => {
    for (const vector of queries) {
      for (const index of [one, built, opened]) {
        const found = await index.nearest(vector, K, allowed);
        expect(found.map(({ row }) => row)).toEqual(exact(vector, allowed));
      }
    }
  });

  it('has the vectors, entries and cosines of one graph, to the last bit', () => {
    for (const [row, vector] of vectors.entries()) {
      expect(built.vector(row)).toEqual(vector);
      expect(opened.vector(row)).toEqual(vector);
      expect(opened.entry(row)).toBe(one.entry(row));
    }
    for (const vector of queries) {
      const wanted = one.cosines(vector);
      const found = opened.cosines(vector);
      for (let paragraph = 0; paragraph < COUNT / 3; paragraph += 1) {
        expect(found.of(paragraph)).toEqual(wanted.of(paragraph));
        expect(found.best(paragraph, 2)).toEqual(wanted.best(paragraph, 2));
        expect(found.withMean(paragraph)).toBe(wanted.withMean(paragraph));
      }
    }
  });

  it('takes over the graphs of segments that an edit does not touch, and is what a build from nothing is', async () => {
    const edited = [...vectors.slice(0, 200), ...unitVectors(2, 9), ...vectors.slice(200)];
    const entries = listOf(
      edited.map((): HeadingEntry => ({ kind: 'heading', paragraph: 0, text: '', position: 0 })),
    );
    const before = built.keys();
    expect(opened.keys()).toEqual(before);
    const made: string[] = [];
    const kept = async (key: string) => {
      const segment = before.indexOf(key);
      if (segment === -1) made.push(key);
      return segment === -1 ? null : fileOf(segment);
    };
    const build = (options: object) =>
      VectorIndex.build(entries, edited, DIMENSION, embeddings, { sizes: SIZES, ...options });
    const hashes = (of: VectorIndex<HeadingEntry>, name: string) => {
      of.writeGraphs((segment) => path.join(space.folder, `${name}-${segment}.hnsw`));
      return Promise.all(
        of.keys().map(async (_, segment) => {
          const bytes = await readFile(path.join(space.folder, `${name}-${segment}.hnsw`));
          return createHash('sha256').update(bytes).digest('hex');
        }),
      );
    };
    expect(await hashes(await build({ kept }), 'kept')).toEqual(await hashes(await build({}), 'anew'));
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThanOrEqual(3);
  });

  it('is not read from a file that is cut off, or whose vectors are of another length or order', async () => {
    const bytes = await readFile(fileOf(1));
    await writeFile(fileOf(1), bytes.subarray(0, bytes.length / 2));
    await expect(readBack(built.segments)).rejects.toThrow('not of vectors of 24 numbers');
    await writeFile(fileOf(1), bytes.subarray(0, 40));
    await expect(readBack(built.segments)).rejects.toThrow('cut off');
    const stride = Number(bytes.readBigUInt64LE(24));
    const label = Number(bytes.readBigUInt64LE(32));
    const handle = await open(fileOf(1), 'w');
    await handle.write(bytes);
    await handle.write(Uint8Array.of(9), 0, 1, 96 + 5 * stride + label);
    await handle.close();
    await expect(readBack(built.segments)).rejects.toThrow('no entry 5');
    await writeFile(fileOf(1), bytes);
    await expect(readBack(built.segments - 1)).rejects.toThrow(/vectors for 900 entries/u);
    expect((await readBack(built.segments)).size).toBe(COUNT);
  });
});
