import { digest } from '../digest/index.js';
import type { AnyIndex } from '../index/index.js';
import { estimate } from './metrics.js';
import { columns, interval } from './table.js';
import type { Estimate, EvalQuestion } from './types.js';

/** Most paragraphs of a measured digest: as many as `/v1/digest` gives. */
const LIMIT = 100;

/** How right digests are, with a value a question. */
export interface DigestFigures {
  /** Share of the paragraphs in the digest that are right, over themes. */
  readonly precision: Estimate;
  /** Share of the right paragraphs that are in the digest, over themes. */
  readonly recall: Estimate;
  /** Harmonic mean of the two, a question at a time. */
  readonly f1: Estimate;
  /** Share of digests of questions beside the record that are empty. */
  readonly empty: Estimate;
}

/** Makes a digest of every theme, and of every question that is beside the record. */
export async function digestFigures(
  index: AnyIndex,
  questions: readonly EvalQuestion[],
  abstainThreshold: number | undefined,
): Promise<DigestFigures> {
  const found = async (list: readonly EvalQuestion[]) => {
    const all: { readonly gold: readonly number[]; readonly paragraphs: readonly number[] }[] = [];
    for (const { question, gold } of list) {
      const query = { topic: question, filters: { documents: [], years: [], sections: [] }, scope: true };
      const { passages } = await digest(index, { ...query, limit: LIMIT }, abstainThreshold);
      all.push({ gold, paragraphs: passages.map(({ paragraph }) => paragraph.number) });
    }
    return all;
  };
  const themes = await found(questions.filter(({ kind }) => kind === 'theme'));
  const beside = await found(questions.filter(({ kind }) => kind === 'far' || kind === 'hostile'));
  const shares = themes.map(({ gold, paragraphs }) => {
    const right = paragraphs.filter((number) => gold.includes(number)).length;
    return { precision: right / Math.max(1, paragraphs.length), recall: right / gold.length };
  });
  return {
    precision: estimate(shares.map(({ precision }) => precision)),
    recall: estimate(shares.map(({ recall }) => recall)),
    f1: estimate(
      shares.map(({ precision, recall }) =>
        precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      ),
    ),
    empty: estimate(beside.map(({ paragraphs }) => (paragraphs.length === 0 ? 1 : 0))),
  };
}

/** The figures as text for the terminal. */
export function digestTable(set: string, { precision, recall, f1, empty }: DigestFigures): string {
  const rows = (
    [
      ['paragraphs right (precision)', precision],
      ['right paragraphs there (recall)', recall],
      ['F1', f1],
      ['empty where beside the record', empty],
    ] as const
  ).map(([name, figure]) => [name, String(figure.n), interval(figure)]);
  const head = ['digests', 'n', 'mean'];
  return `## ${set}: digests; mean [95 % bootstrap interval]\n\n${columns({ head, rows })}`;
}
