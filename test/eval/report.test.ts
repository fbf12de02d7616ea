import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EvalArguments, evalCommand } from '../../src/cli/eval.js';
import { compare, comparisonText } from '../../src/eval/compare.js';
import { evaluate, type SetResult } from '../../src/eval/evaluate.js';
import { embedded, type Figures, figuresOf, readFigures } from '../../src/eval/figures.js';
import { worstMisses, wronglyAnswered, wronglyRefused } from '../../src/eval/misses.js';
import {
  calibrationError,
  type Judged,
  refusedByThreshold,
  reliability,
} from '../../src/eval/reliability.js';
import { type Report, reportPage } from '../../src/eval/report.js';
import { readSet } from '../../src/eval/run.js';
import { sweepFusion, withLexicalShare } from '../../src/eval/sweep.js';
import type { EvalQuestion } from '../../src/eval/types.js';
import { WEIGHTS } from '../../src/retrieve/index.js';
import type { Service } from '../../src/service.js';
import { writeWhole } from '../../src/write.js';
import { ROOT } from '../support/fixtures.js';
import { attributes, decode, elements } from '../support/html.js';
import { openService, testConfig } from '../support/service.js';
import { temporaryFolder } from '../support/temporary.js';

/** A question whose gold is wrong on purpose: it is a miss. In a tag's clothes, for the page has to escape it. */
const MISSED = {
  id: 'missed',
  question: 'Why is <b>prison overcrowding</b> an "obstacle"?',
  kind: 'lookup',
  register: 'record',
  gold: [155],
  must_quote: [],
} satisfies EvalQuestion;

let service: Service;
let questions: readonly EvalQuestion[];
let results: readonly SetResult[];
let figures: Figures;

beforeAll(async () => {
  service = await openService();
  const all = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
  questions = [...all.filter((_, i) => i % 4 === 0), MISSED];
  const few = questions.filter((_, i) => i % 3 === 0);
  // The same questions under another name stand for those that nobody may look at.
  const sets = [
    { name: 'dev', questions },
    { name: 'held-out', questions: few.map((question) => ({ ...question, id: `held-${question.id}` })) },
  ];
  results = await evaluate(service.index, sets, { peers: false, bare: false, abstainThreshold: undefined });
  const fusion = new Map([['dev', await sweepFusion(service.index, few)]]);
  figures = figuresOf(
    { index: service.index.manifest.identity, date: '2026-01-02T03:04:05.000Z' },
    results,
    fusion,
  );
});
afterAll(() => service.close());

function page(changes: Partial<Report> = {}): Promise<string> {
  return reportPage({
    index: service.index,
    results,
    figures,
    gates: { dev: { mrr: { min: 0.2 }, 'answerable refused': { max: -1 }, unheard: { min: 0 } } },
    development: 'dev',
    abstainThreshold: undefined,
    comparison: null,
    ...changes,
  });
}

