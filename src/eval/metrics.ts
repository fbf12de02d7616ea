import type { Estimate } from './types.js';

/** 1 where one of the first `k` is right, else 0: with one right paragraph this is recall@k. */
export function successAt(ranking: readonly number[], gold: readonly number[], k: number): number {
  return ranking.slice(0, k).some((paragraph) => gold.includes(paragraph)) ? 1 : 0;
}

/** Share of the right paragraphs among the first `k`. */
export function recallAt(ranking: readonly number[], gold: readonly number[], k: number): number {
  return gold.filter((paragraph) => ranking.slice(0, k).includes(paragraph)).length / gold.length;
}

/** 1 / rank of the first right paragraph, 0 where there is none. */
export function reciprocalRank(ranking: readonly number[], gold: readonly number[]): number {
  const position = ranking.findIndex((paragraph) => gold.includes(paragraph));
  return position === -1 ? 0 : 1 / (position + 1);
}

/** nDCG at `k` with binary gain and a discount of log2(rank + 1), as trec_eval's ndcg_cut. */
export function ndcgAt(ranking: readonly number[], gold: readonly number[], k: number): number {
  const discount = (position: number) => 1 / Math.log2(position + 2);
  const gained = ranking
    .slice(0, k)
    .reduce((sum, paragraph, i) => sum + (gold.includes(paragraph) ? discount(i) : 0), 0);
  const ideal = Array.from({ length: Math.min(k, gold.length) }, (_, i) => discount(i)).reduce(
    (a, b) => a + b,
    0,
  );
  return ideal === 0 ? 0 : gained / ideal;
}

/** Area under the ROC curve: the chance that a positive scores above a negative, ties count half. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const positive of positives) {
    for (const negative of negatives) wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return positives.length * negatives.length === 0
    ? Number.NaN
    : wins / (positives.length * negatives.length);
}

const RESAMPLES = 2000;

/** Mean with the 2.5th and 97.5th percentile of the means of resamples (Efron's percentile bootstrap, fixed seed). */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  if (n === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, n };
  const random = generator(n);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < n; i += 1) sum += values[Math.floor(random() * n)] ?? 0;
    return sum / n;
  }).sort((a, b) => a - b);
  return {
    mean: mean(values),
    low: means[Math.floor(0.025 * RESAMPLES)] ?? 0,
    high: means[Math.floor(0.975 * RESAMPLES)] ?? 0,
    n,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Two-sided p-value of the difference of two systems' means over the same questions: the share of random sign
 * changes whose difference is at least as large (Fisher's paired randomisation test, fixed seed).
 */
export function pairedP(a: readonly number[], b: readonly number[]): number {
  const differences = a.map((value, i) => value - (b[i] ?? 0));
  const observed = Math.abs(mean(differences));
  const random = generator(differences.length);
  let asLarge = 0;
  for (let i = 0; i < RESAMPLES; i += 1) {
    const sum = differences.reduce((total, value) => total + (random() < 0.5 ? value : -value), 0);
    if (Math.abs(sum / differences.length) >= observed - 1e-12) asLarge += 1;
  }
  return (asLarge + 1) / (RESAMPLES + 1);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
