import type { RecordDocument } from '../corpus/index.js';
import type { Allowed, IndexedParagraph } from '../index/index.js';
import { remembered } from '../remembered.js';
import type { Filters } from './types.js';

/** What a request's filters let pass, by ordinal; null where they limit nothing. */
export function filterOf(paragraphs: readonly IndexedParagraph[], filters: Filters): Allowed | null {
  const { documents, years, range } = { ...filters, range: filters.paragraphs };
  const sections = filters.sections.map(fold);
  if (documents.length + years.length + sections.length === 0 && range === null) return null;
  const columns = columnsOf(paragraphs);
  const { from = 0, to = Number.POSITIVE_INFINITY } = range ?? {};
  const inDocument = masked(columns.documents, ({ metadata }) => documents.includes(metadata.id));
  const underSection = masked(columns.sections, (titles) =>
    sections.some((section) => titles.some((title) => title.includes(section))),
  );
  const ofYear = new Set(years);
  return (ordinal) => {
    const number = columns.numbers[ordinal];
    return (
      number !== undefined &&
      (documents.length === 0 || inDocument[columns.documentOf[ordinal] as number] === 1) &&
      (ofYear.size === 0 || ofYear.has(columns.years[ordinal] as number)) &&
      (range === null || (number >= from && number <= to)) &&
      (sections.length === 0 || underSection[columns.sectionOf[ordinal] as number] === 1)
    );
  };
}

/** Where a paragraph has no year: none that could be asked for. */
const NO_YEAR = -(2 ** 31);

/** What filters look at, in numbers by ordinal: a filter is asked about every paragraph of a record. */
const columnsOf = remembered((paragraphs: readonly IndexedParagraph[]) => {
  const documents = new Map<RecordDocument, number>();
  /** By its titles, one after the other. */
  const sections = new Map<string, { readonly position: number; readonly titles: readonly string[] }>();
  const documentOf = new Uint32Array(paragraphs.length);
  const sectionOf = new Uint32Array(paragraphs.length);
  const years = new Int32Array(paragraphs.length);
  const numbers = new Uint32Array(paragraphs.length);
  for (const [ordinal, { document, paragraph }] of paragraphs.entries()) {
    const position = documents.get(document) ?? documents.size;
    documents.set(document, position);
    documentOf[ordinal] = position;
    const path = paragraph.section.join('\n');
    const section = sections.get(path) ?? { position: sections.size, titles: paragraph.section.map(fold) };
    sections.set(path, section);
    sectionOf[ordinal] = section.position;
    years[ordinal] = paragraph.year ?? NO_YEAR;
    numbers[ordinal] = paragraph.number;
  }
  return {
    documents: [...documents.keys()],
    /** Headings above paragraphs as they are compared. */
    sections: [...sections.values()].map(({ titles }) => titles),
    documentOf,
    sectionOf,
    years,
    numbers,
  };
});

/** 1 for the items that something holds of. */
function masked<T>(items: readonly T[], holds: (item: T) => boolean): Uint8Array {
  return Uint8Array.from(items, (item) => (holds(item) ? 1 : 0));
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[’']/gu, "'").replace(/\s+/gu, ' ').trim();
}
