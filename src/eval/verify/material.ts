import { sentencesOf } from '../../chunk/index.js';
import { type Block, type Paragraph, type RecordDocument, spansOf } from '../../corpus/index.js';
import { generator } from '../metrics.js';

/** A sentence of the record as cases are made of. */
export interface Source {
  readonly paragraph: number;
  readonly text: string;
  /** Words as printed, punctuation and all. */
  readonly words: readonly string[];
  readonly kind: Block['kind'] | 'footnote';
  /** Whether a page break stands in it. */
  readonly broken: boolean;
  /** The sentences of its block that follow it. */
  readonly following: readonly string[];
}

/** What cases are made of, and how chance picks it. */
export interface Material {
  readonly document: RecordDocument;
  readonly sentences: readonly Source[];
  readonly random: Random;
  /** Whether a paragraph has these words in this order, read without the code that is evaluated. */
  stands(quote: string, paragraph: number): boolean;
  /** Whether any has. */
  standsAnywhere(quote: string): boolean;
}

export interface Random {
  /** 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  chance(share: number): boolean;
}

export function materialOf(document: RecordDocument, seed: number): Material {
  const plain = document.paragraphs.map((paragraph) => ({
    number: paragraph.number,
    texts: [
      paragraph.blocks.map(({ wording }) => wording.text).join(' '),
      ...paragraph.footnotes.map(({ wording }) => wording.text),
    ].map(plainly),
  }));
  const stands = (quote: string, paragraph: number) =>
    plain.some(
      ({ number, texts }) => number === paragraph && texts.some((text) => text.includes(plainly(quote))),
    );
  return {
    document,
    sentences: document.paragraphs.flatMap((paragraph) => sourcesOf(document, paragraph)),
    random: randomOf(seed),
    stands,
    standsAnywhere: (quote) => plain.some(({ number }) => stands(quote, number)),
  };
}

function sourcesOf(document: RecordDocument, paragraph: Paragraph): Source[] {
  const sentences = sentencesOf(paragraph, document.metadata.language);
  return sentences.map((sentence, index) => {
    const { part, range, text } = sentence;
    const block = part.kind === 'block' ? paragraph.blocks[part.index] : paragraph.footnotes[part.index];
    const spans = block ? spansOf(block.wording, range[0], range[1], document.source) : [];
    const later = sentences.slice(index + 1);
    const end = later.findIndex(({ part: other }) => other.kind !== part.kind || other.index !== part.index);
    return {
      paragraph: paragraph.number,
      text,
      words: text.split(' '),
      kind: part.kind === 'footnote' ? 'footnote' : (paragraph.blocks[part.index]?.kind ?? 'body'),
      broken: spans.length > 1,
      following: (end === -1 ? later : later.slice(0, end)).map((next) => next.text),
    };
  });
}

/** Lower-case letters and digits with one space between, and around all. */
function plainly(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}']+/gu) ?? [];
  return ` ${words
    .map((word) => word.replace(/^'+|'+$/gu, ''))
    .filter(Boolean)
    .join(' ')} `;
}

function randomOf(seed: number): Random {
  const next = generator(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => {
      const item = list[below(list.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    chance: (share) => next() < share,
  };
}

/** Words of a sentence that follow each other: `length` of them where it has as many. */
export function stretchOf({ random }: Material, words: readonly string[], length: number): string[] {
  const from = random.below(Math.max(1, words.length - length + 1));
  return words.slice(from, from + length);
}

/** Without the punctuation at its ends, as people quote. */
export function trimmed(words: readonly string[]): string {
  return words
    .join(' ')
    .replace(/^[^\p{L}\p{N}“"([]+/u, '')
    .replace(/[,;:.–-]+$/u, '');
}
