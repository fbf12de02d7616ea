import { ParaciteError } from '../errors.js';
import type { Block, Footnote, OutlineEntry, Paragraph, Piece, PieceKind, Span } from './types.js';
import { superscriptNumber, WordingBuilder, wordingOfLine } from './wording.js';

const FOOTNOTE = /^([⁰¹²³⁴-⁹]+)\s*/u;
const NUMBERED = /^(\d+)\.\s+/u;
const PART = /^[IVXLC]+\.\s+\S/u;
const SECTION = /^\([a-z]\)\s+\S/u;
const BULLET = /^[-–•]\s+(?=\S)/u;
const RESIDUE = /^[-–•*]+$/u;
const ROW = /^\|\s*(.+?)\s*\|$/u;
/** What stands between the header of a table and its rows. */
const RULE = /^\|[\s|:-]*-[\s|:-]*\|$/u;
const NOTE = /^\*\s+(?=\S)/u;
const YEAR = /\b(?:19|20)\d\d\b/u;
/** A sentence that has come to its end: stop, question mark, colon and the like, with what may close after it. */
const ENDS_SENTENCE = /[.!?:;]["'”’)\]*]*[⁰¹²³⁴-⁹]*\**$/u;
/** Longest line, in UTF-16 code units, that can be a sub-heading. */
const MAX_SUB_HEADING = 160;

const LEVELS = { part: 1, year: 2, section: 3, 'sub-heading': 4 } as const;
type HeadingKind = keyof typeof LEVELS;

interface Line {
  readonly start: number;
  readonly text: string;
  /** Whether the line before it is blank, or it is the first. */
  readonly afterBlank: boolean;
}

/** A piece that is still growing. */
interface OpenPiece {
  readonly kind: PieceKind;
  readonly spans: Span[];
  readonly wording: WordingBuilder;
  /** Footnotes whose mark stands in it. */
  readonly marks: number[];
}

interface OpenParagraph {
  readonly number: number;
  readonly section: readonly string[];
  readonly year: number | null;
  readonly blocks: OpenPiece[];
}

export interface Structure {
  readonly pieces: readonly Piece[];
  readonly paragraphs: readonly Paragraph[];
  readonly outline: readonly OutlineEntry[];
}

/**
 * Reads the structure of a record: front matter, headings on four levels, numbered paragraphs with bullets, and
 * footnotes. A paragraph is only the next number in sequence, so numbered headings and numbers inside footnotes are
 * not taken for one; text without a mark goes on with the block before it, also across page breaks and footnotes.
 *
 * @throws ParaciteError `corpus` where there is no numbered paragraph
 */
export function parseRecord(source: string): Structure {
  const lines = linesOf(source);
  const footnoteNumbers = new Set(lines.map((line) => footnoteNumber(line.text)).filter((n) => n !== null));
  const pieces: OpenPiece[] = [];
  const footnotes = new Map<number, OpenPiece>();
  const paragraphs: OpenParagraph[] = [];
  const headings: { kind: HeadingKind; piece: OpenPiece; after: number; year: number | null }[] = [];
  let inFrontMatter = true;
  let path: { kind: HeadingKind; title: () => string; year: number | null }[] = [];
  let above: { readonly path: typeof path; readonly section: readonly string[] } = { path, section: [] };
  let current: OpenPiece | null = null;
  let next = 1;

  const open = (kind: PieceKind, line: Line, marker: number, end?: number): OpenPiece => {
    const piece: OpenPiece = { kind, spans: [], wording: new WordingBuilder(), marks: [] };
    pieces.push(piece);
    extend(piece, line, marker, end);
    return piece;
  };
  const extend = (piece: OpenPiece, line: Line, marker: number, end = line.text.length): void => {
    piece.spans.push([line.start, line.start + line.text.length]);
    const read = wordingOfLine(line.text.slice(marker, end), line.start + marker, footnoteNumbers);
    piece.wording.append(read.wording, ' ', lineBreakBefore(source, piece.wording.sourceEnd));
    piece.marks.push(...read.marks);
  };
  const heading = (kind: HeadingKind, line: Line): OpenPiece => {
    const piece = open(kind, line, 0);
    const inherited = path.filter((entry) => LEVELS[entry.kind] < LEVELS[kind]);
    const named = kind === 'year' ? Number(YEAR.exec(line.text)?.[0] ?? Number.NaN) : Number.NaN;
    const year = Number.isNaN(named) ? (inherited.at(-1)?.year ?? null) : named;
    path = [...inherited, { kind, title: () => piece.wording.done().text, year }];
    headings.push({ kind, piece, after: next - 1, year });
    inFrontMatter = false;
    return piece;
  };

  for (const [index, line] of lines.entries()) {
    const { text } = line;
    const number = numberOf(text);
    const mark = footnoteNumber(text);
    if (mark !== null) {
      current = open('footnote', line, FOOTNOTE.exec(text)?.[0].length ?? 0);
      footnotes.set(mark, current);
    } else if (RULE.test(text) && paragraphs.length > 0) {
      open('residue', line, text.length);
    } else if (ROW.test(text) && paragraphs.length > 0) {
      const cells = ROW.exec(text)?.[1] ?? '';
      const start = text.indexOf(cells);
      const kind = RULE.test(lines[index + 1]?.text ?? '') ? 'header' : 'row';
      paragraphs.at(-1)?.blocks.push(open(kind, line, start, start + cells.length));
      current = null;
    } else if (RESIDUE.test(text)) {
      open('residue', line, text.length);
    } else if (number === next && !isNumberedHeading(lines, index, number)) {
      current = open('paragraph', line, NUMBERED.exec(text)?.[0].length ?? 0);
      const year = path.at(-1)?.year ?? null;
      // A heading is whole when a paragraph follows it: those under it share its titles.
      if (above.path !== path) above = { path, section: path.map((entry) => entry.title()) };
      const { section } = above;
      paragraphs.push({ number, section, year, blocks: [current] });
      inFrontMatter = false;
      next += 1;
    } else if (!Number.isNaN(number) && isHeading(text)) {
      current = heading('year', line);
    } else if (PART.test(text) && isHeading(text)) {
      current = heading('part', line);
    } else if (SECTION.test(text) && isHeading(text)) {
      current = heading('section', line);
    } else if (!inFrontMatter && isSubHeading(lines, index, paragraphs.at(-1), next)) {
      current = heading('sub-heading', line);
    } else if (current && !line.afterBlank && !BULLET.test(text)) {
      extend(current, line, 0);
    } else if (inFrontMatter) {
      current = open('front-matter', line, NOTE.exec(text)?.[0].length ?? 0);
    } else {
      const paragraph = paragraphs.at(-1);
      const block = paragraph?.blocks.at(-1);
      if (paragraph && BULLET.test(text)) {
        current = open('bullet', line, BULLET.exec(text)?.[0].length ?? 0);
        paragraph.blocks.push(current);
      } else if (paragraph && block?.kind !== 'paragraph' && block && startsAnew(block, text)) {
        current = open('paragraph', line, 0);
        paragraph.blocks.push(current);
      } else if (block) {
        current = block;
        extend(block, line, 0);
      } else {
        current = open('residue', line, text.length);
      }
    }
  }

  if (paragraphs.length === 0) {
    throw new ParaciteError(
      'corpus',
      'no numbered paragraph found; number the paragraphs "1.", "2.", ... at the start of a line',
    );
  }
  return {
    pieces: pieces.map((piece) => ({ kind: piece.kind, spans: piece.spans, wording: piece.wording.done() })),
    paragraphs: [...frontMatter(pieces), ...paragraphs].map((paragraph) =>
      closeParagraph(paragraph, footnotes, source),
    ),
    outline: outlineOf(headings, next - 1),
  };
}

/** Non-blank lines without their trailing white space. */
function linesOf(source: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let afterBlank = true;
  for (const raw of source.split('\n')) {
    const indent = raw.length - raw.trimStart().length;
    const text = raw.trim();
    if (text !== '') lines.push({ start: start + indent, text, afterBlank });
    afterBlank = text === '';
    start += raw.length + 1;
  }
  return lines;
}

function footnoteNumber(text: string): number | null {
  return superscriptNumber(FOOTNOTE.exec(text)?.[1] ?? '');
}

function lineBreakBefore(source: string, end: number): number {
  const lineBreak = source.indexOf('\n', end);
  return lineBreak === -1 ? end : lineBreak;
}

/** A line that is numbered like the next paragraph but ends no sentence, where a later line begins that paragraph. */
function isNumberedHeading(lines: readonly Line[], index: number, number: number): boolean {
  if (!isHeading(lines[index]?.text ?? '')) return false;
  return lines.some(({ text }, i) => i > index && numberOf(text) === number && !isHeading(text));
}

function numberOf(text: string): number {
  return Number(NUMBERED.exec(text)?.[1] ?? Number.NaN);
}

/**
 * The first line, from 1, that goes on with the numbering after a number that is missing: what follows would be taken
 * for text of the paragraph before. Null where there is none.
 */
export function lineAfterGap(source: string, { paragraphs }: Structure): number | null {
  const missing = (paragraphs.at(-1)?.number ?? 0) + 1;
  const lines = source.split('\n').map((text) => text.trim());
  const starts = (number: number, from: number) =>
    lines.findIndex((text, i) => i >= from && numberOf(text) === number && !isHeading(text));
  const first = starts(missing + 1, 0);
  return first !== -1 && starts(missing + 2, first) !== -1 ? first + 1 : null;
}

function isHeading(text: string): boolean {
  return !ENDS_SENTENCE.test(text);
}

/** An unnumbered line that ends no sentence, after a finished paragraph and right before the next numbered one. */
function isSubHeading(
  lines: readonly Line[],
  index: number,
  before: OpenParagraph | undefined,
  next: number,
): boolean {
  const line = lines[index];
  const following = () => lines[nextText(lines, index + 1)]?.text ?? '';
  const finished = before?.blocks.at(-1)?.wording.done().text ?? '';
  return (
    line?.afterBlank === true &&
    line.text.length <= MAX_SUB_HEADING &&
    /^\p{Lu}/u.test(line.text) &&
    isHeading(line.text) &&
    (before === undefined || ENDS_SENTENCE.test(finished)) &&
    NUMBERED.exec(following())?.[1] === String(next)
  );
}

/** The first line from one on that is no footnote. */
function nextText(lines: readonly Line[], from: number): number {
  let index = from;
  while (index < lines.length && footnoteNumber(lines[index]?.text ?? '') !== null) index += 1;
  return index;
}

/** Whether text after a bullet or a table is not the rest of it but the paragraph going on. */
function startsAnew({ kind, wording }: OpenPiece, text: string): boolean {
  return kind !== 'bullet' || (ENDS_SENTENCE.test(wording.done().text) && /^\p{Lu}/u.test(text));
}

function frontMatter(pieces: readonly OpenPiece[]): OpenParagraph[] {
  const blocks = pieces.filter((piece) => piece.kind === 'front-matter');
  return blocks.length === 0 ? [] : [{ number: 0, section: [], year: null, blocks }];
}

function closeParagraph(
  paragraph: OpenParagraph,
  footnotes: ReadonlyMap<number, OpenPiece>,
  source: string,
): Paragraph {
  const [only] = paragraph.blocks;
  const alone = paragraph.blocks.length === 1 && only && only.kind !== 'bullet' ? only.wording.done() : null;
  const whole = new WordingBuilder();
  const blocks = paragraph.blocks.map((piece): Block => {
    const wording = piece.wording.done();
    if (alone) return { kind: blockKind(piece.kind), wording };
    const lineBreak = lineBreakBefore(source, whole.sourceEnd);
    const first = wording.runs[0]?.source ?? 0;
    if (piece.kind === 'bullet') {
      const marker = piece.spans[0]?.[0] ?? first;
      const mark = new WordingBuilder().add(source.slice(marker, markerEnd(source, marker)), marker).done();
      whole.append(mark, '\n', lineBreak);
      for (const run of wording.runs) whole.add(wording.text.slice(run.at, run.at + run.length), run.source);
    } else {
      whole.append(wording, '\n', lineBreak);
    }
    return { kind: blockKind(piece.kind), wording };
  });
  return {
    number: paragraph.number,
    blocks,
    footnotes: paragraph.blocks
      .flatMap((piece) => piece.marks)
      .flatMap((mark): Footnote[] => {
        const piece = footnotes.get(mark);
        return piece ? [{ mark, wording: piece.wording.done() }] : [];
      }),
    wording: alone ?? whole.done(),
    section: paragraph.section,
    year: paragraph.year,
  };
}

function blockKind(kind: PieceKind): Block['kind'] {
  return kind === 'bullet' || kind === 'row' || kind === 'header' ? kind : 'body';
}

function markerEnd(source: string, start: number): number {
  return start + (BULLET.exec(source.slice(start, start + 8))?.[0].length ?? 0);
}

function outlineOf(
  headings: readonly {
    readonly kind: HeadingKind;
    readonly piece: OpenPiece;
    readonly after: number;
    readonly year: number | null;
  }[],
  last: number,
): OutlineEntry[] {
  return headings.map(({ kind, piece, after, year }, index) => {
    const end = headings.slice(index + 1).find((other) => LEVELS[other.kind] <= LEVELS[kind]);
    return {
      kind,
      title: piece.wording.done().text,
      level: LEVELS[kind],
      year,
      from: after + 1,
      to: end?.after ?? last,
      span: piece.spans[0] ?? [0, 0],
    };
  });
}
