import { breathe } from '../breathe.js';
import { Numbers } from './numbers.js';
import { Terms } from './terms.js';

/** Where the terms of one field stand. Postings of a term are those from `starts[id]` to `starts[id + 1]`. */
export interface Postings {
  readonly starts: Uint32Array;
  /** Ordinals, ascending within a term. */
  readonly paragraphs: Uint32Array;
  /** How often the term stands there; what is said more than 65,535 times in one paragraph counts as that. */
  readonly counts: Uint16Array;
  /** Distinct words of the field in each paragraph, by ordinal; words without a topic count too, as in MiniSearch. */
  readonly lengths: Uint32Array;
  /** Mean of the lengths, summed up as MiniSearch does. */
  readonly average: number;
}

const MOST_COUNTED = 0xffff;
/** Postings put in order before others have their turn: some 20 ms. */
const POSTINGS_AT_ONCE = 1 << 20;

/** Gathers postings paragraph by paragraph. */
export class PostingsBuilder {
  readonly #fields: readonly Gathered[];
  readonly #ids = new Map<string, number>();
  /** By id: in how many paragraphs a term stands in a field that counts. */
  readonly #frequencies = new Numbers(Uint32Array);
  /** By id: the last paragraph that was counted, plus 1. */
  readonly #counted = new Numbers(Uint32Array);
  #paragraphs = 0;

  /** @param fields how many there are */
  constructor(fields: number) {
    this.#fields = Array.from({ length: fields }, () => new Gathered());
  }

  /**
   * Adds the next paragraph.
   *
   * @param contents of each field: its terms in order, and how many distinct words it has
   * @param counting fields, from the first on, that the frequency of a term is counted in
   */
  add(contents: readonly { readonly terms: readonly string[]; readonly words: number }[], counting: number) {
    const paragraph = this.#paragraphs;
    this.#paragraphs += 1;
    for (const [position, { terms, words }] of contents.entries()) {
      const counts = new Map<number, number>();
      for (const term of terms) {
        const id = this.#idOf(term);
        counts.set(id, (counts.get(id) ?? 0) + 1);
        if (position < counting && this.#counted.at(id) !== paragraph + 1) {
          this.#counted.set(id, paragraph + 1);
          this.#frequencies.set(id, this.#frequencies.at(id) + 1);
        }
      }
      this.#fields[position]?.add(paragraph, words, counts);
    }
  }

  /** What was gathered, which is given up. */
  async build(): Promise<{
    readonly terms: Terms;
    readonly frequencies: Uint32Array;
    readonly fields: Postings[];
  }> {
    const sorted = [...this.#ids.keys()].sort();
    const ranks = new Uint32Array(sorted.length);
    const frequencies = new Uint32Array(sorted.length);
    for (const [rank, term] of sorted.entries()) {
      const id = this.#ids.get(term) as number;
      ranks[id] = rank;
      frequencies[rank] = this.#frequencies.at(id);
    }
    const fields: Postings[] = [];
    for (const field of this.#fields) fields.push(await field.build(ranks));
    return { terms: Terms.of(sorted), frequencies, fields };
  }

  #idOf(term: string): number {
    const known = this.#ids.get(term);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(term, id);
    this.#frequencies.push(0);
    this.#counted.push(0);
    return id;
  }
}

/** Postings of one field in the order of the paragraphs. */
class Gathered {
  readonly #terms = new Numbers(Uint32Array);
  readonly #counts = new Numbers(Uint16Array);
  /** By paragraph: where its postings end. */
  readonly #ends = new Numbers(Uint32Array);
  readonly #lengths = new Numbers(Uint32Array);
  #average = 0;

  add(paragraph: number, words: number, counts: ReadonlyMap<number, number>): void {
    this.#average = (this.#average * paragraph + words) / (paragraph + 1);
    this.#lengths.push(words);
    for (const [term, count] of counts) {
      this.#terms.push(term);
      this.#counts.push(Math.min(count, MOST_COUNTED));
    }
    this.#ends.push(this.#terms.length);
  }

  /**
   * What was gathered, which is given up.
   *
   * @param ranks id of each term as it is to be, by the one that it was gathered with
   */
  async build(ranks: Uint32Array): Promise<Postings> {
    const terms = this.#terms.take();
    const gathered = this.#counts.take();
    const starts = new Uint32Array(ranks.length + 1);
    for (const term of terms) {
      const after = (ranks[term] as number) + 1;
      starts[after] = (starts[after] as number) + 1;
    }
    for (let id = 1; id < starts.length; id += 1) {
      starts[id] = (starts[id] as number) + (starts[id - 1] as number);
    }
    const next = starts.slice();
    const paragraphs = new Uint32Array(terms.length);
    const counts = new Uint16Array(terms.length);
    let paragraph = 0;
    for (let i = 0; i < terms.length; i += 1) {
      if (i % POSTINGS_AT_ONCE === 0) await breathe();
      while (this.#ends.at(paragraph) <= i) paragraph += 1;
      const rank = ranks[terms[i] as number] as number;
      const at = next[rank] as number;
      next[rank] = at + 1;
      paragraphs[at] = paragraph;
      counts[at] = gathered[i] as number;
    }
    return { starts, paragraphs, counts, lengths: this.#lengths.take(), average: this.#average };
  }
}
