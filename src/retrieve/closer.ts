import { textOf } from '../corpus/index.js';
import { type AnyIndex, type IndexedParagraph, termsOf } from '../index/index.js';
import { remembered } from '../remembered.js';
import { ALIKE } from './everyday.js';
import { counted, type SaidByParagraph, Wanted, wordsIn } from './said.js';
import type { Near, Passage, QueryCosines } from './types.js';

/** Passages looked at again: the right one is among so many of them for .93 of the training questions. */
export const LOOKED_AT = 48;

/**
 * Shares of the score where a document has no sidecar: BM25, the best chunk and the mean of all, each as a share of the best, and
 * how much of the question the paragraph and its best sentence say, in its words or in such as are near them. A log-linear model
 * over the sidecar's questions asked of the record without its sidecar, cross-validated over blocks of paragraphs. The logarithm of a
 * paragraph's length was learnt beside them and left out: each training paragraph has as many questions as another.
 */
const SHARES = { lexical: 0.17, chunk: 0.13, chunks: 0.16, paragraph: 0.28, sentence: 0.26 } as const;

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
 * @param limit most passages that are wanted
 * @returns best first
 */
export function lookedAtCloser(
  index: AnyIndex,
  ranked: readonly Scored[],
  text: string,
  near: Near,
  cosines: QueryCosines,
  limit: number,
): Passage[] {
  const seen = ranked.slice(0, LOOKED_AT);
  const wanted = new Wanted(text, near.lexical, ALIKE);
  const words = seen.map(({ passage }) => paragraphWords(passage.paragraph));
  const usual = Math.max(1, mean(words.map(({ length }) => length)));
  const said = words.map((counts) => wanted.inParagraph(counts, usual));
  const means = seen.map(({ passage }) =>
    mean([...cosines.chunks.of(passage.ordinal)].map((cosine) => Math.max(0, cosine))),
  );
  const bestOf = (values: readonly number[]) => Math.max(Number.MIN_VALUE, ...values);
  const lexical = bestOf(seen.map(({ passage }) => passage.signals.lexical));
  const chunk = bestOf(seen.map(({ passage }) => passage.signals.chunk));
  const chunks = bestOf(means);
  // What BM25 finds for a few stray words says little.
  const covered = Math.max(0, ...seen.map(({ passage }) => passage.signals.coverage));
  const looks = seen.map(({ passage, factor }, i): Look => {
    const { whole, most, inBest } = said[i] as SaidByParagraph;
    const { signals, ordinal } = passage;
    const withSentence = (sentence: number) =>
      factor *
      ((SHARES.lexical * covered * signals.lexical) / lexical +
        (SHARES.chunk * signals.chunk) / chunk +
        (SHARES.chunks * (means[i] as number)) / chunks +
        SHARES.paragraph * whole +
        SHARES.sentence * sentence);
    return {
      passage,
      most: withSentence(most),
      score: () => withSentence(inBest(index.sentencesOf(ordinal).map(sentenceTerms))),
    };
  });
  const scores = bestScores(looks, limit);
  const last = seen.at(-1);
  const proportion = last && last.passage.score > 0 ? Math.min(...scores.values()) / last.passage.score : 1;
  return ranked
    .flatMap(({ passage }, i): Passage[] => {
      const score = i < seen.length ? scores.get(passage) : passage.score * Math.min(1, proportion);
      return score === undefined ? [] : [{ ...passage, score }];
    })
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, limit);
}

/** A look at a passage. */
interface Look {
  readonly passage: Passage;
  /** Its score if one sentence said all that the paragraph does. */
  readonly most: number;
  score(): number;
}

/** Scores of the best, and of some others: sentences are read only where a paragraph can still be among the best. */
function bestScores(looks: readonly Look[], limit: number): Map<Passage, number> {
  const scores = new Map<Passage, number>();
  const best: number[] = [];
  for (const { passage, most, score } of [...looks].sort((a, b) => b.most - a.most)) {
    if (most < (best[limit - 1] ?? 0)) break;
    const own = score();
    scores.set(passage, own);
    const place = best.findIndex((other) => other < own);
    best.splice(place < 0 ? best.length : place, 0, own);
  }
  return scores;
}

/** Whether its document has no sidecar. */
export function isBare({ document }: Passage): boolean {
  return document.questions.length === 0;
}

const sentenceTerms = remembered(({ text }: { readonly text: string }) => termsOf(text));
const paragraphWords = remembered((paragraph: IndexedParagraph['paragraph']) =>
  counted(wordsIn([textOf(paragraph), ...paragraph.section].join('\n'))),
);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