describe('a report', () => {
  it('needs nothing beside itself, and no script', async () => {
    const html = await page();
    expect(html.match(/https?:|@import|url\(/gu)).toBeNull();
    expect(attributes(html, 'src')).toEqual([]);
    for (const address of attributes(html, 'href')) expect(address).toMatch(/^(?:#|data:,$)/u);
    expect(html.match(/<script\b[^>]*>/gu)).toEqual(['<script type="application/json" id="figures">']);
    expect(html).toContain('color-scheme: light dark');
    expect(html.match(/\[object|undefined|NaN/gu)).toBeNull();
  });

  it('says what was run: index, date, sets', async () => {
    const html = await page();
    const facts = elements(html, 'dd').map(decode);
    expect(facts).toContain(service.index.manifest.identity);
    expect(facts).toContain(figures.date);
    expect(facts).toContain(
      `dev (${questions.length} questions), held-out (${results[1]?.questions} questions)`,
    );
  });

  it('has the tables of the terminal', async () => {
    const html = await page();
    const heads = elements(html, 'thead').map((head) => elements(head, 'th').map(decode));
    expect(heads).toContainEqual(expect.arrayContaining(['ranking', 'recall@1', 'MRR', 'nDCG@10']));
    expect(heads).toContainEqual(['Paracite by kind', 'n', 'recall@1', 'recall@5', 'MRR']);
    expect(heads).toContainEqual(['answers', 'n', 'Paracite', 'without sidecar']);
  });

  it('draws charts that have a name each, and their numbers as a table', async () => {
    const html = await page();
    const parts = elements(html, 'figure');
    const titles = parts.flatMap((part) => elements(part, 'title').map(decode));
    expect(titles.slice(0, 6)).toEqual([
      'Recall at 1 and at 5 by kind',
      'Recall at 1 and at 5 by register',
      'Reliability of the confidence',
      'AUROC by unanswerable kind',
      'Recall at 1 and MRR by the weight of the lexical signal',
      'Refused share by threshold',
    ]);
    const ids = attributes(html, 'id');
    expect(new Set(ids).size).toBe(ids.length);
    for (const part of parts) {
      expect(part.match(/<svg [^>]*role="img"/gu)).toHaveLength(1);
      expect(elements(part, 'table')).toHaveLength(1);
      const [names = ''] = attributes(part, 'aria-labelledby');
      for (const name of names.split(' ')) expect(ids).toContain(name);
    }
  });

  it('draws nothing outside its box', async () => {
    for (const svg of (await page()).match(/<svg .*?<\/svg>/gsu) ?? []) {
      const [, width = 0, height = 0] = /viewBox="0 0 (\d+) ([\d.]+)"/u.exec(svg) ?? [];
      for (const [names, most] of [
        [['x', 'x1', 'x2', 'cx'], Number(width)],
        [['y', 'y1', 'y2', 'cy'], Number(height)],
      ] as const) {
        for (const value of names.flatMap((name) => attributes(svg, name)).map(Number)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(most);
        }
      }
    }
  });

  it('shows the misses of the development set, escaped, with label, section and snippet', async () => {
    const html = await page();
    const { question } = MISSED;
    expect(html).not.toContain(question);
    expect(decode(html)).toContain(question);
    const [miss] = worstMisses(service.index, results[0]?.asked ?? []);
    expect(miss).toMatchObject({ asked: { question: { id: 'missed' } }, rank: null });
    expect(miss?.instead).toHaveLength(3);
    const text = decode(html);
    for (const { label, section, snippet } of miss?.instead ?? []) {
      expect(text).toContain(`${label} <span class="note">${section.join(' > ')}`);
      expect(text).toContain(snippet);
    }
  });

  it('shows what was wrongly refused and wrongly answered', async () => {
    const text = decode(await page());
    const asked = results[0]?.asked ?? [];
    const wrong = [...wronglyRefused(asked), ...wronglyAnswered(asked)];
    for (const { question } of wrong) expect(text).toContain(question.question);
    for (const { question, answer } of wrong)
      expect(question.gold.length > 0).toBe(answer.status === 'not_found');
  });

  it('shows no question of any other set', async () => {
    const html = decode(await page({ development: null }));
    for (const { question } of questions) expect(html).not.toContain(question);
    expect(html).toContain('Only the development set shows its questions.');
  });

  it('shows each gate with what was reached', async () => {
    const rows = elements(await page(), 'tr').map((row) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gsu)].map(([, cell = '']) => decode(cell)),
    );
    const [dev] = results;
    expect(rows).toContainEqual(['mrr', '0.2', '-', dev?.systems[0]?.figures.mrr.mean.toFixed(3), 'reached']);
    expect(rows).toContainEqual([
      'answerable refused',
      '-',
      '-1',
      dev?.answers.answerableRefused.mean.toFixed(3),
      'missed',
    ]);
    expect(rows).toContainEqual(['unheard', '0', '-', 'no such figure', 'missed']);
  });

  it('is written whole, into folders that are made for it', async () => {
    const folder = await temporaryFolder({ file: '' });
    const file = path.join(folder, 'a/b/report.html');
    await writeWhole(file, 'first');
    await writeWhole(file, 'second');
    expect(await readFile(file, 'utf8')).toBe('second');
    expect(await readdir(path.dirname(file))).toEqual(['report.html']);
    const under = path.join(folder, 'file/report.html');
    await expect(writeWhole(under, '')).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining(under),
    });
  });
});

