import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from '../vendor/docx.js';
import {
  alsoInOf,
  chaptersOf,
  citationOf,
  partTitle,
  sectionTitle,
  spansText,
  summaryOf,
  titleOf,
  yearTitle,
} from './phrases.js';
import type { PlainDigest, PlainStatement } from './types.js';

/** Styles of one's own; the others are the word processor's. */
const QUOTATION = 'Quotation';
const INTRODUCTION = 'QuotationIntroduction';
const CITATION = 'Citation';

/** Lengths are in twentieths of a point, sizes of type in half points. */
const INDENT = 567;
const STYLES = [
  { id: QUOTATION, name: 'Quotation', basedOn: 'Normal', paragraph: { indent: { left: INDENT } } },
  {
    id: INTRODUCTION,
    name: 'Quotation Introduction',
    basedOn: QUOTATION,
    next: QUOTATION,
    run: { color: '555555' },
    paragraph: { keepNext: true },
  },
  {
    id: CITATION,
    name: 'Citation',
    basedOn: 'Normal',
    run: { size: 18, color: '555555' },
    paragraph: { indent: { left: INDENT }, spacing: { before: 60, after: 240 } },
  },
];

/** A digest as a word processor's document (Office Open XML): title, counts, a heading a year and a section, quotations. */
export async function toDocx(digest: PlainDigest): Promise<Uint8Array> {
  const { counts, documents } = digest;
  const children = [
    new Paragraph({ text: clean(titleOf(digest)), heading: HeadingLevel.TITLE }),
    ...documents.map(({ title, date }) => new Paragraph({ text: clean(`${title}, ${date}`) })),
    new Paragraph({ text: clean(summaryOf(digest).join(' ')) }),
    new Paragraph({ text: 'Paragraphs by year', heading: HeadingLevel.HEADING_1 }),
    table(
      'Year',
      counts.years.map(({ year, paragraphs }) => [yearTitle(year), paragraphs]),
    ),
    new Paragraph({ text: 'Paragraphs by part', heading: HeadingLevel.HEADING_1 }),
    table(
      'Part',
      counts.parts.map((count) => [partTitle(digest, count), count.paragraphs]),
    ),
    ...chaptersOf(digest).flatMap(({ title, silence, sections }) => [
      new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }),
      ...(silence === null ? [] : [new Paragraph({ text: silence })]),
      ...sections.flatMap((section) => [
        new Paragraph({ text: clean(sectionTitle(section)), heading: HeadingLevel.HEADING_2 }),
        ...section.quotations.flatMap((said) => statement(digest, said)),
      ]),
    ]),
  ];
  const document = new Document({
    title: clean(titleOf(digest)),
    creator: 'Paracite',
    styles: { paragraphStyles: STYLES },
    sections: [{ children }],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function statement(digest: PlainDigest, said: PlainStatement): Paragraph[] {
  const also = alsoInOf(digest, said);
  const citation = `${citationOf(digest, said)}, characters ${spansText(said)}${also === '' ? '' : `. ${also}`}`;
  return [
    ...(said.leadIn ? [new Paragraph({ text: clean(said.leadIn.quote), style: INTRODUCTION })] : []),
    new Paragraph({ text: clean(said.quote), style: QUOTATION, keepNext: true }),
    new Paragraph({ text: clean(citation), style: CITATION }),
  ];
}

function table(name: string, rows: readonly (readonly [string, number])[]): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      row([name, 'Paragraphs'], true),
      ...rows.map(([label, count]) => row([label, String(count)], false)),
    ],
  });
}

function row(cells: readonly string[], heading: boolean): TableRow {
  return new TableRow({
    tableHeader: heading,
    children: cells.map(
      (text) =>
        new TableCell({
          children: [new Paragraph({ children: [new TextRun({ text: clean(text), bold: heading })] })],
        }),
    ),
  });
}

/** Without the characters that XML 1.0 cannot hold. The record has none; a topic may. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u0008\v\f\u000e-\u001f\ufffe\uffff]/gu, '');
}
