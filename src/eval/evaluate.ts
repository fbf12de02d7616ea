import { type AnyIndex, type ComposedIndex, composeIndex } from '../index/index.js';
import { pairedP } from './metrics.js';
import {
  type AnswerFigures,
  type Asked,
  answerFigures,
  askAll,
  type RankingFigures,
  rankingFigures,
} from './run.js';
import { bm25, langchainDefault, oramaHybrid, paracite, vectors } from './systems.js';
import type { EvalQuestion, System } from './types.js';

export interface SystemResult {
  readonly name: string;
  readonly figures: RankingFigures;
  /** Of the difference in MRR to Paracite, paired; null for Paracite itself. */
  readonly p: number | null;
}

export interface SetResult {
  readonly set: string;
  readonly questions: number;
  readonly systems: readonly SystemResult[];
  readonly answers: AnswerFigures;
  /** The same without the sidecar of questions. */
  readonly answersWithoutSidecar: AnswerFigures | null;
  /** What the figures are of. Not for printing. */
  readonly asked: readonly Asked[];
}

export interface EvaluateOptions {
  /** Whether other systems are run beside Paracite. */
  readonly peers: boolean;
  /** Whether Paracite is run without its sidecar too. */
  readonly bare: boolean;
  readonly abstainThreshold: number | undefined;
}

/** Runs Paracite, and what it is compared with, over the sets. */
export async function evaluate(
  index: AnyIndex,
  sets: readonly { readonly name: string; readonly questions: readonly EvalQuestion[] }[],
  options: EvaluateOptions,
): Promise<SetResult[]> {
  const bare = options.bare ? await withoutSidecar(index) : null;
  const systems: System[] = [
    paracite('Paracite', index),
    ...(bare ? [paracite('Paracite without sidecar (plain fusion)', bare)] : []),
    ...(options.peers
      ? [
          // Of an index elsewhere neither half can be asked alone.
          ...('engine' in index ? [] : [bm25(index), vectors(index)]),
          await langchainDefault(index),
          await oramaHybrid(index),
        ]
      : []),
  ];
  const results: SetResult[] = [];
  for (const { name, questions } of sets) {
    const ranked: { readonly name: string; readonly figures: RankingFigures }[] = [];
    for (const system of systems)
      ranked.push({
        name: system.name,
        figures: await rankingFigures(system, questions, index.documents[0]),
      });
    const own = ranked[0]?.figures.reciprocalRanks ?? [];
    const asked = await askAll(index, questions, options.abstainThreshold);
    results.push({
      set: name,
      questions: questions.length,
      systems: ranked.map((entry, i) => ({
        ...entry,
        p: i === 0 ? null : pairedP(own, entry.figures.reciprocalRanks),
      })),
      answers: answerFigures(asked),
      answersWithoutSidecar: bare
        ? answerFigures(await askAll(bare, questions, options.abstainThreshold))
        : null,
      asked,
    });
  }
  return results;
}

/** The same corpus as if no document had a sidecar. */
export function withoutSidecar({ documents, embeddings }: AnyIndex): Promise<ComposedIndex> {
  const bare = documents.map((document) => ({ ...document, questions: [] }));
  return composeIndex(bare, embeddings, () => undefined);
}