describe('the figures in a report', () => {
  it('are read again as they were', async () => {
    const folder = await temporaryFolder({ 'report.html': await page() });
    expect(await readFigures(path.join(folder, 'report.html'))).toEqual(figures);
  });

  it('are those of the tables', () => {
    const [dev] = figures.sets;
    expect(dev?.figures.MRR).toBe(results[0]?.systems[0]?.figures.mrr.mean);
    expect(Object.values(dev?.reciprocalRanks ?? {})).toEqual(
      results[0]?.systems[0]?.figures.reciprocalRanks,
    );
  });

  it('cannot end their element early', () => {
    const html = embedded({ ...figures, index: '</script><b>' });
    expect(html.match(/<\/script>/gu)).toHaveLength(1);
  });

  it('are asked for by name where a file has none', async () => {
    const folder = await temporaryFolder({
      'none.html': '<p>',
      'wrong.html': embedded({ ...figures, format: 2 } as unknown as Figures),
    });
    for (const name of ['none.html', 'wrong.html', 'missing.html']) {
      const file = path.join(folder, name);
      await expect(readFigures(file)).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining(file),
      });
    }
  });
});

describe('a comparison', () => {
  /** The run as it would be had every question of the development set been ranked perfectly, and one been new. */
  const better = (): Figures => ({
    ...figures,
    sets: figures.sets.slice(0, 1).map((set) => ({
      ...set,
      figures: { ...set.figures, 'recall@1': 1, invented: 0.5 },
      reciprocalRanks: {
        ...Object.fromEntries(Object.keys(set.reciprocalRanks).map((id) => [id, 1])),
        new: 1,
      },
    })),
  });

  it('with itself has no difference', () => {
    const { sets } = compare(figures, figures);
    expect(sets.map(({ set }) => set)).toEqual(['dev', 'held-out']);
    for (const { differences, matched, questionsNow, p } of sets) {
      expect(matched).toBe(questionsNow);
      expect(p).toBe(1);
      for (const { before, now } of differences) expect(now).toBe(before);
    }
  });

  it('gives the difference of each figure, and p over the questions that both have', () => {
    const comparison = compare(figures, better());
    expect(comparison.sets).toHaveLength(1);
    const [set] = comparison.sets;
    const count = Object.keys(figures.sets[0]?.reciprocalRanks ?? {}).length;
    expect(set).toMatchObject({ matched: count, questionsBefore: count, questionsNow: count + 1 });
    expect(set?.p).toBeGreaterThan(0);
    expect(set?.p).toBeLessThan(1);
    const text = comparisonText(comparison);
    expect(text).toMatch(/\| recall@1 +\| \.\d{3} +\| 1\.000 +\| \+\.\d{3} +\|/u);
    expect(text).toMatch(/\| invented +\| - +\| \.500 +\| - +\|/u);
    expect(text).toContain(`${count} questions matched by id (of ${count} before, ${count + 1} now): p`);
  });

  it('says so where nothing can be compared', () => {
    expect(comparisonText(compare({ ...figures, sets: [] }, figures))).toContain('no set in common');
    const [dev] = figures.sets;
    if (!dev) throw new Error('no figures');
    const others = { ...figures, sets: [{ ...dev, reciprocalRanks: { other: 1 } }] };
    expect(compare(others, figures).sets).toMatchObject([{ matched: 0, p: null }]);
  });

  it('is in the new report', async () => {
    const html = decode(await page({ comparison: compare(better(), figures) }));
    expect(html).toContain('Compared with an earlier run');
    expect(html).toMatch(/matched by id .*: p/u);
  });
});

