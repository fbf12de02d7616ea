import type { Extract } from '../answer/index.js';
import { paragraphTerms, termsOf } from '../index/index.js';
import type { Said, Statement } from './types.js';

/**
 * Share of a statement's terms that a paragraph must have to say the same, and that what is quoted of it must have. Lists of
 * part III that restate a paragraph of a year have .71 to 1 of their terms in it, other lists at most .64.
 */
const SAME = 0.7;
const SAME_QUOTED = 0.4;

const YEAR = /\b(?:19|20)\d\d\b/gu;

/**
 * Folds a statement into the one that it repeats: what a part without a year takes up from the years, and what a year says
 * twice in the same words. Statements of different years are never folded, however alike: that it was said again is what
 * a digest tells.
 *
 * @param statements in the order in which they are to stand
 */
export function folded(statements: readonly Said[]): Statement[] {
  const kept: { readonly said: Said; readonly again: Said[] }[] = [];
  for (const said of statements) {
    const [original] = kept
      .filter((earlier) => repeats(said, earlier.said))
      .map((earlier) => ({ earlier, share: shareIn(quotedTerms(said), quotedTerms(earlier.said)) }))
      .filter(({ share }) => share >= SAME_QUOTED)
      .sort((a, b) => b.share - a.share);
    if (original) original.earlier.again.push(said);
    else kept.push({ said, again: [] });
  }
  return kept.map(({ said, again }) => ({ ...said, again }));
}

/** Whether a statement says again what the paragraph of an earlier one says. */
export function repeats(later: Said, earlier: Said): boolean {
  if (later.passage === earlier.passage) return false;
  const { paragraph } = earlier.passage;
  if (later.passage.paragraph.year !== null) {
    return later.passage.paragraph.year === paragraph.year && later.extract.quote === earlier.extract.quote;
  }
  const [years, others] = [yearsSaid(later), yearsSaid(earlier)];
  const together = years.length === 0 || others.length === 0 || years.some((year) => others.includes(year));
  return together && shareIn(quotedTerms(later), paragraphTerms(paragraph)) >= SAME;
}

/** Years of a statement: of the heading above it, and those it names. */
export function yearsSaid({ passage, extract }: Said): number[] {
  const { year } = passage.paragraph;
  return [...(year === null ? [] : [year]), ...(extract.quote.match(YEAR) ?? []).map(Number)];
}

/** Share of terms that stand among others, 0 to 1. */
export function shareIn(terms: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0;
  for (const term of terms) if (others.has(term)) shared += 1;
  return shared / Math.max(1, terms.size);
}

const known = new WeakMap<Extract, ReadonlySet<string>>();

/** Terms of what is quoted, read once. A year in brackets at the end is where it was said, not what. */
export function quotedTerms({ extract }: Said): ReadonlySet<string> {
  const terms = known.get(extract) ?? new Set(termsOf(extract.quote.replace(YEAR, ' ')));
  known.set(extract, terms);
  return terms;
}
