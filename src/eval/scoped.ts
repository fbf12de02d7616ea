import type { RecordDocument } from '../corpus/index.js';

/** Words by which a question names a year of the record, and a section of it, whatever they are called there. */
const NAMES_YEAR =
  /\b(?:19|20)\d\d\b|\bpillars?\b|\brounds?\b|\b(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)\s+(?:year|(?:thematic\s+)?discussions)\b/iu;
const NAMES_SECTION =
  /\b(?:sessions?|opening|panels?|debates?|talks|days?|sections?|segments?|chapters?|parts?|heading|headed|titled)\b|\bdiscussions?\s+(?:on|about|of)\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:september|november|december|october)\b/iu;

/**
 * Whether a paragraph stands where a question says, at the level that its words name: in the year of a right paragraph, or
 * under the section of one. What the service understood has no part in it. Null where the words name no place.
 *
 * @param first number of the paragraph that was ranked first, undefined where there is none
 * @param gold numbers of the right paragraphs
 */
export function standsInScope(
  document: RecordDocument,
  question: string,
  first: number | undefined,
  gold: readonly number[],
): boolean | null {
  const levels = [
    ...(NAMES_YEAR.test(question) ? [yearOf] : []),
    ...(NAMES_SECTION.test(question) ? [sectionOf] : []),
  ];
  if (levels.length === 0) return null;
  if (first === undefined) return false;
  return gold.some((right) => levels.every((at) => at(document, right) === at(document, first)));
}

function yearOf({ paragraphs }: RecordDocument, number: number): number | null {
  return paragraphs.find((paragraph) => paragraph.number === number)?.year ?? null;
}

/** Where the section above a paragraph begins; a sub-heading is part of its section. */
function sectionOf({ outline }: RecordDocument, number: number): number | null {
  return (
    outline.find(({ kind, from, to }) => kind === 'section' && number >= from && number <= to)?.from ?? null
  );
}
