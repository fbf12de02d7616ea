import type { Sentence } from '../chunk/index.js';
import { type Paragraph, textOf } from '../corpus/index.js';
import { type LexicalIndex, termsOf } from './lexical.js';
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
  const rows = chunks.rowsOf(question.paragraph);
  return sentences.map((sentence) => {
    const share = coverage(terms, sentenceTerms(sentence), lexical);
    return LEXICAL_SHARE * share + (1 - LEXICAL_SHARE) * sentenceSimilarity(vector, sentence, rows, chunks);
  });
}

/**
 * Cosine of a vector with a sentence, 0 to 1: of its best piece where it is too long to be encoded whole.
 *
 * @param rows of the paragraph's chunks
 */
export function sentenceSimilarity(
  vector: Float32Array,
  sentence: Sentence,
  rows: readonly number[],
  chunks: VectorIndex<ChunkEntry>,
): number {
  const pieces = rows.filter((row) => isWithin(chunks.entry(row), sentence));
  return Math.max(0, ...pieces.map((row) => chunks.similarity(vector, row)));
}

/** Share of the terms that stand among `present`, each weighted by its inverse frequency. */
export function coverage(
  terms: readonly string[],
  present: ReadonlySet<string>,
  lexical: LexicalIndex,
): number {
  let covered = 0;
  let total = 0;
  for (const term of terms) {
    const weight = lexical.inverseFrequency(term);
    total += weight;
    if (present.has(term)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

const known = new WeakMap<object, ReadonlySet<string>>();

/** Terms of a sentence, read once. */
export function sentenceTerms(sentence: Sentence): ReadonlySet<string> {
  return termsWithin(sentence, () => sentence.text);
}

/** Terms of a paragraph with its footnotes and the headings above it, read once. */
export function paragraphTerms(paragraph: Paragraph): ReadonlySet<string> {
  return termsWithin(paragraph, () => [textOf(paragraph), ...paragraph.section].join('\n'));
}

function termsWithin(owner: object, text: () => string): ReadonlySet<string> {
  const found = known.get(owner) ?? new Set(termsOf(text()));
  known.set(owner, found);
  return found;
}

function isWithin(chunk: ChunkEntry | undefined, { part, range }: Sentence): boolean {
  return (
    chunk !== undefined &&
    chunk.part.kind === part.kind &&
    chunk.part.index === part.index &&
    chunk.range[0] >= range[0] &&
    chunk.range[1] <= range[1]
  );
}
