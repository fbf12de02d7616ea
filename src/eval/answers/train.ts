import { writeFile } from 'node:fs/promises';
import { EVIDENCE, examine } from '../../check/index.js';
import type { RecordDocument } from '../../corpus/index.js';
import { fitLogistic, type Logistic, logOdds } from '../logistic.js';
import { CHANGES, changed, ownSentences } from './changes.js';
import { checkedPassages, planted } from './passages.js';
import { readGroundingCases } from './read.js';
import { type GroundingCase, PLANTED } from './types.js';

const DEVELOPMENT = 'eval/grounding/dev.jsonl';
const OUTPUT = 'src/check/weights.ts';
const FOLDS = 8;
/** Penalty of a weight of standardised evidence. */
const PENALTY = 0.01;
/** What a sentence of the record, as it is or changed by rule, weighs beside one that a person wrote. */
const IMPORTANCE = 0.2;
/** Least share of the development faults of each kind that weights must catch which never saw their paragraph. */
const LEAST_CAUGHT = 0.98;
/** Digits kept of a weight. */
const DIGITS = 3;

interface Example {
  /** Those of one paragraph are in one fold. */
  readonly paragraph: number;
  readonly faulty: boolean;
  readonly fault: GroundingCase['fault'] | null;
  /** Whether a single check removes it. */
  readonly removed: boolean;
  readonly row: readonly number[];
  readonly importance: number;
}

/**
 * Trains how evidence is weighed that a written sentence is not borne out, and writes the weights into the source. The threshold comes of
 * sentences of paragraphs that were left out, so of wordings never seen.
 */
export async function trainCheck(document: RecordDocument, log: (line: string) => void): Promise<void> {
  const cases = (await readGroundingCases(DEVELOPMENT)).map((item) =>
    exampleOf(item.sentence, checkedPassages(planted(document, item), item.cites), {
      paragraph: item.cites[0] ?? 0,
      faulty: item.fault !== 'none',
      fault: item.fault,
      importance: 1,
    }),
  );
  const own = ownSentences(document);
  const ofRule = (sentences: typeof own, faulty: boolean): Example[] =>
    sentences.map(({ sentence, passage, paragraph }) =>
      exampleOf(sentence, [passage], { paragraph, faulty, fault: null, importance: IMPORTANCE }),
    );
  const made = [
    ...ofRule(own, false),
    ...Object.values(CHANGES).flatMap((change) => ofRule(changed(own, change), true)),
  ];
  const judged = cases.map(({ removed, row, paragraph }) =>
    removed ? Number.POSITIVE_INFINITY : logOdds(modelWithout(paragraph % FOLDS, [...cases, ...made]), row),
  );
  const judgedOf = (fault: GroundingCase['fault']): number[] =>
    judged.filter((_, i) => cases[i]?.fault === fault).sort((left, right) => left - right);
  const threshold = Math.min(...PLANTED.map((fault) => lowestCaught(judgedOf(fault))));
  const shareAbove = (values: readonly number[]): string =>
    (values.filter((value) => value > threshold).length / values.length).toFixed(3);
  log(
    [
      'check of written sentences, paragraphs left out: caught',
      ...PLANTED.map((fault) => `${fault} ${shareAbove(judgedOf(fault))}`),
      `; not kept as written ${shareAbove(judgedOf('none'))} of the correct ones`,
    ].join(' '),
  );
  await writeFile(OUTPUT, sourceOf(learn([...cases, ...made]), threshold));
}

/** The highest threshold that enough of the faults are above, by their log-odds in rising order. */
function lowestCaught(judged: readonly number[]): number {
  const missed = Math.floor((1 - LEAST_CAUGHT) * judged.length + 1e-9);
  // Rounding must not let the next one through.
  return (judged[missed] ?? 0) - 10 ** -DIGITS;
}

function exampleOf(
  sentence: string,
  passages: Parameters<typeof examine>[1],
  rest: Pick<Example, 'paragraph' | 'faulty' | 'fault' | 'importance'>,
): Example {
  const { faults, evidence } = examine(sentence, passages);
  return { ...rest, removed: faults.length > 0, row: EVIDENCE.map((name) => evidence?.[name] ?? 0) };
}

const models = new Map<number, Logistic>();

/** The weights of all but a fold. */
function modelWithout(fold: number, examples: readonly Example[]): Logistic {
  const known = models.get(fold) ?? learn(examples.filter(({ paragraph }) => paragraph % FOLDS !== fold));
  models.set(fold, known);
  return known;
}

/** Weights for evidence as it is, of sentences that no single check removes. */
function learn(examples: readonly Example[]): Logistic {
  const kept = examples.filter(({ removed }) => !removed);
  const scales = EVIDENCE.map((_, k) => {
    const values = kept.map(({ row }) => row[k] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.max(Math.sqrt(variance), 1e-6) };
  });
  const { bias, weights } = fitLogistic(
    kept.map(({ row }) =>
      row.map((value, k) => (value - (scales[k]?.mean ?? 0)) / (scales[k]?.deviation ?? 1)),
    ),
    kept.map(({ faulty }) => (faulty ? 1 : 0)),
    EVIDENCE.map(() => PENALTY),
    kept.map(({ importance }) => importance),
  );
  const plain = weights.map((weight, k) => weight / (scales[k]?.deviation ?? 1));
  return {
    bias: bias - plain.reduce((sum, weight, k) => sum + weight * (scales[k]?.mean ?? 0), 0),
    weights: plain,
  };
}

function sourceOf({ bias, weights }: Logistic, threshold: number): string {
  const lines = EVIDENCE.map((name, k) => `  ${name}: ${(weights[k] ?? 0).toFixed(DIGITS)},`);
  return [
    '// Written by `npm run calibrate`; do not edit.',
    "import type { Evidence } from './evidence.js';",
    '',
    '/** Weights of the evidence. */',
    'export const WEIGHTS: Evidence = {',
    ...lines,
    '};',
    '/** Log-odds of a fault where there is no evidence. */',
    `export const BIAS = ${bias.toFixed(DIGITS)};`,
    '/** Log-odds above which a sentence is not let through. */',
    `export const THRESHOLD = ${threshold.toFixed(DIGITS)};`,
    '',
  ].join('\n');
}
