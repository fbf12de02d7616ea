import type { LexicalScore } from './lexical.js';

/**
 * Scores of the paragraphs that one query touches. The arrays are as long as the corpus and kept from query to query:
 * only what was touched is cleared.
 *
 * As in MiniSearch a paragraph's score is the sum of what its terms give, times how many terms of the query it has.
 */
export class BestScores {
  readonly #all: Float64Array;
  readonly #own: Float64Array;
  /** Terms of the query that a paragraph has, and the last that was counted. */
  readonly #allTerms: Uint32Array;
  readonly #ownTerms: Uint32Array;
  readonly #lastAll: Uint32Array;
  readonly #lastOwn: Uint32Array;
  /** Paragraphs that have a score. */
  readonly #touched: Uint32Array;
  #count = 0;
  #term = 0;

  /** @param size paragraphs of the corpus */
  constructor(size: number) {
    this.#all = new Float64Array(size);
    this.#own = new Float64Array(size);
    this.#allTerms = new Uint32Array(size);
    this.#ownTerms = new Uint32Array(size);
    this.#lastAll = new Uint32Array(size);
    this.#lastOwn = new Uint32Array(size);
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
    const before = this.#all[paragraph] as number;
    if (before === 0) {
      this.#touched[this.#count] = paragraph;
      this.#count += 1;
    }
    this.#all[paragraph] = before + score;
    if (this.#lastAll[paragraph] !== term) {
      this.#lastAll[paragraph] = term;
      this.#allTerms[paragraph] = (this.#allTerms[paragraph] as number) + 1;
    }
    if (!isOwn) return;
    this.#own[paragraph] = (this.#own[paragraph] as number) + score;
    if (this.#lastOwn[paragraph] !== term) {
      this.#lastOwn[paragraph] = term;
      this.#ownTerms[paragraph] = (this.#ownTerms[paragraph] as number) + 1;
    }
  }

  /** The best paragraphs, best first, those of one score in their order, and others that are named; then all is cleared. */
  take(limit: number, also: Iterable<number>): Map<number, LexicalScore> {
    const scores = new Map<number, LexicalScore>();
    for (const paragraph of this.#ranked(limit)) scores.set(paragraph, this.#of(paragraph));
    for (const paragraph of also) {
      if ((this.#all[paragraph] ?? 0) > 0) scores.set(paragraph, this.#of(paragraph));
    }
    for (let i = 0; i < this.#count; i += 1) {
      const paragraph = this.#touched[i] as number;
      this.#all[paragraph] = 0;
      this.#own[paragraph] = 0;
      this.#allTerms[paragraph] = 0;
      this.#ownTerms[paragraph] = 0;
      this.#lastAll[paragraph] = 0;
      this.#lastOwn[paragraph] = 0;
    }
    this.#count = 0;
    this.#term = 0;
    return scores;
  }

  #of(paragraph: number): LexicalScore {
    return {
      all: (this.#all[paragraph] as number) * (this.#allTerms[paragraph] as number),
      own: (this.#own[paragraph] as number) * (this.#ownTerms[paragraph] as number),
    };
  }

  /** Most paragraphs score less than the last of the best so far, and cost one comparison. */
  #ranked(limit: number): Uint32Array {
    const most = Math.min(limit, this.#count);
    const best = new Uint32Array(most);
    const scores = new Float64Array(most);
    let length = 0;
    for (let i = 0; i < this.#count && most > 0; i += 1) {
      const paragraph = this.#touched[i] as number;
      const score = (this.#all[paragraph] as number) * (this.#allTerms[paragraph] as number);
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
    }
    return best;
  }
}
