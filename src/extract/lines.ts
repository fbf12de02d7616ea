/** What the beginning and the end of a line say about it, in formats that only have lines. */

/** A sentence that has come to its end, with what may close after it. */
const ENDS_SENTENCE = /[.!?:;,]["'”’)\]*]*[⁰¹²³⁴-⁹]*$/u;
/** Longest line, in UTF-16 code units, that can be a heading. */
const MAX_HEADING = 160;

const NUMBER = /^(?:\d{1,4}[.)]|\(\d{1,4}\)|§\s*\d{1,4}[a-z]?\.?|\[\d{1,4}\]|\d{1,3}(?:\.\d{1,3})+\.?)\s+\S/u;
const BULLET = /^[-–—•·◦▪‣*o]\s+\S/u;
const LETTERED = /^\(?(?:[a-z]|[ivxlc]{1,6})\)\s+\S/u;
const OUTERMOST =
  /^(?:annex|appendix|schedule|part|chapter|title|anexo|annexe|anhang|teil)\b[\s\divxlcA-Z.:–—-]*/iu;
const ARTICLE = /^(?:article|section|artículo|artikel|rule|regulation)\s+(?:\d+|[IVXLC]+)\b/iu;
const ROMAN = /^[IVXLC]+\.\s+\S/u;
const LETTER = /^[A-Z]\.\s+\S/u;
const DECIMAL = /^(\d{1,3}(?:\.\d{1,3})*)\.?\s+\p{Lu}/u;

export function startsWithNumber(line: string): boolean {
  return NUMBER.test(line);
}

export function startsItem(line: string): boolean {
  return BULLET.test(line) || LETTERED.test(line);
}

export function endsSentence(line: string): boolean {
  return ENDS_SENTENCE.test(line);
}

/** Whether a line by itself reads as a heading: short, begun with a capital or a number, no sentence. */
export function isTitleLike(line: string): boolean {
  return (
    line.length > 0 &&
    line.length <= MAX_HEADING &&
    !endsSentence(line) &&
    !startsItem(line) &&
    /^["“'‘(]?[\p{Lu}\p{Lo}\d§]/u.test(line) &&
    /\p{L}/u.test(line)
  );
}

/** What marks a heading as one whatever stands around it, and how far in it is; null for other lines. */
export function headingLevel(line: string): number | null {
  if (!isTitleLike(line)) return null;
  if (OUTERMOST.test(line)) return 1;
  if (ROMAN.test(line)) return 2;
  if (ARTICLE.test(line)) return 3;
  if (LETTER.test(line)) return 3;
  if (/^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u.test(line) && !startsWithNumber(line)) return 2;
  return null;
}

/** How far in a numbered heading is: "3." one, "3.1" two. */
export function decimalLevel(line: string): number | null {
  const number = DECIMAL.exec(line)?.[1];
  return number === undefined ? null : number.split('.').length;
}
