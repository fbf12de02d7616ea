import { basesOf, groupsOf } from '../check/index.js';
import { type Lexicon, termsOf, tokenize } from '../index/index.js';
import { rememberedByText } from '../remembered.js';
import type { NearWords } from '../wordnet/index.js';

/** A word of a text, with what may stand for it elsewhere. */
export interface Word {
  readonly term: string;
  /** Its stem, and what is left of it in other parts of speech. */
  readonly bases: readonly string[];
  /** Groups of general English words that may stand for each other. */
  readonly groups: readonly number[];
}

/** How far a word is said by the same one, by one derived from it, and by one that may stand for it. */
const STRENGTH = { same: 1, derived: 0.9, alike: 0.6 } as const;
/** The words of a text that carry a topic, in order. */
export function wordsIn(text: string): Word[] {
  return tokenize(text).flatMap((token) => wordOf(token) ?? []);
}

const wordOf = rememberedByText((token): Word | null => {
  const [term] = termsOf(token);
  const bases = basesOf(token);
  return term === undefined ? null : { term, bases, groups: groupsOf(bases) };
});

/** How much of a question a text says, 0 to 1: of all its words, and the weight of the heaviest that it does not say. */
export interface Said {
  readonly share: number;
  readonly missing: number;
}

/** How much of a question a paragraph says, 0 to 1. */
export interface SaidByParagraph {
  /** All of it, where words that it repeats say more and those of a long one less. */
  readonly whole: number;
  /** Most that one of its sentences can say. */
  readonly most: number;
  /**
   * How much the best of its sentences says.
   *
   * @param sentences terms of each
   */
  readonly inBest: (sentences: readonly (readonly string[])[]) => number;
}

/** The words of a text, each once, with how often they are said. */
export interface Counted {
  readonly words: readonly { readonly word: Word; readonly count: number }[];
  /** Number of all, repeated ones too. */
  readonly length: number;
}

export function counted(words: readonly Word[]): Counted {
  const counts = new Map<string, { readonly word: Word; count: number }>();
  for (const word of words) {
    const known = counts.get(word.term);
    if (known) known.count += 1;
    else counts.set(word.term, { word, count: 1 });
  }
  return { words: [...counts.values()], length: words.length };
}

/** How much a word says that is said more than once, as in BM25. */
const BM25 = { k: 1.2, b: 0.7 } as const;

