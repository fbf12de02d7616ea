import { LRUCache } from 'lru-cache';
import { splitSentences } from '../chunk/index.js';
import { type Paragraph, type RecordDocument, type Span, spansOf, type Wording } from '../corpus/index.js';
import { type Word, wordsOf } from './words.js';

/** What can be quoted in one piece: the blocks of a paragraph as they follow each other, or a footnote. */
export interface Text {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  /** The wordings, joined with a space for the line break between blocks. */
  readonly text: string;
  readonly words: readonly Word[];
  /** For each word, the number of its sentence. No sentence goes over the end of a block. */
  readonly sentences: readonly number[];
  readonly blocks: readonly PlacedWording[];
}

interface PlacedWording {
  /** Where it starts in the text. */
  readonly at: number;
  readonly wording: Wording;
}

/** What is made of a text when somebody looks into it. */
type Content = Pick<Text, 'text' | 'words' | 'sentences' | 'blocks'>;

/** Words of the texts whose contents are kept: some 30 MB. */
const WORDS_KEPT = 200_000;
const contents = new LRUCache<Text, Content>({
  maxSize: WORDS_KEPT,
  sizeCalculation: ({ words }) => 1 + words.length,
});

/** The texts of a document, in reading order: each is little before it is looked into, and again when it was not for long. */
export function textsOf(document: RecordDocument): Text[] {
  return document.paragraphs.flatMap((paragraph) => {
    const { blocks, footnotes } = paragraph;
    const hasText = ({ wording }: { readonly wording: Wording }) => wording.text !== '';
    const footnoteTexts = footnotes
      .filter(hasText)
      .map((footnote) => textOf(document, paragraph, () => [footnote.wording]));
    return blocks.some(hasText)
      ? [
          textOf(document, paragraph, () => blocks.filter(hasText).map(({ wording }) => wording)),
          ...footnoteTexts,
        ]
      : footnoteTexts;
  });
}

function textOf(document: RecordDocument, paragraph: Paragraph, wordingsOf: () => readonly Wording[]): Text {
  const content = (): Content => {
    const known = contents.get(text);
    if (known) return known;
    const made = contentOf(document, wordingsOf());
    contents.set(text, made);
    return made;
  };
  const text: Text = {
    document,
    paragraph,
    get text() {
      return content().text;
    },
    get words() {
      return content().words;
    },
    get sentences() {
      return content().sentences;
    },
    get blocks() {
      return content().blocks;
    },
  };
  return text;
}

function contentOf({ source, metadata }: RecordDocument, wordings: readonly Wording[]): Content {
  const blocks: PlacedWording[] = [];
  const starts: number[] = [];
  let text = '';
  for (const [index, plain] of wordings.entries()) {
    const at = text.length;
    const wording = index < wordings.length - 1 ? withLineBreak(plain, source) : plain;
    blocks.push({ at, wording });
    starts.push(at, ...splitSentences(plain.text, metadata.language).map(([start]) => at + start));
    text += wording.text;
  }
  const words = wordsOf(text);
  return {
    text,
    words,
    sentences: words.map(({ start }) => starts.findLastIndex((other) => other <= start)),
    blocks,
  };
}

/** A wording with a space that stands for the line break after it. */
function withLineBreak({ text, runs }: Wording, source: string): Wording {
  const last = runs.at(-1);
  const lineBreak = source.indexOf('\n', last ? last.source + last.length : 0);
  return { text: `${text} `, runs: [...runs, { at: text.length, source: lineBreak, length: 1 }] };
}

/** What stands from one word to another, both included. */
export function wordsFrom(text: Text, first: number, last: number): string {
  return text.text.slice(...rangeOf(text, first, last));
}

/** Where it stands in the source, with spans of its own for each block. */
export function spansFrom(text: Text, first: number, last: number): Span[] {
  const [start, end] = rangeOf(text, first, last);
  return text.blocks.flatMap(({ at, wording }) => {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, wording.text.length);
    return from < to ? spansOf(wording, from, to, text.document.source) : [];
  });
}

function rangeOf({ words }: Text, first: number, last: number): [start: number, end: number] {
  return [words[first]?.start ?? 0, words[last]?.end ?? 0];
}
