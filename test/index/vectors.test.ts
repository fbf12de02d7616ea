import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Allowed,
  type Entry,
  QueryAdapter,
  type SearchIndex,
  type VectorIndex,
} from '../../src/index/index.js';
import type { Service } from '../../src/service.js';
import { openService } from '../support/service.js';

const K = 10;
const RECALL = 0.95;

/** Asked in words of our own, one or more for each year and kind of paragraph. */
const QUERIES = [
  'What causes crime, and how can it be prevented?',
  'How do stolen and seized assets get managed?',
  'Can confiscated houses be used for social purposes?',
  'violence against women online',
  'What do young people contribute?',
  'Why should victims be listened to?',
  'How are witnesses protected in small communities?',
  'whistleblower',
  'Are prisons overcrowded?',
  'climate change and prisoners',
  'How many women work in the police?',
  'Who pays for a lawyer when someone is poor?',
  'video hearings in court',
  'fair and equal sentences',
  'Which networks exist against corruption?',
  'teaching integrity at school',
  'crypto currency investigations',
  'What is said about electronic evidence from abroad?',
  'How is terrorism financed?',
  'foreign terrorist fighters crossing borders',
  'illegal logging and fishing',
  'fake medicines',
  'hate speech',
  'romance scams and phishing',
  'artificial intelligence used by criminals',
  'Where and when will the Crime Congress be held?',
  'Which documents give the background?',
  'Was the text edited?',
];

let service: Service<SearchIndex>;
let vectors: Float32Array[];
beforeAll(async () => {
  service = await openService();
  vectors = await service.index.embeddings.embedAll(QUERIES);
});
afterAll(() => service.close());

/** Rows of the nearest entries, found by looking at all of them. */
function exact<E extends Entry>(
  index: VectorIndex<E>,
  vector: Float32Array,
  allowed: Allowed,
): { readonly row: number; readonly similarity: number }[] {
  return [...index.entries()]
    .map((entry, row) => ({ row, paragraph: entry.paragraph, similarity: index.similarity(vector, row) }))
    .filter(({ paragraph }) => allowed(paragraph))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, K);
}

async function meanRecall<E extends Entry>(
  index: VectorIndex<E>,
  queries: readonly Float32Array[],
  allowed: Allowed | null,
): Promise<number> {
  let sum = 0;
  for (const vector of queries) {
    const wanted = exact(index, vector, allowed ?? (() => true));
    const found = new Set((await index.nearest(vector, K, allowed)).map(({ row }) => row));
    sum += wanted.filter(({ row }) => found.has(row)).length / wanted.length;
  }
  return sum / queries.length;
}

const year =
  (wanted: number | null): Allowed =>
  (ordinal) =>
    service.index.paragraphs[ordinal]?.paragraph.year === wanted;
const FILTERS: readonly (readonly [string, () => Allowed | null])[] = [
  ['no filter', () => null],
  ['a filter that allows everything', () => () => true],
  ['the year 2021', () => year(2021)],
  ['the year 2023', () => year(2023)],
  ['what has no year', () => year(null)],
  ['every tenth paragraph', () => (ordinal) => ordinal % 10 === 3],
  ['three paragraphs', () => (ordinal) => [20, 71, 150].includes(ordinal)],
];

describe('the nearest chunks of the record', () => {
  it.each(FILTERS)(
    `are those of an exact search, with %s: recall@${K} of at least ${RECALL}`,
    async (_, filter) => {
      expect(await meanRecall(service.index.chunks, vectors, filter())).toBeGreaterThanOrEqual(RECALL);
    },
  );

  it('are found by their own vectors too: each first, the rest as in an exact search', async () => {
    const { chunks } = service.index;
    const own = Array.from({ length: chunks.size }, (_, row) => chunks.vector(row));
    expect(
      await meanRecall(
        chunks,
        own.filter((_, row) => row % 9 === 0),
        null,
      ),
    ).toBeGreaterThanOrEqual(RECALL);
    for (const [row, vector] of own.entries()) {
      const [first] = await chunks.nearest(vector, 1, null);
      expect(first?.similarity).toBeCloseTo(1, 4);
      // A sentence that the record says twice has two chunks.
      expect(chunks.entry(first?.row ?? -1)?.text).toBe(chunks.entry(row)?.text);
    }
  });

  it('come nearest first, with the cosine and their entry', async () => {
    const { chunks } = service.index;
    for (const vector of vectors) {
      const hits = await chunks.nearest(vector, K, null);
      expect(hits).toHaveLength(K);
      for (const [rank, { row, paragraph, similarity }] of hits.entries()) {
        expect(paragraph).toBe(chunks.entry(row)?.paragraph);
        expect(similarity).toBeCloseTo(chunks.similarity(vector, row), 5);
        expect(similarity).toBeLessThanOrEqual(hits[rank - 1]?.similarity ?? 1.00001);
      }
      expect(new Set(hits.map(({ row }) => row)).size).toBe(K);
    }
  });

  it('are of allowed paragraphs only', async () => {
    for (const [, filter] of FILTERS) {
      const allowed = filter() ?? (() => true);
      for (const vector of vectors.slice(0, 5)) {
        const hits = await service.index.chunks.nearest(vector, 50, allowed);
        expect(hits.every(({ paragraph }) => allowed(paragraph))).toBe(true);
      }
    }
  });

  it('are found where the filter allows one paragraph, each paragraph, however far from the question', async () => {
    const { chunks, paragraphs } = service.index;
    for (const ordinal of paragraphs.keys()) {
      const vector = vectors[ordinal % vectors.length] ?? new Float32Array();
      const hits = await chunks.nearest(vector, K, (paragraph) => paragraph === ordinal);
      const all = chunks.rowsOf(ordinal);
      expect(all.length).toBeGreaterThan(0);
      expect(hits.map(({ row }) => row).sort(), `ordinal ${ordinal}`).toEqual(
        exact(chunks, vector, (paragraph) => paragraph === ordinal)
          .map(({ row }) => row)
          .sort(),
      );
    }
  });

  it('are none where the filter allows nothing', async () => {
    for (const vector of vectors) {
      expect(await service.index.chunks.nearest(vector, K, () => false)).toEqual([]);
    }
  });

  it('are all of them where more are wanted than there are', async () => {
    const { chunks } = service.index;
    const [vector = new Float32Array()] = vectors;
    expect(await chunks.nearest(vector, chunks.size + 100, null)).toHaveLength(chunks.size);
  });

  it('have vectors of length 1', () => {
    const { chunks } = service.index;
    for (const row of Array(chunks.size).keys()) {
      expect(lengthOf(chunks.vector(row))).toBeCloseTo(1, 5);
    }
  });
});

