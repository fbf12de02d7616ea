import type { Sentence } from '../chunk/index.js';
import { type Paragraph, textOf } from '../corpus/index.js';
import { remembered } from '../remembered.js';
import { type LexicalIndex, termsOf } from './lexical.js';
import type { Entries, Lexicon } from './search.js';
import type { ChunkEntry } from './types.js';
import type { VectorIndex } from './vectors.js';

/** Share of the words in the affinity of a question and a sentence; the rest is the cosine. */
const LEXICAL_SHARE = 0.5;

/**
 * How near each sentence of a paragraph is to a question, 0 to 1: the share of the question's terms that the sentence
 * has, weighted by how much they say, and the cosine of the vectors.
 *
 * @param vector of the question, of length 1
 */
export function sentenceAffinities(
  question: { readonly text: string; readonly paragraph: number },
  vector: Float32Array,
  sentences: readonly Sentence[],
  lexical: LexicalIndex,
  chunks: VectorIndex<ChunkEntry>,
): number[] {
  const terms = [...new Set(termsOf(question.text))];
  const cosines = chunks.cosines(vector).of(question.paragraph);
  return sentences.map((sentence) => {
    const share = coverage(terms, sentenceTerms(sentence), lexical);
    return (
      LEXICAL_SHARE * share +
      (1 - LEXICAL_SHARE) * sentenceSimilarity(cosines, sentence, question.paragraph, chunks)
    );
  });
}

/**
 * Cosine of a vector with a sentence, 0 to 1: of its best piece where it is too long to be encoded whole.
 *
 * @param cosines of the vector with the chunks of the sentence's paragraph, as `rowsOf` has them
 */
export function sentenceSimilarity(
  cosines: Float32Array,
  sentence: Sentence,
  paragraph: number,
  chunks: Entries<ChunkEntry>,
): number {
  let best = 0;
  for (const [position, row] of chunks.rowsOf(paragraph).entries()) {
    if (isWithin(chunks.entry(row), sentence)) best = Math.max(best, cosines[position] ?? 0);
  }
  return best;
}

/** Share of the terms that stand among `present`, each weighted by its inverse frequency. */
export function coverage(terms: readonly string[], present: ReadonlySet<string>, lexical: Lexicon): number {
  let covered = 0;
  let total = 0;
  for (const term of terms) {
    const weight = lexical.inverseFrequency(term);
    total += weight;
    if (present.has(term)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

/** Terms of a sentence, read once. */
export const sentenceTerms = remembered((sentence: Sentence) => new Set(termsOf(sentence.text)));

/** Terms of a paragraph with its footnotes and the headings above it, read once. */
export const paragraphTerms = remembered(
  (paragraph: Paragraph) => new Set(termsOf([textOf(paragraph), ...paragraph.section].join('\n'))),
);

function isWithin(chunk: ChunkEntry | undefined, { part, range }: Sentence): boolean {
  return (
    chunk !== undefined &&
    chunk.part.kind === part.kind &&
    chunk.part.index === part.index &&
    chunk.range[0] >= range[0] &&
    chunk.range[1] <= range[1]
  );
}
