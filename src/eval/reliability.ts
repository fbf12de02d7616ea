import { mean } from './metrics.js';
import type { Asked } from './run.js';
import { UNANSWERABLE } from './types.js';

const BINS = 10;
/** Steps of the threshold from 0 to 1. */
const THRESHOLDS = 50;

/** What was said to be the chance that the record answers a question, and whether it does. */
export interface Judged {
  /** 0 to 1. */
  readonly confidence: number;
  readonly answerable: boolean;
}

/** Questions whose confidence is in `[from, to)`; the last bin has 1 too. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean confidence, null where the bin is empty. */
  readonly confidence: number | null;
  /** Share that the record answers, null where the bin is empty. */
  readonly answerable: number | null;
}

export function judgedOf(asked: readonly Asked[]): Judged[] {
  return asked.map(({ question, answer }) => ({
    confidence: answer.confidence,
    answerable: question.gold.length > 0,
  }));
}

/** A reliability diagram's bins of equal width (DeGroot & Fienberg, 1983). */
export function reliability(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: BINS }, (_, i): Bin => {
    const inside = judged.filter(({ confidence }) => Math.min(Math.floor(confidence * BINS), BINS - 1) === i);
    const meanOf = (values: readonly number[]) => (values.length === 0 ? null : mean(values));
    return {
      from: i / BINS,
      to: (i + 1) / BINS,
      n: inside.length,
      confidence: meanOf(inside.map(({ confidence }) => confidence)),
      answerable: meanOf(inside.map(({ answerable }) => (answerable ? 1 : 0))),
    };
  });
}

/** Expected calibration error: distance between the two means of a bin, each bin by its count (Naeini et al., 2015). */
export function calibrationError(bins: readonly Bin[]): number {
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  return bins.reduce(
    (sum, { n, confidence, answerable }) =>
      sum + (n / total) * Math.abs((confidence ?? 0) - (answerable ?? 0)),
    0,
  );
}

/** Shares of the questions that are refused at a threshold; a group without questions is left out. */
export interface RefusedAt {
  readonly threshold: number;
  readonly shares: Readonly<Record<string, number>>;
}

/** What `ask` would refuse as its threshold moves from 0 to 1: of the answerable, and of each kind that is not. */
export function refusedByThreshold(asked: readonly Asked[]): RefusedAt[] {
  const groups = [
    ['answerable', asked.filter(({ question }) => question.gold.length > 0)] as const,
    ...UNANSWERABLE.map(
      (kind) =>
        [kind, asked.filter(({ question }) => question.gold.length === 0 && question.kind === kind)] as const,
    ),
  ].filter(([, list]) => list.length > 0);
  return Array.from({ length: THRESHOLDS + 1 }, (_, i) => {
    const threshold = i / THRESHOLDS;
    const refused = ({ answer }: Asked) =>
      answer.passages.length === 0 || answer.confidence < threshold ? 1 : 0;
    return {
      threshold,
      shares: Object.fromEntries(groups.map(([name, list]) => [name, mean(list.map(refused))])),
    };
  });
}