describe('reliability', () => {
  const judged = (confidence: number, answerable: boolean): Judged => ({ confidence, answerable });

  it('bins by tenths, 1 in the last', () => {
    const bins = reliability([judged(0, false), judged(0.05, false), judged(0.1, true), judged(1, true)]);
    expect(bins.map(({ n }) => n)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(bins[0]).toEqual({ from: 0, to: 0.1, n: 2, confidence: 0.025, answerable: 0 });
    expect(bins[2]).toMatchObject({ confidence: null, answerable: null });
  });

  it('errs by the distance of confidence and share, weighed by count', () => {
    const bins = reliability([
      judged(0.75, true),
      judged(0.75, true),
      judged(0.75, false),
      judged(0.25, false),
    ]);
    expect(calibrationError(bins)).toBeCloseTo((3 / 4) * (0.75 - 2 / 3) + (1 / 4) * 0.25, 12);
    expect(calibrationError(reliability([judged(1, true), judged(0, false)]))).toBe(0);
  });

  it('refuses nothing at 0, and ever more from there', () => {
    const asked = results[0]?.asked ?? [];
    const curve = refusedByThreshold(asked);
    expect(curve).toHaveLength(51);
    expect(curve[0]).toEqual({ threshold: 0, shares: { answerable: 0, near: 0, far: 0, hostile: 0 } });
    for (const [i, { shares }] of curve.entries()) {
      for (const [name, share] of Object.entries(shares))
        expect(share).toBeGreaterThanOrEqual(curve[i - 1]?.shares[name] ?? 0);
    }
  });
});

describe('the sweep of the fusion weights', () => {
  it('gives the lexical signal its share, and the others the rest in proportion', () => {
    const { withQuestions: own } = WEIGHTS;
    for (const share of [0, 0.3, 1]) {
      const { withQuestions, without } = withLexicalShare(WEIGHTS, share);
      for (const weights of [withQuestions, without]) {
        expect(weights.lexical).toBe(share);
        expect(Object.values(weights).reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12);
      }
      expect(withQuestions.question * own.questions).toBeCloseTo(withQuestions.questions * own.question, 12);
    }
    expect(withLexicalShare(WEIGHTS, own.lexical).withQuestions.question).toBeCloseTo(own.question, 12);
  });

  it('goes from 0 to 1, and changes what is found', () => {
    const fusion = figures.sets[0]?.fusion ?? [];
    expect(fusion.map(({ lexical }) => lexical)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(new Set(fusion.map(({ mrr }) => mrr)).size).toBeGreaterThan(1);
  });
});

describe('paracite eval --report and --compare', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes a report, and compares the next run with it on the terminal and in its report', async () => {
    const printed: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const folder = await temporaryFolder();
    const set = path.join(folder, 'own.jsonl');
    await writeFile(
      set,
      [MISSED, { ...MISSED, id: 'found', gold: [71] }].map((q) => JSON.stringify(q)).join('\n'),
    );
    const [first, second] = [path.join(folder, 'reports/1.html'), path.join(folder, 'reports/2.html')];
    const run = (changes: Partial<EvalArguments>) =>
      evalCommand(testConfig(), {
        set,
        json: false,
        digest: false,
        split: undefined,
        peers: false,
        report: undefined,
        compare: undefined,
        exportTo: undefined,
        ...changes,
      });
    expect(await run({ report: first })).toBe(true);
    expect(await run({ report: second, compare: first })).toBe(true);
    expect(printed[0]).not.toContain('matched by id');
    expect(printed[1]).toContain('2 questions matched by id (of 2 before, 2 now): p = 1.000');
    const html = await readFile(second, 'utf8');
    expect(html).toContain('2 questions matched by id');
    expect(html).not.toContain('prison overcrowding');
    expect((await readFigures(second)).sets).toMatchObject([{ set: 'own', questions: 2 }]);
    await run({ json: true, compare: first });
    const json = JSON.parse(printed[2] ?? '') as { results: object[]; comparison: { sets: object[] } };
    expect(json.comparison.sets).toMatchObject([{ set: 'own', matched: 2 }]);
    expect(json.results[0]).not.toHaveProperty('asked');
    await expect(run({ compare: set })).rejects.toMatchObject({ code: 'bad_request' });
  });
});