describe('the nearest questions of the sidecar', () => {
  it.each(FILTERS)(
    `are those of an exact search, with %s: recall@${K} of at least ${RECALL}`,
    async (_, filter) => {
      const { questions, adapter } = service.index;
      const adapted = vectors.map((vector) => adapter.apply(vector));
      expect(await meanRecall(questions, adapted, filter())).toBeGreaterThanOrEqual(RECALL);
    },
  );

  it('are found where the filter allows one paragraph, each paragraph that has questions', async () => {
    const { questions, paragraphs, adapter } = service.index;
    for (const ordinal of paragraphs.keys()) {
      const rows = questions.rowsOf(ordinal);
      if (rows.length === 0 || ordinal % 4 !== 0) continue;
      const vector = adapter.apply(vectors[ordinal % vectors.length] ?? []);
      const hits = await questions.nearest(vector, K, (paragraph) => paragraph === ordinal);
      expect(hits, `ordinal ${ordinal}`).toHaveLength(Math.min(K, rows.length));
    }
  });
});

describe('the adapter', () => {
  const vectorOf = (dimension: number) =>
    fc
      .array(
        fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000),
        { minLength: dimension, maxLength: dimension },
      )
      .filter((vector) => Math.hypot(...vector) > 1e-3);

  it('returns vectors of length 1 for questions', () => {
    for (const vector of vectors) {
      const adapted = service.index.adapter.apply(vector);
      expect(adapted).toHaveLength(512);
      expect(lengthOf(adapted)).toBeCloseTo(1, 5);
    }
  });

  it('returns vectors of length 1 for any vector that is not zero, of any length', () => {
    fc.assert(
      fc.property(vectorOf(512), fc.constantFrom(1, 1e-6, 1e6), (vector, scale) => {
        const adapted = service.index.adapter.apply(vector.map((value) => value * scale));
        expect(lengthOf(adapted)).toBeCloseTo(1, 4);
      }),
      { numRuns: 50 },
    );
  });

  it('returns the zero vector for the zero vector', () => {
    expect(lengthOf(service.index.adapter.apply(new Float32Array(512)))).toBe(0);
  });

  it('gives the questions in the index vectors of length 1', () => {
    const { questions } = service.index;
    for (const row of Array(questions.size).keys()) {
      const length = lengthOf(questions.vector(row));
      if (Math.abs(length - 1) > 1e-5) expect.fail(`row ${row} has length ${length}`);
    }
  });

  it('changes no direction where there is nothing to learn: no question, one a paragraph, the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(vectorOf(6), vectorOf(6), async (a, b) => {
        const unit = Float32Array.from(a.map((value) => value / Math.hypot(...a)));
        const expected = b.map((value) => value / Math.hypot(...b));
        const learnt = [
          await QueryAdapter.learn([], [], 6),
          await QueryAdapter.learn([unit], [1], 6),
          await QueryAdapter.learn([unit, unit], [1, 1], 6),
          await QueryAdapter.learn([unit, Float32Array.from(expected)], [1, 2], 6),
        ];
        for (const adapter of learnt) {
          for (const [i, value] of adapter.apply(b).entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 5);
        }
      }),
    );
  });

  it('returns vectors of length 1, whatever questions it learns from', async () => {
    const classified = fc.array(fc.tuple(vectorOf(6), fc.integer({ min: 0, max: 3 })), { maxLength: 12 });
    const copies = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(classified, copies, vectorOf(6), async (questions, times, query) => {
        const all = questions.flatMap((question) => Array.from({ length: times }, () => question));
        const adapter = await QueryAdapter.learn(
          all.map(([vector]) => Float32Array.from(vector.map((value) => value / Math.hypot(...vector)))),
          all.map(([, paragraph]) => paragraph),
          6,
        );
        expect(lengthOf(adapter.apply(query))).toBeCloseTo(1, 4);
      }),
      { numRuns: 200 },
    );
  });

  it('damps the direction in which questions about one paragraph differ', async () => {
    const adapter = await QueryAdapter.learn(
      [
        [0.8, 0.6, 0],
        [0.8, -0.6, 0],
      ].map((vector) => Float32Array.from(vector)),
      [1, 1],
      3,
    );
    const [topic = 0, noise = 0] = adapter.apply([1, 1, 0]);
    expect(Math.abs(noise)).toBeLessThan(Math.abs(topic));
    expect(adapter.apply([0, 0, 1])[2]).toBeCloseTo(1, 6);
  });
});

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
