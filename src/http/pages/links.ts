import type { Span } from '../../corpus/index.js';

/** Id of a paragraph on the reading page; null is the front matter. */
export function anchorOf(number: number | null): string {
  return number === null ? 'front-matter' : `para-${number}`;
}

/** The reading page at a paragraph, with nothing marked. */
export function paragraphUrl(document: string, paragraph: number | null): string {
  return `/documents/${encodeURIComponent(document)}#${anchorOf(paragraph)}`;
}

/** The reading page at a paragraph, with the characters of a quotation marked. */
export function readUrl({
  document,
  paragraph,
  spans,
}: {
  readonly document: string;
  readonly paragraph: number | null;
  readonly spans: readonly Span[];
}): string {
  const marks = spans.map(([start, end]) => `${start}-${end}`).join();
  return `/documents/${encodeURIComponent(document)}?mark=${marks}#${anchorOf(paragraph)}`;
}
