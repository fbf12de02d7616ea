import type { TextBlock } from '../../extract/index.js';
import type { Block, Footnote, OutlineEntry, Paragraph, Piece, PieceKind, Span, Wording } from '../types.js';
import { superscriptNumber, WordingBuilder } from '../wording.js';
import { named } from './labels.js';
import type { OpenHeading, OpenParagraph, Unit } from './units.js';

const MARK = /[⁰¹²³⁴-⁹]+/gu;
const NOTE = /^(?:([⁰¹²³⁴-⁹]+)|[[(]?(\d{1,3})[\])]?\.?)\s*/u;
const BULLET = /^[-–—•·◦▪‣*o]\s+(?=\S)/u;
const BARS = { before: /^\|\s*/u, after: /\s*\|$/u };

export interface ExtractedStructure {
  readonly pieces: readonly Piece[];
  readonly paragraphs: readonly Paragraph[];
  readonly outline: readonly OutlineEntry[];
}

export interface Parts {
  readonly units: readonly Unit[];
  readonly front: readonly Unit[];
  readonly headings: readonly OpenHeading[];
  readonly paragraphs: readonly OpenParagraph[];
  readonly year: number | null;
}

/** Makes the paragraphs, the outline and the pieces of what belongs together. */
export function assemble(
  source: string,
  { units, front, headings, paragraphs, year }: Parts,
): ExtractedStructure {
  const notes = notesOf(source, units);
  const names = named(paragraphs);
  const pieces: Piece[] = [...notes.values()].map(({ unit, wording }) =>
    pieceOf('footnote', unit, source, wording),
  );
  const put = (own: readonly Unit[], isFront: boolean, numberLength: number) => {
    const whole = new WordingBuilder();
    const footnotes: Footnote[] = [];
    const blocks = own.map((unit, index): Block => {
      const kind = isFront ? 'body' : blockKind(unit, index === 0 && numberLength > 0);
      const mark = kind === 'bullet' ? (BULLET.exec(unit.text)?.[0].length ?? 0) : 0;
      const { wording, marks } = read(
        source,
        unit.block,
        index === 0 && numberLength > 0 ? numberLength : mark,
        notes,
      );
      footnotes.push(...marks.map((one) => ({ mark: one, wording: notes.get(one)?.wording ?? wording })));
      whole.append(
        mark > 0 ? withMark(source, unit, mark, wording) : wording,
        '\n',
        breakAfter(source, whole.sourceEnd),
      );
      pieces.push(pieceOf(isFront ? 'front-matter' : PIECES[kind], unit, source, wording));
      return { kind, wording };
    });
    return { blocks, footnotes, wording: whole.done() };
  };
  const first = front.length === 0 ? [] : [{ number: 0, ...put(front, true, 0), section: [], year: null }];
  const others = paragraphs.map((paragraph, index): Paragraph => {
    const { number, print } = names[index] ?? { number: index + 1, print: null };
    return {
      number,
      ...put(paragraph.units, false, paragraph.number?.length ?? 0),
      section: paragraph.path.map((heading) => titleOf(source, heading.unit, notes)),
      year: paragraph.path.length > 0 ? (paragraph.path.at(-1)?.year ?? null) : year,
      ...(print && { print }),
    };
  });
  for (const { unit, level } of headings)
    pieces.push(pieceOf(headingKind(level), unit, source, read(source, unit.block, 0, notes).wording));
  return {
    pieces: withResidue(source, pieces),
    paragraphs: [...first, ...others],
    outline: outlineOf(source, headings, others, notes),
  };
}

/** Footnotes by their marks. */
type Notes = ReadonlyMap<number, { readonly unit: Unit; readonly wording: Wording }>;

function notesOf(source: string, units: readonly Unit[]): Notes {
  const notes = new Map<number, { unit: Unit; wording: Wording }>();
  for (const unit of units) {
    const match = unit.block.kind === 'note' ? NOTE.exec(unit.text) : null;
    const mark = match && (superscriptNumber(match[1] ?? '') ?? Number(match[2]));
    if (!match || mark === null || notes.has(mark)) continue;
    notes.set(mark, { unit, wording: read(source, unit.block, match[0].length, new Map()).wording });
  }
  return notes;
}

/**
 * What a block says, without the marks of footnotes that there are and the outer bars of a row; line breaks are spaces.
 *
 * @param skip length of the number or bullet that it begins with
 */
