import type { LexicalScore } from './lexical.js';

/**
 * Scores of the paragraphs that one query touches. The arrays are as long as the corpus and kept from query to query:
 * only what was touched is cleared.
 *
 * As in MiniSearch a paragraph's score is the sum of what its terms give, times how many terms of the query it has.
 */
export class BestScores {
  /** Of each paragraph its score in all fields, and in those of the record itself: beside each other, as they are read. */
  readonly #scores: Float64Array;
  /** Of each paragraph, for all fields and then for those of the record itself: how many terms of the query it has, and the last of them. */
  readonly #terms: Uint32Array;
  /** Paragraphs that have a score. */
  readonly #touched: Uint32Array;
  #count = 0;
  #term = 0;

  /** @param size paragraphs of the corpus */
  constructor(size: number) {
    this.#scores = new Float64Array(2 * size);
    this.#terms = new Uint32Array(4 * size);
    this.#touched = new Uint32Array(size);
  }

  /** What is added from here on is of another term of the query. */
  nextTerm(): void {
    this.#term += 1;
  }

  /**
   * @param score above 0
   * @param isOwn whether it is of a field of the record itself
   */
  add(paragraph: number, score: number, isOwn: boolean): void {
    const term = this.#term;
    const scores = this.#scores;
    const terms = this.#terms;
    const at = 2 * paragraph;
    const of = 4 * paragraph;
    const before = scores[at] as number;
    if (before === 0) {
      this.#touched[this.#count] = paragraph;
      this.#count += 1;
    }
    scores[at] = before + score;
    if (terms[of + 1] !== term) {
      terms[of + 1] = term;
      terms[of] = (terms[of] as number) + 1;
    }
    if (!isOwn) return;
    scores[at + 1] = (scores[at + 1] as number) + score;
    if (terms[of + 3] !== term) {
      terms[of + 3] = term;
      terms[of + 2] = (terms[of + 2] as number) + 1;
    }
  }

  /** The best paragraphs, best first, those of one score in their order, and others that are named; then all is cleared. */
  take(limit: number, also: Iterable<number>): Map<number, LexicalScore> {
    const scores = new Map<number, LexicalScore>();
    for (const paragraph of this.#ranked(limit)) scores.set(paragraph, this.#of(paragraph));
    for (const paragraph of also) {
      if ((this.#scores[2 * paragraph] ?? 0) > 0) scores.set(paragraph, this.#of(paragraph));
    }
    for (let i = 0; i < this.#count; i += 1) {
      const paragraph = this.#touched[i] as number;
      this.#scores[2 * paragraph] = 0;
      this.#scores[2 * paragraph + 1] = 0;
      const of = 4 * paragraph;
      this.#terms[of] = 0;
      this.#terms[of + 1] = 0;
      this.#terms[of + 2] = 0;
      this.#terms[of + 3] = 0;
    }
    this.#count = 0;
    this.#term = 0;
    return scores;
  }

  #of(paragraph: number): LexicalScore {
    const [all = 0, own = 0] = this.#scores.subarray(2 * paragraph, 2 * paragraph + 2);
    const [allTerms = 0, , ownTerms = 0] = this.#terms.subarray(4 * paragraph, 4 * paragraph + 3);
    return { all: all * allTerms, own: own * ownTerms };
  }

  /** Most paragraphs score less than the last of the best so far, and cost one comparison. */
  #ranked(limit: number): Uint32Array {
    const most = Math.min(limit, this.#count);
    const best = new Uint32Array(most);
    const scores = new Float64Array(most);
    let length = 0;
    /** Score of the last where there are enough. */
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.#count && most > 0; i += 1) {
      const paragraph = this.#touched[i] as number;
      const score = (this.#scores[2 * paragraph] as number) * (this.#terms[4 * paragraph] as number);
      if (score < last) continue;
      const isBefore = (at: number) =>
        score > (scores[at] as number) || (score === scores[at] && paragraph < (best[at] as number));
      if (length === most && !isBefore(most - 1)) continue;
      let at = length === most ? most - 1 : length;
      for (; at > 0 && isBefore(at - 1); at -= 1) {
        scores[at] = scores[at - 1] as number;
        best[at] = best[at - 1] as number;
      }
      scores[at] = score;
      best[at] = paragraph;
      length = Math.min(length + 1, most);
      if (length === most) last = scores[most - 1] as number;
    }
    return best;
  }
}
