import { readFile, writeFile } from 'node:fs/promises';
import { type Calibration, type Coefficients, EVIDENCE, evidenceOf, type Judges } from '../answer/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings } from '../embed/index.js';
import { type ComposedIndex, composeIndex, type Encode } from '../index/index.js';
import { type FusionWeights, NO_FILTERS, retrieve } from '../retrieve/index.js';
import { encodingOnce, FOLDS, type HeldOut, leaveOut, sampled } from './folds.js';
import { fitLogistic, logOdds, sigmoid } from './logistic.js';
import { readSet } from './run.js';

const OFF_TOPIC = 'eval/training/off-topic.jsonl';
const DEVELOPMENT = 'eval/sets/dev.jsonl';
const OUTPUT = 'src/answer/calibration.ts';

/** Questions of a paragraph that are taken. */
const QUESTIONS_A_PARAGRAPH = 16;
/** Penalty of a weight, for standardised evidence and for the vector times `VECTOR_SCALE`. */
const PENALTY = 0.01;
const VECTOR_SCALE = 8;
/** Most of the answerable development questions that the threshold may refuse. */
const MAX_REFUSED = 0.05;
/**
 * Added to the log-odds that the topic is in the record: a topic that is somewhat in doubt must not outweigh the fact. Of 0, 1, 2
 * and 4; cross-validated and on the development split 1 refuses more near misses, and as many far questions.
 */
const TOPIC_BENEFIT = 1;
/** Digits kept of a coefficient. */
const DIGITS = 4;

/** Evidence that tells what the topic is from what is asked about it. */
const TOPIC_EVIDENCE = new Set([
  'question',
  'questions',
  'chunk',
  'coveredByText',
  'coveredByQuestions',
  'coveredBySentence',
  'unknownWords',
  'wordsInNearest',
  'foreign',
  'length',
  'namesMissing',
]);

export interface Example {
  readonly kind: 'answerable' | 'near' | 'off';
  readonly evidence: readonly number[];
  readonly vector: readonly number[];
}

/** `npm run calibrate`: trains what `confidence` is computed from and writes it into the source. */
export async function calibrate(
  document: RecordDocument,
  embeddings: LocalEmbeddings,
  weights: FusionWeights,
  log: (line: string) => void,
): Promise<void> {
  const off = await questionsOf(OFF_TOPIC);
  const encode = encodingOnce(embeddings);
  const examples: Example[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    examples.push(...(await foldExamples(document, embeddings, fold, off, weights, encode)));
    log(`fold ${fold + 1} of ${FOLDS}: ${examples.length} examples`);
  }
  const bareIndex = await composeIndex([{ ...document, questions: [] }], embeddings, () => undefined);
  const bareExamples = await examplesWithout(document, bareIndex, off, weights);
  const wholeIndex = await composeIndex([document], embeddings, () => undefined, encode);
  const development = await developmentExamples(wholeIndex, weights);
  const calibration: Calibration = {
    model: embeddings.profile.identity,
    document: document.metadata.id,
    full: train(examples, development, { vector: true, unanswered: true }),
    guarded: train(examples, development, { vector: false, unanswered: true }),
    plain: train(examples, development, { vector: false, unanswered: false }),
    bare: train(bareExamples, await developmentExamples(bareIndex, weights), {
      vector: false,
      unanswered: false,
    }),
  };
  await writeFile(OUTPUT, sourceOf(calibration));
  for (const name of ['full', 'guarded', 'plain', 'bare'] as const) {
    const { threshold, slope, intercept } = calibration[name];
    log(`${name}: threshold ${threshold}, slope ${slope}, intercept ${intercept}`);
  }
}

/** Evidence for a part of the sidecar's questions, left out of the index, and as large a part of the others. */
export async function foldExamples(
  document: RecordDocument,
  embeddings: LocalEmbeddings,
  fold: number,
  off: readonly string[],
  weights: FusionWeights,
  encode: Encode,
): Promise<Example[]> {
  const { index, held, unanswered } = await leaveOut(
    document,
    embeddings,
    fold,
    QUESTIONS_A_PARAGRAPH,
    encode,
  );
  const mine = off.filter((_, i) => i % FOLDS === fold);
  return [
    ...(await examplesOf(index, textsOf(held), 'answerable', weights)),
    ...(await examplesOf(index, textsOf(unanswered), 'near', weights)),
    ...(await examplesOf(index, mine, 'off', weights)),
  ];
}

/** The same where there is no sidecar. */
export async function examplesWithout(
  document: RecordDocument,
  index: ComposedIndex,
  off: readonly string[],
  weights: FusionWeights,
): Promise<Example[]> {
  const near = document.questions.flatMap(({ unanswered }) => unanswered);
  return [
    ...(await examplesOf(
      index,
      textsOf(sampled(document, QUESTIONS_A_PARAGRAPH / 2)),
      'answerable',
      weights,
    )),
    ...(await examplesOf(index, near, 'near', weights)),
    ...(await examplesOf(index, off, 'off', weights)),
  ];
}

