import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate, type SetResult } from '../../src/eval/evaluate.js';
import { exportSets } from '../../src/eval/export.js';
import { readSet } from '../../src/eval/run.js';
import type { EvalQuestion } from '../../src/eval/types.js';
import type { Service } from '../../src/service.js';
import { RECORD_ID, ROOT } from '../support/fixtures.js';
import { openService } from '../support/service.js';
import { temporaryFolder } from '../support/temporary.js';

let service: Service;
let questions: readonly EvalQuestion[];
let results: readonly SetResult[];

beforeAll(async () => {
  service = await openService();
  questions = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
  const sets = [
    { name: 'dev', questions: questions.filter((_, i) => i % 2 === 0) },
    { name: 'other', questions: questions.filter((_, i) => i % 12 === 1) },
  ];
  results = await evaluate(service.index, sets, { peers: false, bare: false, abstainThreshold: undefined });
});
afterAll(() => service.close());

async function exported(): Promise<{ lines(name: string): Promise<string[]> }> {
  const folder = path.join(await temporaryFolder(), 'new/folder');
  await exportSets(service.index, results, folder);
  return {
    lines: async (name) => (await readFile(path.join(folder, name), 'utf8')).trimEnd().split('\n'),
  };
}

interface Query {
  readonly _id: string;
  readonly text: string;
  readonly metadata: { readonly set: string; readonly kind: string; readonly register?: string };
}

const parsed = <T>(lines: readonly string[]) => lines.map((line) => JSON.parse(line) as T);

/** What is right for each question, from lines of four columns or of three. */
function rightIn(lines: readonly (readonly string[])[]): Map<string, Set<string>> {
  const right = new Map<string, Set<string>>();
  for (const columns of lines) {
    const [query = '', document = ''] = [columns[0], columns.at(-2)];
    right.set(query, (right.get(query) ?? new Set()).add(document));
  }
  return right;
}

/** The lines of a run by question. */
function byQuery(lines: readonly string[]): Map<string, string[][]> {
  const runs = new Map<string, string[][]>();
  for (const columns of lines.map((line) => line.split(' '))) {
    const [query = ''] = columns;
    runs.set(query, [...(runs.get(query) ?? []), columns]);
  }
  return runs;
}

