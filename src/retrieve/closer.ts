import type { AnyIndex } from '../index/index.js';
import { remembered } from '../remembered.js';
import { Wanted, wordsIn } from './said.js';
import type { Near, Passage, QueryCosines } from './types.js';

/** Passages looked at again: the right one is among so many of them in .87 of the training questions. */
export const LOOKED_AT = 24;

/**
 * Shares of the score where a document has no sidecar: the score so far, the words and the best chunk once more, how much of
 * the question the best sentence says, and the mean cosine of all chunks. A log-linear model over the sidecar's questions asked of
 * the record without its sidecar, cross-validated over blocks of paragraphs.
 */
const SHARES = { score: 0.18, lexical: 0.28, chunk: 0.03, said: 0.17, chunks: 0.34 } as const;

type Look = Readonly<Record<keyof typeof SHARES, number>>;

interface Scored {
  readonly passage: Passage;
  /** What its standing towards the scope multiplies the score by. */
  readonly factor: number;
}

/**
 * Looks closer at passages of documents without a sidecar: what bridges a difference of words there is general English and what a
 * passage is about as a whole. Those that are not looked at keep their score in proportion.
 *
 * @param ranked best first, all of them bare
 * @param text what is searched for
 * @returns best first
 */
export function lookedAtCloser(
  index: AnyIndex,
  ranked: readonly Scored[],
  text: string,
  near: Near,
  cosines: QueryCosines,
): Passage[] {
  const seen = ranked.slice(0, LOOKED_AT);
  const wanted = new Wanted(text, near.lexical);
  const covered = Math.max(0, ...seen.map(({ passage }) => passage.signals.coverage));
  const looks = seen.map(({ passage, factor }): Look => {
    const chunks = cosines.chunks.of(passage.ordinal);
    const sentences = index.sentencesOf(passage.ordinal);
    return {
      score: factor === 0 ? 0 : passage.score / factor,
      lexical: passage.signals.lexical,
      chunk: passage.signals.chunk,
      said: Math.max(0, ...sentences.map((sentence) => wanted.in(sentenceWords(sentence)).share)),
      chunks: chunks.reduce((sum, cosine) => sum + Math.max(0, cosine), 0) / Math.max(1, chunks.length),
    };
  });
  const best = (name: keyof Look) => Math.max(Number.MIN_VALUE, ...looks.map((look) => look[name]));
  const most = {
    score: best('score'),
    lexical: best('lexical'),
    chunk: best('chunk'),
    said: best('said'),
    chunks: best('chunks'),
  };
  const scores = new Map<Passage, number>();
  for (const [i, { passage, factor }] of seen.entries()) {
    const look = looks[i] as Look;
    const share = (name: keyof Look) => (SHARES[name] * look[name]) / most[name];
    const score =
      share('score') + covered * share('lexical') + share('chunk') + share('said') + share('chunks');
    scores.set(passage, score * factor);
  }
  const last = seen.at(-1);
  const lowest = Math.min(...seen.map(({ passage }) => scores.get(passage) ?? 0));
  const proportion = last && last.passage.score > 0 ? lowest / last.passage.score : 1;
  return ranked
    .map(({ passage }) => ({
      ...passage,
      score: scores.get(passage) ?? passage.score * Math.min(1, proportion),
    }))
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
}

/** Whether its document has no sidecar. */
export function isBare({ document }: Passage): boolean {
  return document.questions.length === 0;
}

const sentenceWords = remembered(({ text }: { readonly text: string }) => wordsIn(text));
