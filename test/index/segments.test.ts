import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { ParaciteError } from '../../src/errors.js';
import { cut } from '../../src/index/cut.js';
import { readOf } from '../../src/index/graph-file.js';
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

const fileOf = (segment: number) => path.join(space.folder, `vectors-${segment}.f32`);
const readBack = (count: number) =>
  VectorIndex.read(
    Array.from({ length: count }, (_, segment) => ({
      file: fileOf(segment),
      bytes: () => readFile(readOf(fileOf(segment))),
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
  built.write(fileOf);
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
  it('has segments of bounded size, and one where there are few entries', () => {
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

  it('is written as it was read', async () => {
    opened.write((segment) => path.join(space.folder, `again-${segment}.f32`));
    for (let segment = 0; segment < opened.segments; segment += 1) {
      const again = path.join(space.folder, `again-${segment}.f32`);
      expect(await readFile(again)).toEqual(await readFile(fileOf(segment)));
      expect(await readFile(readOf(again))).toEqual(await readFile(readOf(fileOf(segment))));
    }
  });

  it('is not read from a file that is cut off, or of fewer vectors', async () => {
    const bytes = await readFile(fileOf(1));
    await writeFile(fileOf(1), bytes.subarray(0, bytes.length - 1));
    await expect(readBack(built.segments)).rejects.toThrow('the vectors are cut off');
    await writeFile(fileOf(1), bytes.subarray(0, bytes.length - 4 * DIMENSION));
    await expect(readBack(built.segments)).rejects.toThrow('the codes are of other vectors');
    await writeFile(fileOf(1), bytes);
    await expect(readBack(built.segments - 1)).rejects.toThrow(/vectors for 900 entries/u);
    expect((await readBack(built.segments)).size).toBe(COUNT);
  });
});

describe('a vector that is not as it was written', () => {
  it('is told where it is read, and others are read', async () => {
    const bytes = await readFile(fileOf(0));
    const hurt = Buffer.from(bytes);
    const row = 17;
    hurt.writeUInt8(hurt.readUInt8((row + 1) * DIMENSION * 4 - 4) ^ 1, (row + 1) * DIMENSION * 4 - 4);
    await writeFile(fileOf(0), hurt);
    try {
      const index = await readBack(built.segments);
      expect(index.vector(row - 1)).toEqual(vectors[row - 1]);
      expect(index.vector(row + 1)).toEqual(vectors[row + 1]);
      expect(() => index.vector(row)).toThrow(/vector 17 in .* is not as it was written/u);
      await expect(index.nearest(vectors[row] as Float32Array, K, null)).rejects.toThrow(ParaciteError);
    } finally {
      await writeFile(fileOf(0), bytes);
    }
  });
});

describe('an index in one segment', () => {
  const graphFile = () => path.join(space.folder, 'graph-0.hnsw');
  const readOne = () =>
    VectorIndex.read(
      [{ file: graphFile(), bytes: () => readFile(graphFile()) }],
      list,
      DIMENSION,
      embeddings,
    );

  it('takes over the graph of the same vectors, byte for byte, and makes one for others', async () => {
    one.write(graphFile);
    const before = await readFile(graphFile());
    expect((await readOne()).keys()).toEqual(one.keys());
    const asked: string[] = [];
    const kept = async (key: string) => {
      asked.push(key);
      return one.keys().includes(key) ? graphFile() : null;
    };
    const again = path.join(space.folder, 'again-0.hnsw');
    (await VectorIndex.build(list, vectors, DIMENSION, embeddings, { kept })).write(() => again);
    expect(await readFile(again)).toEqual(before);
    const others = [...vectors.slice(1), ...vectors.slice(0, 1)];
    (await VectorIndex.build(list, others, DIMENSION, embeddings, { kept })).write(() => again);
    expect(await readFile(again)).not.toEqual(before);
    expect(asked[0]).toBe(one.keys()[0]);
    expect(asked[1]).not.toBe(asked[0]);
  });

  it('is not read from a graph that is cut off, or whose vectors are of another length or order', async () => {
    one.write(graphFile);
    const bytes = await readFile(graphFile());
    await writeFile(graphFile(), bytes.subarray(0, bytes.length / 2));
    await expect(readOne()).rejects.toThrow('not of vectors of 24 numbers');
    await writeFile(graphFile(), bytes.subarray(0, 40));
    await expect(readOne()).rejects.toThrow('cut off');
    const swapped = Buffer.from(bytes);
    swapped[96 + 5 * Number(bytes.readBigUInt64LE(24)) + Number(bytes.readBigUInt64LE(32))] = 9;
    await writeFile(graphFile(), swapped);
    await expect(readOne()).rejects.toThrow('no entry 5');
  });
});
