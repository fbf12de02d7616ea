import type { RecordDocument } from '../corpus/index.js';
import { type Text, textsOf } from './texts.js';

/** Where words and pairs of neighbouring words stand in a document. A position counts the words of all texts before it. */
export interface Shingles {
  readonly texts: readonly Text[];
  /** Position of each text's first word. */
  readonly starts: readonly number[];
  /** For each position, the number of its text. */
  readonly textAt: Int32Array;
  /** Key of the word at each position; after each text an empty one that no word is equal to. */
  readonly keys: readonly string[];
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** By `pairKey`, positions of the first word. */
  readonly pairs: ReadonlyMap<string, readonly number[]>;
}

const NOWHERE: readonly number[] = [];
const known = new WeakMap<RecordDocument, Shingles>();

/** The shingles of a document, made once and kept as long as the document is. */
export function shinglesOf(document: RecordDocument): Shingles {
  const kept = known.get(document);
  if (kept) return kept;
  const made = makeShingles(textsOf(document));
  known.set(document, made);
  return made;
}

function makeShingles(texts: readonly Text[]): Shingles {
  const starts: number[] = [];
  const keys: string[] = [];
  const textAt: number[] = [];
  const words = new Map<string, number[]>();
  const pairs = new Map<string, number[]>();
  const note = (postings: Map<string, number[]>, key: string, position: number): void => {
    const list = postings.get(key);
    if (list) list.push(position);
    else postings.set(key, [position]);
  };
  for (const [number, text] of texts.entries()) {
    starts.push(keys.length);
    for (const [index, { key }] of text.words.entries()) {
      const next = text.words[index + 1];
      note(words, key, keys.length);
      if (next) note(pairs, pairKey(key, next.key), keys.length);
      keys.push(key);
      textAt.push(number);
    }
    keys.push('');
    textAt.push(number);
  }
  return { texts, starts, textAt: Int32Array.from(textAt), keys, words, pairs };
}

export function pairKey(first: string, second: string): string {
  return `${first} ${second}`;
}

export function placesOfWord({ words }: Shingles, key: string): readonly number[] {
  return words.get(key) ?? NOWHERE;
}

export function placesOfPair({ pairs }: Shingles, first: string, second: string): readonly number[] {
  return pairs.get(pairKey(first, second)) ?? NOWHERE;
}

/** How much a word says, in bits: the rarer in the documents, the more. Words that they do not have say most. */
export function weightsOf(all: readonly Shingles[]): (key: string) => number {
  const texts = all.reduce((sum, shingles) => sum + shingles.texts.length, 0);
  return (key) => {
    const places = all.reduce((sum, shingles) => sum + placesOfWord(shingles, key).length, 0);
    return Math.log2(1 + texts / Math.max(1, places));
  };
}