describe('an export', () => {
  it('has every paragraph of the corpus, as BEIR reads it', async () => {
    const corpus = parsed<{ _id: string; title: string; text: string }>(
      await (await exported()).lines('corpus.jsonl'),
    );
    expect(corpus).toHaveLength(service.index.paragraphs.length);
    expect(new Set(corpus.map(({ _id }) => _id)).size).toBe(corpus.length);
    const paragraph = corpus.find(({ _id }) => _id === `${RECORD_ID}/71`);
    expect(paragraph?.text).toContain('prison overcrowding');
    expect(paragraph?.title).toMatch(/2022/u);
    for (const { text } of corpus) expect(text).not.toBe('');
  });

  it('has every question, and a file of what is right for each set', async () => {
    const { lines } = await exported();
    const queries = parsed<Query>(await lines('queries.jsonl'));
    expect(queries.map(({ _id }) => _id)).toEqual(
      results.flatMap(({ asked }) => asked.map(({ question }) => question.id)),
    );
    for (const { set, asked } of results) {
      const [head, ...rows] = await lines(`qrels/${set}.tsv`);
      expect(head).toBe('query-id\tcorpus-id\tscore');
      const right = rightIn(rows.map((row) => row.split('\t')));
      expect(right).toEqual(rightIn((await lines(`${set}.qrels.trec`)).map((line) => line.split(' '))));
      expect(Object.fromEntries([...right].map(([id, documents]) => [id, [...documents].sort()]))).toEqual(
        Object.fromEntries(
          asked
            .filter(({ question }) => question.gold.length > 0)
            .map(({ question: { id, gold } }) => [id, gold.map((number) => `${RECORD_ID}/${number}`).sort()]),
        ),
      );
    }
  });

  it('has runs as trec_eval reads them: ranks from 1, scores that fall, documents once', async () => {
    const { lines } = await exported();
    const documents = new Set(parsed<{ _id: string }>(await lines('corpus.jsonl')).map(({ _id }) => _id));
    const runs = byQuery(await lines('dev.run.trec'));
    for (const rows of runs.values()) {
      expect(rows.map((row) => row.length)).toEqual(rows.map(() => 6));
      expect(rows.map(([, , , rank]) => Number(rank))).toEqual(rows.map((_, i) => i + 1));
      expect(new Set(rows.map(([, , document]) => document)).size).toBe(rows.length);
      for (const [i, [, q0, document = '', , score, tag]] of rows.entries()) {
        expect([q0, tag]).toEqual(['Q0', 'paracite']);
        expect(documents.has(document)).toBe(true);
        // Single precision, as trec_eval holds it.
        if (i > 0) expect(Math.fround(Number(score))).toBeLessThan(Math.fround(Number(rows[i - 1]?.[4])));
      }
    }
  });

  it('gives the printed figures, computed from its files alone', async () => {
    const { lines } = await exported();
    const kinds = new Map(
      parsed<Query>(await lines('queries.jsonl')).map(({ _id, metadata }) => [_id, metadata.kind]),
    );
    for (const { set, systems } of results) {
      const right = rightIn((await lines(`${set}.qrels.trec`)).map((line) => line.split(' ')));
      const runs = byQuery(await lines(`${set}.run.trec`));
      // Ordered by score, as trec_eval does, not by the rank that is written.
      const rankingOf = (query: string) =>
        (runs.get(query) ?? [])
          .sort((a, b) => Number(b[4]) - Number(a[4]))
          .map(([, , document = '']) => document);
      const isTheme = (query: string) => kinds.get(query) === 'theme';
      const singles = [...right].filter(([query]) => !isTheme(query));
      const themes = [...right].filter(([query]) => isTheme(query));
      const meanOver = <T>(list: readonly T[], value: (one: T) => number) =>
        list.reduce((sum, one) => sum + value(one), 0) / list.length;
      const ranks = new Map(
        singles.map(([query, gold]) => [
          query,
          rankingOf(query).findIndex((document) => gold.has(document)) + 1,
        ]),
      );
      const recallAt = (k: number) =>
        meanOver(singles, ([query]) => {
          const rank = ranks.get(query) ?? 0;
          return rank > 0 && rank <= k ? 1 : 0;
        });
      const figures = systems[0]?.figures;
      expect(recallAt(1)).toBeCloseTo(figures?.recall1.mean ?? Number.NaN, 12);
      expect(recallAt(5)).toBeCloseTo(figures?.recall5.mean ?? Number.NaN, 12);
      expect(recallAt(10)).toBeCloseTo(figures?.recall10.mean ?? Number.NaN, 12);
      expect(
        meanOver(singles, ([query]) => {
          const rank = ranks.get(query) ?? 0;
          return rank > 0 ? 1 / rank : 0;
        }),
      ).toBeCloseTo(figures?.mrr.mean ?? Number.NaN, 12);
      if (themes.length > 0) {
        const recall = ([query, gold]: (typeof themes)[number]) =>
          rankingOf(query).filter((document) => gold.has(document)).length / gold.size;
        expect(meanOver(themes, recall)).toBeCloseTo(figures?.themes15.mean ?? Number.NaN, 12);
      }
    }
  });

  it('refuses an id that TREC cannot hold', async () => {
    const [first] = results;
    const [asked] = first?.asked ?? [];
    if (!first || !asked) throw new Error('no question');
    const question = { ...asked.question, id: 'two words' };
    const folder = await temporaryFolder();
    await expect(
      exportSets(service.index, [{ ...first, asked: [{ ...asked, question }] }], folder),
    ).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('two words') });
  });
});
