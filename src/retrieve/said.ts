import { basesOf, groupsOf } from '../check/index.js';
import { type Lexicon, termsOf, tokenize } from '../index/index.js';
import { rememberedByText } from '../remembered.js';

/** A word of a text, with what may stand for it elsewhere. */
interface Word {
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

  constructor(question: string, lexicon: Lexicon) {
    const words = [...new Map(wordsIn(question).map((word) => [word.term, word])).values()];
    this.#weights = words.map(({ term }) => lexicon.inverseFrequency(term));
    this.#total = this.#weights.reduce((sum, weight) => sum + weight, 0);
    this.#heaviest = lexicon.inverseFrequency('');
    for (const [place, { term, bases, groups }] of words.entries()) {
      put(this.#places.same, term, place);
      for (const base of bases) put(this.#places.derived, base, place);
      for (const group of groups) put(this.#places.alike, group, place);
    }
  }

  /** How much of the question these words say. */
  in(words: readonly Word[]): Said {
    const { share, missing } = this.#compare(words);
    return { share, missing };
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
    return Math.max(same, derived, alike);
  }
}

function put<Key>(places: Map<Key, number[]>, key: Key, place: number): void {
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
