import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

export { type NearWords, nearWords } from './near.js';

/** A meaning of a word. */
export interface Sense {
  /** Number of its synset. */
  readonly synset: number;
  /** 1 where it is the commonest meaning of the word. */
  readonly rank: number;
}

/**
 * General English: which words mean the same, more or less. WordNet 3.1 (Fellbaum 1998), as compile.mjs cuts it
 * down, and AFINN-165 (Nielsen 2011).
 */
export interface WordNet {
  /** Meanings of the words with a stem (the first of `basesOf`), and of those derived from them. */
  sensesOf(stem: string): readonly Sense[];
  /** Numbers of synsets that are more general, of those that are alike, and of those that follow from one. */
  above(synset: number): readonly number[];
  /** How pleasant a word is, from -5 to 5; 0 where that is not known. */
  valenceOf(key: string): number;
}

/** For what runs from src and from dist. */
const FILE = new URL('../../dist/wordnet/data/words.br', import.meta.url);
const BASE = 36;

let read: WordNet | undefined;

/** Read at the first call: some 100 ms and 20 MB. */
export function wordNet(): WordNet {
  read ??= readWordNet();
  return read;
}

function readWordNet(): WordNet {
  const [valences = [], stems = [], synsets = []] = brotliDecompressSync(readFileSync(FILE))
    .toString('utf8')
    .split('\n\n')
    .map((part) => part.split('\n'));
  const valence = new Map(valences.map((line) => cut(line, ' ')));
  const lines = new Map(stems.map((line) => cut(line, ' ')));
  const senses = new Map<string, readonly Sense[]>();
  const above = new Map<number, readonly number[]>();
  return {
    sensesOf: (stem) => {
      const known = senses.get(stem) ?? sensesIn(lines.get(stem) ?? '');
      senses.set(stem, known);
      return known;
    },
    above: (synset) => {
      const known = above.get(synset) ?? numbers(synsets[synset] ?? '');
      above.set(synset, known);
      return known;
    },
    valenceOf: (key) => Number(valence.get(key) ?? 0),
  };
}

function cut(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}

function sensesIn(line: string): Sense[] {
  return words(line).map((word) => {
    const [synset, rank] = cut(word, '.');
    return { synset: Number.parseInt(synset, BASE), rank: Number(rank) };
  });
}

function words(line: string): string[] {
  return line === '' ? [] : line.split(' ');
}

function numbers(line: string): number[] {
  return line === '-' ? [] : words(line).map((word) => Number.parseInt(word, BASE));
}