/** The words of a question, to be looked for in other texts. */
export class Wanted {
  readonly #weights: readonly number[];
  readonly #total: number;
  /** Weight of a word that stands nowhere. */
  readonly #heaviest: number;
  readonly #places = {
    same: new Map<string, number[]>(),
    derived: new Map<string, number[]>(),
    alike: new Map<number, number[]>(),
  };
  /** By stem: how near it is to words of the question. */
  readonly #near = new Map<string, (readonly [place: number, nearness: number])[]>();
  readonly #strengths = new Map<string, Float64Array | null>();

  /** @param near what else may stand for a word */
  constructor(question: string, lexicon: Lexicon, near?: NearWords) {
    const words = [...new Map(wordsIn(question).map((word) => [word.term, word])).values()];
    this.#weights = words.map(({ term }) => lexicon.inverseFrequency(term));
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#heaviest = lexicon.inverseFrequency('');
    for (const [place, { term, bases, groups }] of words.entries()) {
      put(this.#places.same, term, place);
      for (const base of bases) put(this.#places.derived, base, place);
      for (const group of groups) put(this.#places.alike, group, place);
      for (const [stem, nearness] of near?.of(bases[0] ?? '') ?? [])
        put(this.#near, stem, [place, nearness] as const);
    }
  }

  /** How much of the question these words say. */
  in(words: readonly Word[]): Said {
    const { share, missing } = this.#compare(words);
    return { share, missing };
  }

  /**
   * Looks for the question in a paragraph.
   *
   * @param usual length of such a paragraph
   */
  inParagraph({ words, length }: Counted, usual: number): SaidByParagraph {
    const { k, b } = BM25;
    const norm = k * (1 - b + (b * length) / usual);
    const size = this.#weights.length;
    const counts = new Float64Array(size);
    const all = new Float64Array(size);
    const found = new Map<string, Float64Array>();
    for (const { word, count } of words) {
      const strengths = this.#strengthsOf(word);
      if (strengths === null) continue;
      found.set(word.term, strengths);
      raise(counts, strengths, count / (count + norm));
      raise(all, strengths, 1);
    }
    const inBest = (sentences: readonly (readonly string[])[]): number => {
      const said = new Float64Array(size);
      let best = 0;
      for (const terms of sentences) {
        said.fill(0);
        for (const term of terms) {
          const strengths = found.get(term);
          if (strengths !== undefined) raise(said, strengths, 1);
        }
        best = Math.max(best, this.#shareOf(said));
      }
      return best;
    };
    return { whole: this.#shareOf(counts), most: this.#shareOf(all), inBest };
  }

  /** How far a word says each of the question's; null where it says none. Found out once for each word. */
  #strengthsOf(word: Word): Float64Array | null {
    const known = this.#strengths.get(word.term);
    if (known !== undefined) return known;
    let made: Float64Array | null = null;
    if (this.#isSaidBy(word)) {
      made = new Float64Array(this.#weights.length);
      this.#find(word, made);
    }
    this.#strengths.set(word.term, made);
    return made;
  }

  /** Whether a word says any of the question's: most words say none. */
  #isSaidBy({ term, bases, groups }: Word): boolean {
    const { same, derived, alike } = this.#places;
    if (same.has(term) || this.#near.has(bases[0] ?? '')) return true;
    for (const base of bases) if (derived.has(base)) return true;
    for (const group of groups) if (alike.has(group)) return true;
    return false;
  }

  #shareOf(strengths: Float64Array): number {
    const said = this.#weights.reduce((sum, weight, place) => sum + weight * (strengths[place] as number), 0);
    return this.#total === 0 ? 0 : said / this.#total;
  }

  /** The same, and how far the words themselves are found, added up. */
  #compare(words: readonly Word[]): Said & { readonly found: number } {
    const strengths = new Float64Array(this.#weights.length);
    let found = 0;
    for (const word of words) found += this.#find(word, strengths);
    let said = 0;
    let missing = 0;
    for (const [place, weight] of this.#weights.entries()) {
      const strength = strengths[place] ?? 0;
      said += weight * strength;
      missing = Math.max(missing, weight * (1 - strength));
    }
    return {
      found,
      share: this.#total === 0 ? 0 : said / this.#total,
      missing: this.#heaviest === 0 ? 0 : missing / this.#heaviest,
    };
  }

  /** How much the words of another question are those of this one, 0 to 1: the geometric mean of both shares. */
  likeness(words: readonly Word[]): number {
    if (words.length === 0) return 0;
    const { share, found } = this.#compare(words);
    return Math.sqrt((share * found) / words.length);
  }

  /** How far a word says one of the question's; noted in `strengths` for each that it says. */
  #find({ term, bases, groups }: Word, strengths: Float64Array): number {
    const same = note(this.#places.same.get(term), STRENGTH.same, strengths);
    let derived = 0;
    for (const base of bases)
      derived = Math.max(derived, note(this.#places.derived.get(base), STRENGTH.derived, strengths));
    let alike = 0;
    for (const group of groups)
      alike = Math.max(alike, note(this.#places.alike.get(group), STRENGTH.alike, strengths));
    let near = 0;
    for (const [place, nearness] of this.#near.get(bases[0] ?? '') ?? []) {
      strengths[place] = Math.max(strengths[place] ?? 0, nearness);
      near = Math.max(near, nearness);
    }
    return Math.max(same, derived, alike, near);
  }
}

function raise(values: Float64Array, to: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i += 1)
    values[i] = Math.max(values[i] as number, (to[i] as number) * factor);
}

function put<Key, Value>(places: Map<Key, Value[]>, key: Key, place: Value): void {
  const known = places.get(key);
  if (known) known.push(place);
  else places.set(key, [place]);
}

/** The strength where there is any place, else 0. */
function note(places: readonly number[] | undefined, strength: number, strengths: Float64Array): number {
  if (places === undefined) return 0;
  for (const place of places) strengths[place] = Math.max(strengths[place] ?? 0, strength);
  return strength;
}
