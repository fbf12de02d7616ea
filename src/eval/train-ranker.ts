import { writeFile } from 'node:fs/promises';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings } from '../embed/index.js';
import { SIGNALS, scaled, signalsOf, targetOf, type Weights } from '../retrieve/index.js';
import { encodingOnce, FOLDS, type HeldOut, leaveOut } from './folds.js';

const OUTPUT = 'src/retrieve/weights.ts';
/** Questions of a paragraph that are taken. */
const QUESTIONS_A_PARAGRAPH = 24;
/** Paragraphs that a question chooses between: the best by an even sum of the signals. */
const CANDIDATES = 24;
const STEPS = 300;
const RATE = 0.3;
const PENALTY = 0.0005;
const DIGITS = 3;

interface Choice {
  /** Scaled signals of each candidate, in the order of `SIGNALS`. */
  readonly rows: readonly (readonly number[])[];
  /** Which of them is right. */
  readonly right: number;
  readonly fold: number;
}

/**
 * Learns the weights of the signals: the log-linear model over a question's candidates (ListNet with one right answer; Cao
 * et al., 2007) that makes the right paragraph of left-out questions most likely. The evaluation sets have no part in it.
 */
export async function trainRanker(
  document: RecordDocument,
  embeddings: LocalEmbeddings,
  log: (line: string) => void,
): Promise<Weights> {
  const choices: Choice[] = [];
  const encode = encodingOnce(embeddings);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { index, held } = await leaveOut(document, embeddings, fold, QUESTIONS_A_PARAGRAPH, encode);
    for (const { text, paragraph } of held satisfies readonly HeldOut[]) {
      const signals = scaled((await signalsOf(index, await targetOf(index, text), null)).signals);
      const rows = [...signals].map(([ordinal, own]) => ({
        row: SIGNALS.map((name) => own[name]),
        right: index.paragraphs[ordinal]?.paragraph.number === paragraph,
      }));
      const nearest = rows.sort((a, b) => sum(b.row) - sum(a.row)).slice(0, CANDIDATES);
      const right = nearest.findIndex((candidate) => candidate.right);
      if (right !== -1) choices.push({ rows: nearest.map(({ row }) => row), right, fold });
    }
    log(`ranker, fold ${fold + 1} of ${FOLDS}: ${choices.length} questions`);
  }
  const crossValidated = Array.from({ length: FOLDS }, (_, fold) => {
    const weights = learn(choices.filter((choice) => choice.fold !== fold));
    return share(
      choices.filter((choice) => choice.fold === fold),
      weights,
    );
  });
  const weights = learn(choices);
  log(
    `ranker: right first ${share(choices, weights).toFixed(3)}, cross-validated ${(sum(crossValidated) / FOLDS).toFixed(3)}, with even weights ${share(
      choices,
      SIGNALS.map(() => 1),
    ).toFixed(3)}`,
  );
  const learnt = Object.fromEntries(
    SIGNALS.map((name, i) => [name, rounded((weights[i] ?? 0) / sum(weights))]),
  ) as Record<(typeof SIGNALS)[number], number>;
  await writeFile(OUTPUT, sourceOf(learnt));
  return learnt;
}

/** Gradient descent on the negative log-likelihood, by Adam with a falling rate. Deterministic. */
function learn(choices: readonly Choice[]): number[] {
  const size = SIGNALS.length;
  const weights = new Float64Array(size);
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(size);
    for (const { rows, right } of choices) {
      const scores = rows.map((row) => dot(weights, row));
      const most = Math.max(...scores);
      const likelihoods = scores.map((score) => Math.exp(score - most));
      const total = sum(likelihoods);
      for (const [i, row] of rows.entries()) {
        const error = (likelihoods[i] ?? 0) / total - (i === right ? 1 : 0);
        for (let k = 0; k < size; k += 1) gradient[k] = (gradient[k] as number) + error * (row[k] as number);
      }
    }
    const rate = RATE * Math.min(1, STEPS / 5 / step);
    for (let k = 0; k < size; k += 1) {
      const slope = (gradient[k] as number) / choices.length + PENALTY * (weights[k] as number);
      first[k] = 0.9 * (first[k] as number) + 0.1 * slope;
      second[k] = 0.99 * (second[k] as number) + 0.01 * slope * slope;
      const scale = Math.sqrt((second[k] as number) / (1 - 0.99 ** step)) + 1e-8;
      weights[k] = (weights[k] as number) - (rate * (first[k] as number)) / (1 - 0.9 ** step) / scale;
    }
  }
  return Array.from(weights);
}

/** Share of questions whose right paragraph scores highest. */
function share(choices: readonly Choice[], weights: readonly number[]): number {
  const right = choices.filter((choice) => {
    const scores = choice.rows.map((row) => dot(weights, row));
    return scores.indexOf(Math.max(...scores)) === choice.right;
  });
  return right.length / choices.length;
}

function dot(weights: ArrayLike<number>, row: readonly number[]): number {
  return row.reduce((total, value, k) => total + value * (weights[k] ?? 0), 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 10 ** DIGITS) / 10 ** DIGITS;
}

function sourceOf(weights: Weights): string {
  return [
    '// Written by `npm run calibrate`; do not edit.',
    '/** Weights of the scaled signals where a document has a sidecar of questions; their sum is 1. */',
    `export const LEARNT = ${JSON.stringify(weights)};`,
    '',
  ].join('\n');
}
