import { alsoInOf, chaptersOf, spansText, summaryOf } from './phrases.js';
import type { PlainDigest, PlainStatement } from './types.js';

const COLUMNS = [
  'topic',
  'year',
  'document',
  'section',
  'paragraph',
  'footnote',
  'introduction',
  'quotation',
  'also in',
  'characters',
  'url',
  'note',
] as const;

type Row = Partial<Readonly<Record<(typeof COLUMNS)[number], string | number | null>>>;

/** Without it Excel reads UTF-8 in the code page of the machine, and the quotation is no longer the source's words. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet takes for the start of a formula, also behind white space and in full width. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A digest as a table (RFC 4180, UTF-8): a row a quotation, and one with a note where there is none. A cell
 * that a spreadsheet would take for a formula starts with an apostrophe, which is no part of the quotation.
 */
export function toCsv(digest: PlainDigest): string {
  const { topic, status } = digest;
  const chapters = chaptersOf(digest).flatMap(({ year, silence, sections }): Row[] => [
    ...(silence === null ? [] : [{ topic, year, note: silence }]),
    ...sections.flatMap(({ quotations }) => quotations.map((said) => rowOf(topic, said))),
  ]);
  const rows = [...(status === 'found' ? [] : [{ topic, note: summaryOf(digest).join(' ') }]), ...chapters];
  const lines = [[...COLUMNS], ...rows.map((row) => COLUMNS.map((column) => row[column] ?? ''))];
  return BYTE_ORDER_MARK + lines.map((line) => `${line.map(cell).join()}\r\n`).join('');
}

function rowOf(topic: string, said: PlainStatement): Row {
  const { year, document, section, paragraph, footnote, leadIn, quote, url } = said;
  return {
    topic,
    year,
    document,
    section: section.join(' › '),
    paragraph,
    footnote,
    introduction: leadIn?.quote ?? '',
    quotation: quote,
    'also in': alsoInOf(said),
    characters: spansText(said),
    url,
  };
}

function cell(value: string | number): string {
  const text = String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
