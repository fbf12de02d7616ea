import { firstFrom } from '../lists.js';
/** Positions, ascending. */
export type Places = ArrayLike<number> & Iterable<number>;

export const NOWHERE: Places = [];

/** Words by number, each kept once however many documents have it. */
export class Vocabulary {
  readonly #keys: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** By number, zeros between two uses. */
  #counts = new Uint32Array(1 << 12);

  /** Undefined where no document had it. */
  known(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  keyOf(number: number): string | undefined {
    return this.#keys[number];
  }

  numberOf(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    // A copy: a piece of a text would keep that.
    const own = Buffer.from(key, 'utf16le').toString('utf16le');
    const number = this.#keys.length;
    this.#numbers.set(own, number);
    this.#keys.push(own);
    return number;
  }

  /** Where each of some words stands among them. */
  postingsOf(words: Uint32Array): Postings {
    if (this.#counts.length < this.#keys.length) this.#counts = new Uint32Array(2 * this.#keys.length);
    const counts = this.#counts;
    const found: number[] = [];
    for (const word of words) {
      if (counts[word] === 0) found.push(word);
      counts[word] = (counts[word] as number) + 1;
    }
    const distinct = Uint32Array.from(found).sort();
    const ends = new Uint32Array(distinct.length);
    let end = 0;
    for (const [at, word] of distinct.entries()) {
      // Where the next place of the word goes, from here on.
      const count = counts[word] as number;
      counts[word] = end;
      end += count;
      ends[at] = end;
    }
    const places = new Uint32Array(words.length);
    for (const [position, word] of words.entries()) {
      const at = counts[word] as number;
      places[at] = position;
      counts[word] = at + 1;
    }
    for (const word of distinct) counts[word] = 0;
    return (number) => {
      if (number === undefined) return null;
      const at = firstFrom(distinct, number);
      return distinct[at] === number ? places.subarray(ends[at - 1] ?? 0, ends[at]) : null;
    };
  }
}

/** Positions of a word, by its number; null where it is not among them. */
export type Postings = (number: number | undefined) => Uint32Array | null;