export async function questionsOf(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { question: string }).question);
}

function textsOf(questions: readonly HeldOut[]): string[] {
  return questions.map(({ text }) => text);
}

async function examplesOf(
  index: ComposedIndex,
  questions: readonly string[],
  kind: Example['kind'],
  weights: FusionWeights,
): Promise<Example[]> {
  const examples: Example[] = [];
  for (const text of questions) {
    const retrieval = await retrieve(index, { text, limit: 15, filters: NO_FILTERS, scope: true }, weights);
    const evidence = evidenceOf(index, text, retrieval);
    examples.push({
      kind,
      evidence: EVIDENCE.map((name) => evidence[name]),
      vector: Array.from(retrieval.vector),
    });
  }
  return examples;
}

export async function developmentExamples(index: ComposedIndex, weights: FusionWeights): Promise<Example[]> {
  const questions = await readSet(DEVELOPMENT);
  const examples: Example[] = [];
  for (const { question, gold, kind } of questions) {
    const as = gold.length > 0 ? 'answerable' : kind === 'near' ? 'near' : 'off';
    examples.push(...(await examplesOf(index, [question], as, weights)));
  }
  return examples;
}

/**
 * What judges look at beside the evidence that every document gives. How much of a question is said in other words tells
 * something only where no questions without an answer do: beside those it helped with the sidecar's own writers, not with others.
 */
interface Sight {
  readonly vector: boolean;
  readonly unanswered: boolean;
}

export function train(examples: readonly Example[], development: readonly Example[], sight: Sight): Judges {
  const onTopic = coefficients(
    examples.filter(({ kind }) => kind !== 'near'),
    (name) => TOPIC_EVIDENCE.has(name),
    sight.vector,
  );
  const topic = { ...onTopic, bias: rounded(onTopic.bias + TOPIC_BENEFIT) };
  const fact = coefficients(
    examples.filter(({ kind }) => kind !== 'off'),
    (name) => (sight.unanswered ? !name.startsWith('said.') : !name.startsWith('unanswered')),
    sight.vector,
  );
  const scores = development.map((example) => [scoreOf(topic, example) + scoreOf(fact, example)]);
  const labels = development.map(({ kind }) => (kind === 'answerable' ? 1 : 0));
  const platt = fitLogistic(scores, labels, [0]);
  const ofAnswerable = development
    .flatMap(({ kind }, i) => (kind === 'answerable' ? [sigmoid(logOdds(platt, scores[i] ?? [0]))] : []))
    .sort((a, b) => a - b);
  const threshold = ofAnswerable[Math.floor(MAX_REFUSED * ofAnswerable.length)] ?? 0;
  return {
    topic,
    fact,
    slope: rounded(platt.weights[0] ?? 1),
    intercept: rounded(platt.bias),
    threshold: rounded(threshold),
  };
}

/** Fits to standardised evidence and folds the standardisation into the coefficients. */
function coefficients(
  examples: readonly Example[],
  uses: (name: string) => boolean,
  withVector: boolean,
): Coefficients {
  const columns = EVIDENCE.map((name, k) => {
    const values = examples.map(({ evidence }) => evidence[k] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, deviation: uses(name) && deviation > 1e-6 ? deviation : Number.POSITIVE_INFINITY };
  });
  const rows = examples.map(({ evidence, vector }) => [
    ...columns.map(({ mean, deviation }, k) => ((evidence[k] ?? 0) - mean) / deviation),
    ...(withVector ? vector.map((value) => value * VECTOR_SCALE) : []),
  ]);
  const labels = examples.map(({ kind }) => (kind === 'answerable' ? 1 : 0));
  const { bias, weights } = fitLogistic(
    rows,
    labels,
    (rows[0] ?? []).map(() => PENALTY),
  );
  const evidence = columns.map(({ deviation }, k) => (weights[k] ?? 0) / deviation);
  return {
    bias: rounded(columns.reduce((sum, { mean }, k) => sum - (evidence[k] ?? 0) * mean, bias)),
    evidence: evidence.map(rounded),
    vector: weights.slice(EVIDENCE.length).map((weight) => rounded(weight * VECTOR_SCALE)),
  };
}

function scoreOf({ bias, evidence, vector }: Coefficients, example: Example): number {
  const value = logOdds({ bias, weights: [...evidence, ...vector] }, [
    ...example.evidence,
    ...example.vector,
  ]);
  return Math.log(sigmoid(Math.max(value, -30)));
}

function rounded(value: number): number {
  return Math.round(value * 10 ** DIGITS) / 10 ** DIGITS;
}

export function sourceOf(calibration: Calibration): string {
  return [
    '// Written by `npm run calibrate`; do not edit.',
    "import type { Calibration } from './types.js';",
    '',
    `export const CALIBRATION: Calibration = ${JSON.stringify(calibration)};`,
    '',
  ].join('\n');
}
