import type { PartCount, PlainDigest, PlainQuotation, PlainSection, PlainStatement } from './types.js';

/** What every format and the page say in the same words. */

const NO_HEADING = 'Without a heading';

export interface Chapter {
  readonly year: number | null;
  readonly title: string;
  /** What is said where the year has no statement. */
  readonly silence: string | null;
  readonly sections: readonly PlainSection[];
}

/** A chapter for every year that was looked through, those without a statement too, and one for what has no year. */
export function chaptersOf({ counts, years }: PlainDigest): Chapter[] {
  return counts.years.flatMap(({ year, paragraphs }): Chapter[] => {
    const sections = years.find((found) => found.year === year)?.sections ?? [];
    if (year === null && sections.length === 0) return [];
    const silence = paragraphs === 0 ? `No statement in ${year}.` : null;
    return [{ year, title: yearTitle(year), silence, sections }];
  });
}

export function titleOf({ topic }: PlainDigest): string {
  return `Digest: ${topic}`;
}

export function yearTitle(year: number | null): string {
  return year === null ? 'Parts without a year' : String(year);
}

/** Of an outermost heading, with the document where there are several. */
export function partTitle(digest: PlainDigest, { document, part }: PartCount): string {
  return ofDocument(digest, document, part ?? NO_HEADING);
}

export function sectionTitle({ section }: PlainSection): string {
  return section.at(-1) ?? NO_HEADING;
}

/** What was found and within which limits, a sentence each. */
export function summaryOf({ counts, filters, scope, status }: PlainDigest): string[] {
  const { paragraphs, quotations, elsewhere, omitted } = counts;
  const read = scope.filter(({ mode }) => mode === 'filter').map(({ value }) => value);
  const limits = [...new Set([...read, ...filters.years.map(String), ...filters.sections])];
  return [
    ...(limits.length > 0 ? [`Limited to: ${limits.join('; ')}.`] : []),
    status === 'found'
      ? `${counted(quotations, 'quotation')} from ${counted(paragraphs, 'paragraph')}.`
      : `The record has no statement on this topic${elsewhere > 0 ? ' within these limits' : ''}.`,
    ...(elsewhere > 0 ? [`${counted(elsewhere, 'paragraph')} outside these limits.`] : []),
    ...(omitted > 0 ? [`${counted(omitted, 'paragraph')} more, less near, left out.`] : []),
  ];
}

/** Where a quotation stands: paragraph, footnote, headings. */
export function citationOf(digest: PlainDigest, quotation: PlainQuotation): string {
  return [markOf(digest, quotation), ...quotation.section].join(' › ');
}

/** Paragraph and footnote, with the document where there are several. */
export function markOf(digest: PlainDigest, { document, label, footnote }: PlainQuotation): string {
  return ofDocument(digest, document, footnote === null ? label : `${label}, footnote ${footnote}`);
}

function ofDocument({ documents }: PlainDigest, document: string, name: string): string {
  const title = documents.find(({ id }) => id === document)?.title;
  return documents.length > 1 && title !== undefined ? `${name} of ${title}` : name;
}

/** Other paragraphs that say the same, or nothing. */
export function alsoInOf(digest: PlainDigest, { alsoIn }: PlainStatement): string {
  const marks = [...new Set(alsoIn.map((other) => markOf(digest, other)))];
  return marks.length > 0 ? `Also in ${marks.join('; ')}.` : '';
}

/** Spans as they are read, in UTF-16 code units of the document's file. */
export function spansText({ spans }: PlainQuotation): string {
  return spans.map(([start, end]) => `${start}..${end}`).join('; ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
