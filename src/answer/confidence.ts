import type { RecordDocument } from '../corpus/index.js';
import type { AnyIndex } from '../index/index.js';
import type { Retrieval } from '../retrieve/index.js';
import { CALIBRATION } from './calibration.js';
import { EVIDENCE, type Evidence, evidenceOf } from './evidence.js';
import type { Coefficients, Judges } from './types.js';

export interface Confidence {
  /** Calibrated probability, 0 to 1, that the record answers the question. */
  readonly probability: number;
  /** The threshold that belongs to it. */
  readonly threshold: number;
}

export function confidenceOf(index: AnyIndex, text: string, retrieval: Retrieval): Confidence {
  const judges = judgesFor(index, retrieval.passages[0]?.document);
  const { threshold } = judges;
  if (retrieval.passages.length === 0) return { probability: 0, threshold };
  return { probability: judge(judges, evidenceOf(index, text, retrieval), retrieval.vector), threshold };
}

/** Confidence below which a question to this index is not answered, where no setting says otherwise. */
export function thresholdOf(index: AnyIndex): number {
  return judgesFor(
    index,
    index.documents.find(({ questions }) => questions.length > 0),
  ).threshold;
}

/** The judges for the document that would be quoted first. */
function judgesFor(index: AnyIndex, document: RecordDocument | undefined): Judges {
  if (document === undefined || document.questions.length === 0) return CALIBRATION.bare;
  const known =
    index.embeddings.profile.identity === CALIBRATION.model && document.metadata.id === CALIBRATION.document;
  if (known) return CALIBRATION.full;
  const guarded = document.questions.some(({ unanswered }) => unanswered.length > 0);
  return guarded ? CALIBRATION.guarded : CALIBRATION.plain;
}

function judge(judges: Judges, evidence: Evidence, vector: ArrayLike<number>): number {
  const evidenceValues = EVIDENCE.map((name) => evidence[name]);
  const log = (coefficients: Coefficients) => logSigmoid(sumOf(coefficients, evidenceValues, vector));
  return Math.exp(logSigmoid(judges.slope * (log(judges.topic) + log(judges.fact)) + judges.intercept));
}

function sumOf(
  { bias, evidence, vector: weights }: Coefficients,
  values: readonly number[],
  vector: ArrayLike<number>,
): number {
  const fromEvidence = evidence.reduce((sum, weight, i) => sum + weight * (values[i] ?? 0), bias);
  return weights.reduce((sum, weight, i) => sum + weight * (vector[i] ?? 0), fromEvidence);
}

/** ln of the logistic function, also where that rounds to 0. */
function logSigmoid(value: number): number {
  return value < -30 ? value : -Math.log1p(Math.exp(-value));
}
