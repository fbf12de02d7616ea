import type { Run, Span, Wording } from './types.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The number that superscript digits write, or null where `text` is not made of them. */
export function superscriptNumber(text: string): number | null {
  const digits = [...text].map((character) => SUPERSCRIPTS.indexOf(character));
  return digits.length === 0 || digits.includes(-1) ? null : Number(digits.join(''));
}

/** Footnote mark, link text and target, or bold and note marks: what a line holds beside its wording. */
const NOISE = /([⁰¹²³⁴-⁹]+)|\[([^\][]*)\]\([^()\s]*\)|\s*\*(?=\*\*$|$)|\*+/gu;

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
  let from = 0;
  const keep = (start: number, end: number) => builder.add(line.slice(start, end), offset + start);
  for (const match of line.matchAll(NOISE)) {
    const [whole, superscript, linkText] = match;
    if (superscript !== undefined) {
      const number = superscriptNumber(superscript);
      if (number === null || !footnotes.has(number)) continue;
      marks.push(number);
    }
    keep(from, match.index);
    if (linkText !== undefined) keep(match.index + 1, match.index + 1 + linkText.length);
    from = match.index + whole.length;
  }
  keep(from, line.trimEnd().length);
  return { wording: builder.done(), marks };
}

/** Puts wordings together from left to right. */
export class WordingBuilder {
  #text = '';
  readonly #runs: Run[] = [];

  /** Adds text that stands in the source at `source`. */
  add(text: string, source: number): this {
    if (text === '') return this;
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

  get empty(): boolean {
    return this.#text === '';
  }

  /** Where the last character stands in the source. */
  get sourceEnd(): number {
    const last = this.#runs.at(-1);
    return last ? last.source + last.length : 0;
  }

  done(): Wording {
    return { text: this.#text, runs: this.#runs };
  }
}

/**
 * Where a part of a wording stands in the source. Marks inside the part are covered by its spans; a page break or a
 * footnote block ends a span, and so does a link that the part takes only a piece of. Joining the source at the
 * spans and removing what is not wording gives the part again, with a space for a line break.
 */
export function spansOf(wording: Wording, start: number, end: number, source: string): Span[] {
  const spans: [number, number][] = [];
  for (const run of wording.runs) {
    const from = Math.max(start, run.at);
    const to = Math.min(end, run.at + run.length);
    if (from >= to) continue;
    const sourceFrom = run.source + from - run.at;
    const sourceTo = run.source + to - run.at;
    const last = spans.at(-1);
    const wholeLink = source[sourceFrom - 1] === '[' && source.startsWith('](', sourceTo);
    if (last && joins(source, last, sourceFrom, wholeLink)) last[1] = sourceTo;
    else spans.push([wholeLink ? sourceFrom - 1 : sourceFrom, sourceTo]);
  }
  return spans.map(([from, to]) => [from, opensLink(source, from, to) ? source.indexOf(')', to) + 1 : to]);
}

/** Whether what stands between a span and the next piece of wording is only marks that belong to both. */
function joins(source: string, span: readonly [number, number], next: number, wholeLink: boolean): boolean {
  const gap = source.slice(span[1], next);
  if (gap.includes('\n')) return false;
  if (gap.startsWith('](') && !opensLink(source, span[0], span[1])) return false;
  return !gap.endsWith('[') || wholeLink;
}

/** Whether a span has the opening bracket of a link, and what follows it is the link's target. */
function opensLink(source: string, from: number, to: number): boolean {
  return source.startsWith('](', to) && source.lastIndexOf('[', to) >= from;
}

/** `part` of a wording as a wording of its own. */
export function sliceWording(wording: Wording, start: number, end: number): Wording {
  const builder = new WordingBuilder();
  for (const run of wording.runs) {
    const from = Math.max(start, run.at);
    const to = Math.min(end, run.at + run.length);
    if (from < to) builder.add(wording.text.slice(from, to), run.source + from - run.at);
  }
  return builder.done();
}
