import { type Allowed, type ComposedIndex, coverage, paragraphTerms, termsOf } from '../index/index.js';
import type { Signals } from './types.js';

/** Entries taken from each graph, and paragraphs from the lexical index. More changed no result on the development split. */
const NEAREST = 100;
const LEXICAL_CANDIDATES = 30;
/** Best questions of a paragraph whose cosines are averaged. */
const BEST_QUESTIONS = 6;

export const SIGNALS = [
  'lexical',
  'text',
  'coverage',
  'chunk',
  'question',
  'questions',
  'centroid',
] as const satisfies (keyof Signals)[];

/** What is searched for. */
export interface Target {
  readonly text: string;
  /** Of the text, of length 1, as encoded and after the adapter. */
  readonly vector: Float32Array;
  readonly adapted: Float32Array;
}

export async function targetOf(index: ComposedIndex, text: string): Promise<Target> {
  const vector = Float32Array.from(await index.embeddings.embedQuery(text));
  return { text, vector, adapted: index.adapter.apply(vector) };
}

/**
 * Signals of every paragraph that one of the searches finds, by ordinal.
 *
 * @param allowed where the search is limited, null where it is not
 */
export async function signalsOf(
  index: ComposedIndex,
  { text, vector, adapted }: Target,
  allowed: Allowed | null,
): Promise<Map<number, Signals>> {
  const everything: Allowed = allowed ?? (() => true);
  const [chunkHits, questionHits] = await Promise.all([
    index.chunks.nearest(vector, NEAREST, allowed),
    index.questions.nearest(adapted, NEAREST, allowed),
  ]);
  const lexical = index.lexical.scores(text, ['text', 'context', 'questions'], everything);
  const own = index.lexical.scores(text, ['text', 'context'], everything);
  const terms = [...new Set(termsOf(text))];
  const found = new Set([
    ...topKeys(lexical, LEXICAL_CANDIDATES),
    ...[...chunkHits, ...questionHits].map(({ entry }) => entry.paragraph),
  ]);
  return new Map(
    [...found].flatMap((ordinal): [number, Signals][] => {
      const paragraph = index.paragraphs[ordinal]?.paragraph;
      if (!paragraph) return [];
      const questions = index.questions
        .rowsOf(ordinal)
        .map((row) => index.questions.similarity(adapted, row))
        .sort((a, b) => b - a);
      const best = questions.slice(0, BEST_QUESTIONS);
      const chunks = index.chunks.rowsOf(ordinal).map((row) => index.chunks.similarity(vector, row));
      return [
        [
          ordinal,
          {
            lexical: lexical.get(ordinal) ?? 0,
            text: own.get(ordinal) ?? 0,
            coverage: coverage(terms, paragraphTerms(paragraph), index.lexical),
            chunk: Math.max(0, ...chunks),
            question: Math.max(0, questions[0] ?? 0),
            questions: Math.max(0, best.reduce((sum, value) => sum + value, 0) / Math.max(best.length, 1)),
            centroid: Math.max(0, index.questions.centroidSimilarity(adapted, ordinal)),
          },
        ],
      ];
    }),
  );
}

/** Each signal divided by its best among the paragraphs, so that queries can be compared. */
export function scaled(signals: ReadonlyMap<number, Signals>): Map<number, Signals> {
  const best = Object.fromEntries(
    SIGNALS.map((name) => [
      name,
      Math.max(...[...signals.values()].map((own) => own[name]), Number.MIN_VALUE),
    ]),
  ) as Record<keyof Signals, number>;
  return new Map(
    [...signals].map(([ordinal, own]) => [
      ordinal,
      Object.fromEntries(SIGNALS.map((name) => [name, own[name] / best[name]])) as Record<
        keyof Signals,
        number
      >,
    ]),
  );
}

function topKeys(scores: ReadonlyMap<number, number>, limit: number): number[] {
  const ranked = [...scores].sort(([a, x], [b, y]) => y - x || a - b);
  return ranked.slice(0, limit).map(([key]) => key);
}
