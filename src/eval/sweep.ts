import type { AnyIndex } from '../index/index.js';
import { type FusionWeights, NO_FILTERS, retrieve, SIGNALS, WEIGHTS } from '../retrieve/index.js';
import { mean, reciprocalRank, successAt } from './metrics.js';
import { DEPTH } from './systems.js';
import { type EvalQuestion, isSingle } from './types.js';

/** Steps of the lexical share from 0 to 1. */
const STEPS = 10;

/** How paragraphs are ranked where the lexical signal has this share of the score. */
export interface FusionPoint {
  /** 0 to 1. */
  readonly lexical: number;
  readonly recall1: number;
  readonly mrr: number;
}

/** Ranks the questions with every share of the lexical signal, the other signals filling up the rest. */
export async function sweepFusion(
  index: AnyIndex,
  questions: readonly EvalQuestion[],
): Promise<FusionPoint[]> {
  const singles = questions.filter(isSingle);
  const points: FusionPoint[] = [];
  for (let step = 0; step <= STEPS; step += 1) {
    const lexical = step / STEPS;
    const weights = withLexicalShare(WEIGHTS, lexical);
    const first: number[] = [];
    const reciprocal: number[] = [];
    for (const { question: text, gold } of singles) {
      const query = { text, limit: DEPTH, filters: NO_FILTERS, scope: true };
      const { passages } = await retrieve(index, query, weights);
      const ranking = passages.map(({ paragraph }) => paragraph.number);
      first.push(successAt(ranking, gold, 1));
      reciprocal.push(reciprocalRank(ranking, gold));
    }
    points.push({ lexical, recall1: mean(first), mrr: mean(reciprocal) });
  }
  return points;
}

/** The share that the lexical signal has in the score of this index. */
export function lexicalShare({ documents }: AnyIndex): number {
  const withQuestions = documents.some(({ questions }) => questions.length > 0);
  return (withQuestions ? WEIGHTS.withQuestions : WEIGHTS.without).lexical;
}

/** Weights of sum 1 with this share for the lexical signal, the others in proportion as they were. */
export function withLexicalShare(weights: FusionWeights, lexical: number): FusionWeights {
  const filledUp = (own: FusionWeights['without']): FusionWeights['without'] => {
    const others = Object.values(own).reduce((sum, weight) => sum + weight, -own.lexical);
    const scale = others > 0 ? (1 - lexical) / others : 0;
    const scaled = SIGNALS.map((name) => [name, name === 'lexical' ? lexical : own[name] * scale]);
    return Object.fromEntries(scaled) as FusionWeights['without'];
  };
  return { withQuestions: filledUp(weights.withQuestions), without: filledUp(weights.without) };
}
