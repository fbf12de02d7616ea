import { csvOf } from '../csv.js';
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

/** A digest as a table: a row a quotation, and one with a note where there is none. */
export function toCsv(digest: PlainDigest): string {
  const { topic, status } = digest;
  const chapters = chaptersOf(digest).flatMap(({ year, silence, sections }): Row[] => [
    ...(silence === null ? [] : [{ topic, year, note: silence }]),
    ...sections.flatMap(({ quotations }) => quotations.map((said) => rowOf(digest, said))),
  ]);
  const rows = [...(status === 'found' ? [] : [{ topic, note: summaryOf(digest).join(' ') }]), ...chapters];
  return csvOf(
    COLUMNS,
    rows.map((row) => COLUMNS.map((column) => row[column] ?? null)),
  );
}

function rowOf(digest: PlainDigest, said: PlainStatement): Row {
  const { year, document, section, paragraph, footnote, leadIn, quote, url } = said;
  return {
    topic: digest.topic,
    year,
    document,
    section: section.join(' › '),
    paragraph,
    footnote,
    introduction: leadIn?.quote ?? '',
    quotation: quote,
    'also in': alsoInOf(digest, said),
    characters: spansText(said),
    url,
  };
}
