import type { Paragraph } from '../corpus/index.js';
import {
  type Allowed,
  type AnyIndex,
  type ComposedIndex,
  type Cosines,
  coverage,
  type EntryHit,
  type Lexicon,
  type Match,
  paragraphTerms,
  type SearchLimits,
  termsOf,
} from '../index/index.js';
import type { QueryCosines, Signals } from './types.js';

/**
 * Entries taken from each graph, and paragraphs from the lexical index; twice as many entries as passages where more are
 * asked for. 100 entries changed no figure of the development split. Beside them the best questions of a paragraph whose
 * cosines are averaged, and the nearest questions of each kind.
 */
const LEAST: SearchLimits = { nearest: 48, lexical: 30, questions: 6, answered: 12 };
const ENTRIES_A_PASSAGE = 2;

/** @param limit most passages that are asked for */
export function searchLimits(limit: number): SearchLimits {
  return {
    ...LEAST,
    nearest: Math.max(LEAST.nearest, ENTRIES_A_PASSAGE * limit),
    lexical: Math.max(LEAST.lexical, limit),
  };
}

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
  readonly cosines: Readonly<Record<keyof QueryCosines, Cosines>>;
}

/** Vectors of a text, of length 1: as encoded, and after the adapter. */
export async function vectorsOf(index: AnyIndex, text: string): Promise<Pick<Target, 'vector' | 'adapted'>> {
  const vector = Float32Array.from(await index.embeddings.embedQuery(text));
  return { vector, adapted: index.adapter.apply(vector) };
}

export async function targetOf(index: ComposedIndex, text: string): Promise<Target> {
  const { vector, adapted } = await vectorsOf(index, text);
  const cosines = {
    chunks: index.chunks.cosines(vector),
    questions: index.questions.cosines(adapted),
    unanswered: index.unanswered.cosines(adapted),
  };
  return { text, vector, adapted, cosines };
}

export interface Found {
  /** Of every paragraph that one of the searches finds, by ordinal. */
  readonly signals: ReadonlyMap<number, Signals>;
  /** The nearest questions in what is allowed, nearest first. */
  readonly questions: readonly EntryHit[];
}

/**
 * Signals of every paragraph that one of the searches finds.
 *
 * @param allowed where the search is limited, null where it is not
 * @param limit passages that are asked for
 */
export async function signalsOf(
  index: ComposedIndex,
  { text, vector, adapted, cosines }: Target,
  allowed: Allowed | null,
  limit = 0,
): Promise<Found> {
  const limits = searchLimits(limit);
  const [chunkHits, questionHits] = await Promise.all([
    index.chunks.nearest(vector, limits.nearest, allowed),
    index.questions.nearest(adapted, limits.nearest, allowed),
  ]);
  const near = [...chunkHits, ...questionHits].map(({ paragraph }) => paragraph);
  const lexical = index.lexical.search(text, {
    limit: limits.lexical,
    also: near,
    allowed,
  });
  const terms = [...new Set(termsOf(text))];
  const found = new Set([...lexical.keys(), ...near]);
  const signals = new Map<number, Signals>();
  for (const ordinal of found) {
    const paragraph = index.paragraphs[ordinal]?.paragraph;
    if (!paragraph) continue;
    const score = lexical.get(ordinal);
    const match = {
      lexical: score?.all ?? 0,
      text: score?.own ?? 0,
      chunk: Math.max(0, ...cosines.chunks.of(ordinal)),
      questions: cosines.questions.best(ordinal, LEAST.questions),
      centroid: cosines.questions.withMean(ordinal),
    };
    signals.set(ordinal, signalsOfMatch(match, paragraph, terms, index.lexical));
  }
  return { signals, questions: questionHits };
}

/**
 * Signals of one paragraph.
 *
 * @param terms of the query, each once
 */
export function signalsOfMatch(
  { lexical, text, chunk, questions, centroid }: Omit<Match, 'paragraph'>,
  paragraph: Paragraph,
  terms: readonly string[],
  lexicon: Lexicon,
): Signals {
  let sum = 0;
  for (let i = 0; i < questions.length; i += 1) sum += questions[i] ?? 0;
  return {
    lexical,
    text,
    coverage: coverage(terms, paragraphTerms(paragraph), lexicon),
    chunk: Math.max(0, chunk),
    question: Math.max(0, questions[0] ?? 0),
    questions: Math.max(0, sum / Math.max(questions.length, 1)),
    centroid: Math.max(0, centroid),
  };
}

/** Each signal divided by its best among the paragraphs, so that queries can be compared. */
export function scaled(signals: ReadonlyMap<number, Signals>): Map<number, Signals> {
  const best = { ...NOTHING };
  for (const own of signals.values()) {
    for (const name of SIGNALS) best[name] = Math.max(best[name], own[name]);
  }
  return new Map(
    [...signals].map(([ordinal, own]) => {
      const shares = { ...NOTHING };
      for (const name of SIGNALS) shares[name] = own[name] / best[name];
      return [ordinal, shares];
    }),
  );
}

/** Where no paragraph has a signal, it is divided by the least number that there is. */
const NOTHING = Object.fromEntries(SIGNALS.map((name) => [name, Number.MIN_VALUE])) as Record<
  keyof Signals,
  number
>;
