import type { RecordDocument } from '../corpus/index.js';
import { remembered } from '../remembered.js';
import { type Text, textsOf } from './texts.js';

/** Positions of words in a document, ascending. */
export type Places = ArrayLike<number> & Iterable<number>;

/**
 * Where words and pairs of neighbouring words stand in a document. A position counts the words of all texts before it, and one for the end
 * of each, where there is no word. Eight bytes a word, and eight more for each that the document has: a record of a million chunks has 25
 * million words.
 */
export interface Shingles {
  readonly texts: readonly Text[];
  /** Positions, the ends of texts included. */
  readonly size: number;
  /** Number of the text that a position is in. */
  textAt(position: number): number;
  /** Position of a text's first word; the number of all positions after the last text. */
  startOf(text: number): number;
  /** Key of the word at a position; what no word is equal to at the end of a text. */
  keyAt(position: number): string | undefined;
  placesOfWord(key: string): Places;
  /** Positions of the first of two words that follow each other. */
  placesOfPair(first: string, second: string): Places;
}

const NOWHERE: Places = [];
/** Every word that a document had in this process, by number; the first stands for the end of a text. */
const keys: string[] = [''];
const numbers = new Map<string, number>([['', 0]]);
/** By the number of a word: how often the document that is being read has it. */
let counts = new Uint32Array(1 << 16);

/** The shingles of a document, made once and kept as long as the document is. */
export const shinglesOf = remembered((document: RecordDocument): Shingles => {
  const texts = textsOf(document);
  const { words, starts } = numbersIn(texts);
  const { distinct, ends, places } = placesIn(words);
  const of = (number: number | undefined): Uint32Array | null => {
    if (number === undefined) return null;
    const at = placeOf(distinct, number);
    return distinct[at] === number ? places.subarray(ends[at - 1] ?? 0, ends[at]) : null;
  };
  return {
    texts,
    size: words.length,
    textAt: (position) => placeOf(starts, position + 1) - 1,
    startOf: (text) => starts[text] ?? words.length,
    keyAt: (position) => keys[words[position] ?? -1],
    placesOfWord: (key) => of(numbers.get(key)) ?? NOWHERE,
    placesOfPair: (first, second) => {
      const next = numbers.get(second);
      const number = numbers.get(first);
      const before = of(number);
      const after = of(next);
      if (!before || !after) return NOWHERE;
      const found: number[] = [];
      if (before.length <= after.length) {
        for (let i = 0; i < before.length; i += 1) {
          const place = before[i] as number;
          if (words[place + 1] === next) found.push(place);
        }
      } else {
        for (let i = 0; i < after.length; i += 1) {
          const place = (after[i] as number) - 1;
          if (words[place] === number) found.push(place);
        }
      }
      return found;
    },
  };
});

/** Numbers of the words of texts, 0 after each, and where each text begins. */
function numbersIn(texts: readonly Text[]): { readonly words: Uint32Array; readonly starts: Uint32Array } {
  const words: number[] = [];
  const starts = Uint32Array.from(texts, (text) => {
    const start = words.length;
    for (const { key } of text.words) words.push(numberOf(key));
    words.push(0);
    return start;
  });
  return { words: Uint32Array.from(words), starts };
}

function numberOf(key: string): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  // A copy: a piece of a text would keep that.
  const own = Buffer.from(key, 'utf16le').toString('utf16le');
  numbers.set(own, keys.length);
  keys.push(own);
  return keys.length - 1;
}

/** The distinct words in order, and the places of each up to its end. */
function placesIn(words: Uint32Array) {
  if (counts.length < keys.length) counts = new Uint32Array(2 * keys.length);
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
  return { distinct, ends, places };
}

/** Position of the first of numbers in order that is no less than one. */
function placeOf(ordered: Uint32Array, number: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How much a word says, in bits: the rarer in the documents, the more. Words that they do not have say most. */
export function weightsOf(all: readonly Shingles[]): (key: string) => number {
  const texts = all.reduce((sum, shingles) => sum + shingles.texts.length, 0);
  return (key) => {
    const places = all.reduce((sum, shingles) => sum + shingles.placesOfWord(key).length, 0);
    return Math.log2(1 + texts / Math.max(1, places));
  };
}
