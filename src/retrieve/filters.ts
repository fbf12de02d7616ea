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
  const inDocument = documents.length > 0 ? new Uint8Array(columns.documents.size) : null;
  for (const id of documents) {
    const position = columns.documents.get(id);
    if (position !== undefined && inDocument) inDocument[position] = 1;
  }
  const isUnder = (titles: readonly string[]) =>
    sections.some((section) => titles.some((title) => title.includes(section)));
  const underSection =
    sections.length > 0 ? Uint8Array.from(columns.sections, (titles) => (isUnder(titles) ? 1 : 0)) : null;
  const ofYear = new Set(years);
  // Of every paragraph at once: a search of many asks about all of them.
  const passes = new Uint8Array(paragraphs.length);
  for (let ordinal = 0; ordinal < passes.length; ordinal += 1) {
    const number = columns.numbers[ordinal] as number;
    const passed =
      (!inDocument || inDocument[columns.documentOf[ordinal] as number] === 1) &&
      (ofYear.size === 0 || ofYear.has(columns.years[ordinal] as number)) &&
      (range === null || (number >= from && number <= to)) &&
      (!underSection || underSection[columns.sectionOf[ordinal] as number] === 1);
    passes[ordinal] = passed ? 1 : 0;
  }
  return (ordinal) => passes[ordinal] === 1;
}

/** Where a paragraph has no year: none that could be asked for. */
const NO_YEAR = -(2 ** 31);

/** What filters look at, in numbers by ordinal: a filter is asked about every paragraph of a record. */
const columnsOf = remembered((paragraphs: readonly IndexedParagraph[]) => {
  /** By id. */
  const documents = new Map<string, number>();
  /** By its titles, one after the other. */
  const sections = new Map<string, { readonly position: number; readonly titles: readonly string[] }>();
  const documentOf = new Uint32Array(paragraphs.length);
  const sectionOf = new Uint32Array(paragraphs.length);
  const years = new Int32Array(paragraphs.length);
  const numbers = new Uint32Array(paragraphs.length);
  for (const [ordinal, { document, paragraph }] of paragraphs.entries()) {
    const { id } = document.metadata;
    const position = documents.get(id) ?? documents.size;
    documents.set(id, position);
    documentOf[ordinal] = position;
    const path = paragraph.section.join('\n');
    const section = sections.get(path) ?? { position: sections.size, titles: paragraph.section.map(fold) };
    sections.set(path, section);
    sectionOf[ordinal] = section.position;
    years[ordinal] = paragraph.year ?? NO_YEAR;
    numbers[ordinal] = paragraph.number;
  }
  return {
    documents,
    /** Headings above paragraphs as they are compared. */
    sections: [...sections.values()].map(({ titles }) => titles),
    documentOf,
    sectionOf,
    years,
    numbers,
  };
});

function fold(text: string): string {
  return text.toLowerCase().replace(/[’']/gu, "'").replace(/\s+/gu, ' ').trim();
}
