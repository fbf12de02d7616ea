import { textOf } from '../corpus/index.js';
import type { AnyIndex, IndexedParagraph } from '../index/index.js';
import { remembered } from '../remembered.js';
import { ALIKE } from './everyday.js';
import { type Counted, counted, Wanted, wordsIn } from './said.js';
import type { Near, Passage, QueryCosines } from './types.js';

/** Passages looked at again: the right one is among so many of them for .93 of the training questions. */
export const LOOKED_AT = 48;

/**
 * Shares of the score where a document has no sidecar: BM25, the best chunk and the mean of all, each as a share of the best, and
 * how much of the question the paragraph and its best sentence say, in its words or in such as are near them. A log-linear model
 * over the sidecar's questions asked of the record without its sidecar, cross-validated over blocks of paragraphs.
 */
const SHARES = { lexical: 0.15, chunk: 0.11, chunks: 0.21, paragraph: 0.29, sentence: 0.24 } as const;

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
  const wanted = new Wanted(text, near.lexical, ALIKE);
  const words = seen.map(({ passage }) => paragraphWords(passage.paragraph));
  const usual = Math.max(1, mean(words.map(({ length }) => length)));
  const looks = seen.map(({ passage: { ordinal, signals } }, i): Look => {
    const chunks = [...cosines.chunks.of(ordinal)].map((cosine) => Math.max(0, cosine));
    const sentences = index.sentencesOf(ordinal).map(sentenceWords);
    const said = wanted.inParagraph(words[i] as Counted, sentences, usual);
    return {
      lexical: signals.lexical,
      chunk: signals.chunk,
      chunks: mean(chunks),
      paragraph: said.whole,
      sentence: said.sentence,
    };
  });
  const best = (name: keyof Look) => Math.max(Number.MIN_VALUE, ...looks.map((look) => look[name]));
  const [lexical, chunk, chunks] = [best('lexical'), best('chunk'), best('chunks')];
  // What BM25 finds for a few stray words says little.
  const covered = Math.max(0, ...seen.map(({ passage }) => passage.signals.coverage));
  const scores = new Map(
    seen.map(({ passage, factor }, i) => {
      const look = looks[i] as Look;
      const score =
        (SHARES.lexical * covered * look.lexical) / lexical +
        (SHARES.chunk * look.chunk) / chunk +
        (SHARES.chunks * look.chunks) / chunks +
        SHARES.paragraph * look.paragraph +
        SHARES.sentence * look.sentence;
      return [passage, score * factor];
    }),
  );
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

const sentenceWords = remembered(
  ({ text }: { readonly text: string }) => new Set(wordsIn(text).map(({ term }) => term)),
);
const paragraphWords = remembered((paragraph: IndexedParagraph['paragraph']) =>
  counted(wordsIn([textOf(paragraph), ...paragraph.section].join('\n'))),
);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
