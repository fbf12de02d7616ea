import type { Paragraph, RecordDocument } from './types.js';

const FRONT_MATTER = 'front-matter';

/** A paragraph and the document that it stands in. */
export interface Place {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
}

/** "para. 71", or "front matter". */
export function labelOf({ number }: Paragraph): string {
  return number === 0 ? 'front matter' : `para. ${number}`;
}

/** `front-matter`, or the number. */
export function keyOf({ number }: Paragraph): string {
  return number === 0 ? FRONT_MATTER : String(number);
}

/** Path of a paragraph on a server. */
export function urlOf({ metadata }: RecordDocument, paragraph: Paragraph): string {
  return `/v1/documents/${metadata.id}/paragraphs/${keyOf(paragraph)}`;
}

/** A place in the record as every door writes it. */
export function placeOf({ document, paragraph }: Place) {
  return {
    document: document.metadata.id,
    paragraph: paragraph.number === 0 ? null : paragraph.number,
    label: labelOf(paragraph),
    section: paragraph.section,
    year: paragraph.year,
    url: urlOf(document, paragraph),
  };
}
