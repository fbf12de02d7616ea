import type { Paragraph, Run, Span, Wording } from './types.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The number that superscript digits write, or null where `text` is not made of them. */
export function superscriptNumber(text: string): number | null {
  const digits = [...text].map((character) => SUPERSCRIPTS.indexOf(character));
  return digits.length === 0 || digits.includes(-1) ? null : Number(digits.join(''));
}

/** Footnote mark, link text and target, or bold and note marks: what a line holds beside its wording. */
const NOISE = /([⁰¹²³⁴-⁹]+)|\[([^\][]*)\]\([^()\s]*\)|\s*\*(?=\*\*$|$)|\*+/gu;

const LINK = /\[([^\][]*)\]\([^()\s]*\)/gu;

export interface LineWording {
  readonly wording: Wording;
  /** Footnotes whose mark stands in the line. */
  readonly marks: readonly number[];
}

/**
 * The wording of one line of the source.
 *
 * @param line text of the line from `offset` on
 * @param offset where it starts in the source
 * @param footnotes numbers of the footnotes that the document has; other superscripts are wording
 */
export function wordingOfLine(line: string, offset: number, footnotes: ReadonlySet<number>): LineWording {
  const builder = new WordingBuilder();
  const marks: number[] = [];
  const read = (start: number, end: number): void => {
    let from = start;
    for (const match of line.slice(start, end).matchAll(NOISE)) {
      const at = start + match.index;
      const [whole, superscript, linkText] = match;
      if (superscript !== undefined) {
        const number = superscriptNumber(superscript);
        if (number === null || !footnotes.has(number)) continue;
        marks.push(number);
      }
      builder.add(line.slice(from, at), offset + from);
      if (linkText !== undefined) read(at + 1, at + 1 + linkText.length);
      from = at + whole.length;
    }
    builder.add(line.slice(from, end), offset + from);
  };
  read(0, line.trimEnd().length);
  return { wording: builder.done(), marks };
}

/** Puts wordings together from left to right. */
export class WordingBuilder {
  #text = '';
  readonly #runs: Run[] = [];
  #done: Wording | null = null;

  /** Adds text that stands in the source at `source`. */
  add(text: string, source: number): this {
    if (text === '') return this;
    this.#done = null;
    const last = this.#runs.at(-1);
    if (last && last.source + last.length === source) {
      this.#runs[this.#runs.length - 1] = { ...last, length: last.length + text.length };
    } else {
      this.#runs.push({ at: this.#text.length, source, length: text.length });
    }
    this.#text += text;
    return this;
  }

  /** Adds another wording, after a separator that stands for the line break of the source at `lineBreak`. */
  append(other: Wording, separator: ' ' | '\n', lineBreak: number): this {
    if (this.#text !== '') this.add(separator, lineBreak);
    for (const run of other.runs) this.add(other.text.slice(run.at, run.at + run.length), run.source);
    return this;
  }

  /** Where the last character stands in the source. */
  get sourceEnd(): number {
    const last = this.#runs.at(-1);
    return last ? last.source + last.length : 0;
  }

  done(): Wording {
    // A list that grew has room for more: of a large record that is half of what its paragraphs take.
    this.#done ??= { text: this.#text, runs: this.#runs.slice() };
    return this.#done;
  }
}

/**
 * Where a part of a wording stands in the source. Marks inside the part are covered by its spans; a page break or a
 * footnote block ends a span, and so does a link that the part takes only a piece of. Joining the source at the
 * spans and removing what is not wording gives the part again, with a space for a line break.
 */
export function spansOf(wording: Wording, start: number, end: number, source: string): Span[] {
  const pieces = wording.runs.flatMap(({ at, source: from, length }): Span[] => {
    const first = Math.max(start, at);
    const last = Math.min(end, at + length);
    return first < last ? [[from + first - at, from + last - at]] : [];
  });
  const links = linksAround(source, pieces).map((link) => ({
    ...link,
    whole: lengthWithin(pieces, link.text) === lengthWithin(wording.runs.map(toSpan), link.text),
  }));
  const spans: [number, number][] = [];
  for (const [from, to] of pieces) {
    const last = spans.at(-1);
    const gap = last ? source.slice(last[1], from) : '\n';
    const marksOfPart = !links.some(
      ({ whole, marks }) => !whole && marks.some((mark) => last && mark >= last[1] && mark < from),
    );
    if (last && !gap.includes('\n') && marksOfPart) last[1] = to;
    else spans.push([from, to]);
  }
  // A link that is taken whole is taken with its brackets and target.
  for (const { span, text } of links.filter(({ whole }) => whole)) {
    for (const own of spans) {
      if (own[0] >= text[0] && own[0] < text[1]) own[0] = span[0];
      if (own[1] > text[0] && own[1] <= text[1]) own[1] = span[1];
    }
  }
  return spans;
}

interface Link {
  readonly span: Span;
  readonly text: Span;
  /** Where its brackets stand. */
  readonly marks: readonly [open: number, close: number];
}

/** Links in the lines that the pieces stand in. */
function linksAround(source: string, pieces: readonly Span[]): Link[] {
  const lines = new Set(pieces.map(([from]) => source.lastIndexOf('\n', from - 1) + 1));
  return [...lines].flatMap((lineStart) => {
    const lineBreak = source.indexOf('\n', lineStart);
    const line = source.slice(lineStart, lineBreak === -1 ? source.length : lineBreak);
    return [...line.matchAll(LINK)].map(({ 0: whole, 1: text = '', index }): Link => {
      const open = lineStart + index;
      const close = open + 1 + text.length;
      return { span: [open, open + whole.length], text: [open + 1, close], marks: [open, close] };
    });
  });
}

function toSpan({ source, length }: Run): Span {
  return [source, source + length];
}

/** Characters that spans have in common with another. */
function lengthWithin(spans: readonly Span[], [start, end]: Span): number {
  return spans.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0);
}

/** A paragraph's text with its footnotes. */
export function textOf({ wording, footnotes }: Paragraph): string {
  return [wording, ...footnotes.map((footnote) => footnote.wording)].map(({ text }) => text).join('\n');
}
