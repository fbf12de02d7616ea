import type { Paragraph, RecordDocument } from './types.js';

const FRONT_MATTER = 'front-matter';

/** A paragraph and the document that it stands in. */
export interface Place {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
}

/** "para. 71", or "front matter"; where the number is not what is printed, what is: "annex I, para. 3". */
export function labelOf({ number, print }: Paragraph): string {
  return number === 0 ? 'front matter' : (print?.label ?? `para. ${number}`);
}

/** What stands before a paragraph on a page: "71.". */
export function markOf({ number, print }: Paragraph): string {
  return print?.mark ?? `${number}.`;
}

/** Whether somebody who names a paragraph by a number may mean this one: by its number, or by the one that is printed. */
export function isCalled({ number, print }: Pick<Paragraph, 'number' | 'print'>, called: number): boolean {
  return number === called || print?.printed === String(called);
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
    ...printOf(paragraph),
  };
}

/** What a place has besides where its number is not what is printed, or the file has pages. */
function printOf({ print }: Paragraph): { readonly printed?: string | null; readonly page?: number | null } {
  return print ? { printed: print.printed, page: print.page } : {};
}