function read(
  source: string,
  { kind, start, end }: TextBlock,
  skip: number,
  notes: Notes,
): { readonly wording: Wording; readonly marks: readonly number[] } {
  const builder = new WordingBuilder();
  const marks: number[] = [];
  const table = kind === 'row' || kind === 'header';
  for (const [index, [from, to]] of linesOf(source, start, end).entries()) {
    const text = source.slice(from, to);
    const first = from + (index === 0 ? skip : 0) + (table ? (BARS.before.exec(text)?.[0].length ?? 0) : 0);
    const last = to - (table ? (BARS.after.exec(text)?.[0].length ?? 0) : 0);
    const line = new WordingBuilder();
    let at = first;
    for (const match of source.slice(first, last).matchAll(MARK)) {
      const number = superscriptNumber(match[0]);
      if (number === null || !notes.has(number)) continue;
      marks.push(number);
      line.add(source.slice(at, first + match.index), at);
      at = first + match.index + match[0].length;
    }
    line.add(source.slice(at, last), at);
    builder.append(line.done(), ' ', breakAfter(source, builder.sourceEnd));
  }
  return { wording: builder.done(), marks };
}

/** Lines that are not blank, without the white space around them. */
function linesOf(source: string, start: number, end: number): Span[] {
  return [...source.slice(start, end).matchAll(/[^\n\f]+/gu)].flatMap(({ 0: raw, index }): Span[] => {
    const text = raw.trim();
    const from = start + index + raw.indexOf(text);
    return text === '' ? [] : [[from, from + text.length]];
  });
}

function breakAfter(source: string, end: number): number {
  const lineBreak = /[\n\f]/gu;
  lineBreak.lastIndex = end;
  return lineBreak.exec(source)?.index ?? end;
}

function withMark(source: string, { block }: Unit, length: number, wording: Wording): Wording {
  const builder = new WordingBuilder().add(source.slice(block.start, block.start + length), block.start);
  for (const run of wording.runs) builder.add(wording.text.slice(run.at, run.at + run.length), run.source);
  return builder.done();
}

function blockKind({ block: { kind } }: Unit, numbered: boolean): Block['kind'] {
  if (kind === 'row' || kind === 'header') return kind;
  return kind === 'item' && !numbered ? 'bullet' : 'body';
}

const PIECES: Readonly<Record<Block['kind'], PieceKind>> = {
  body: 'paragraph',
  bullet: 'bullet',
  row: 'row',
  header: 'header',
};

function headingKind(level: number): OutlineEntry['kind'] {
  return (['part', 'section'] as const)[level - 1] ?? 'sub-heading';
}

function pieceOf(kind: PieceKind, { block }: Unit, source: string, wording: Wording): Piece {
  return { kind, spans: linesOf(source, block.start, block.end), wording };
}

/** In order, with a piece for what no block has. */
function withResidue(source: string, pieces: readonly Piece[]): Piece[] {
  const sorted = [...pieces].sort((a, b) => (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0));
  const whole: Piece[] = [];
  let end = 0;
  for (const piece of [...sorted, null]) {
    const spans = linesOf(source, end, piece?.spans[0]?.[0] ?? source.length);
    if (spans.length > 0) whole.push({ kind: 'residue', spans, wording: { text: '', runs: [] } });
    if (!piece) break;
    whole.push(piece);
    end = Math.max(end, piece.spans.at(-1)?.[1] ?? 0);
  }
  return whole;
}

function titleOf(source: string, { block }: Unit, notes: Notes): string {
  return read(source, block, 0, notes).wording.text;
}

function outlineOf(
  source: string,
  headings: readonly OpenHeading[],
  paragraphs: readonly Paragraph[],
  notes: Notes,
): OutlineEntry[] {
  const numberAt = (position: number) => paragraphs[position]?.number ?? 0;
  return headings.map(({ unit, level, year, after }, index) => {
    const end = headings.slice(index + 1).find((other) => other.level <= level);
    return {
      kind: headingKind(level),
      title: titleOf(source, unit, notes),
      level,
      year,
      from: after < paragraphs.length ? numberAt(after) : numberAt(paragraphs.length - 1) + 1,
      to: numberAt((end?.after ?? paragraphs.length) - 1),
      span: linesOf(source, unit.block.start, unit.block.end)[0] ?? [0, 0],
    };
  });
}
