import type { RecordDocument } from '../corpus/index.js';
import { firstFrom } from '../lists.js';
import { remembered } from '../remembered.js';
import { NOWHERE, type Places, Vocabulary } from './postings.js';
import { type Text, textsOf } from './texts.js';

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

/** Every word that a document had in this process; the first stands for the end of a text. */
const vocabulary = new Vocabulary();
const END = vocabulary.numberOf('');

/** The shingles of a document, made once and kept as long as the document is. */
export const shinglesOf = remembered((document: RecordDocument): Shingles => {
  const texts = textsOf(document);
  const { words, starts } = numbersIn(texts);
  const of = vocabulary.postingsOf(words);
  return {
    texts,
    size: words.length,
    textAt: (position) => firstFrom(starts, position + 1) - 1,
    startOf: (text) => starts[text] ?? words.length,
    keyAt: (position) => vocabulary.keyOf(words[position] ?? -1),
    placesOfWord: (key) => of(vocabulary.known(key)) ?? NOWHERE,
    placesOfPair: (first, second) => {
      const next = vocabulary.known(second);
      const number = vocabulary.known(first);
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

/** Numbers of the words of texts, `END` after each, and where each text begins. */
function numbersIn(texts: readonly Text[]): { readonly words: Uint32Array; readonly starts: Uint32Array } {
  const words: number[] = [];
  const starts = Uint32Array.from(texts, (text) => {
    const start = words.length;
    for (const { key } of text.words) words.push(vocabulary.numberOf(key));
    words.push(END);
    return start;
  });
  return { words: Uint32Array.from(words), starts };
}

/** How much a word says, in bits: the rarer in the documents, the more. Words that they do not have say most. */
export function weightsOf(all: readonly Shingles[]): (key: string) => number {
  const texts = all.reduce((sum, shingles) => sum + shingles.texts.length, 0);
  return (key) => {
    const places = all.reduce((sum, shingles) => sum + shingles.placesOfWord(key).length, 0);
    return Math.log2(1 + texts / Math.max(1, places));
  };
}
