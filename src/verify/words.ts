/** A word with its place in the text it was read from, in UTF-16 code units. */
export interface Word {
  /** Lower case, compatibility characters and typographic apostrophes made plain. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Footnote marks, and the exponents of units. */
const SUPERSCRIPT = '[⁰¹²³⁴-⁹]';
/** Soft hyphen and the characters without width that copying leaves inside words. */
const INVISIBLE = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff';
const LETTER = `(?:(?!${SUPERSCRIPT})[\\p{L}\\p{N}\\p{M}${INVISIBLE}])`;

/** Letters and digits with what joins them inside: "victims'", "16.4", "A/RES/76/181", "m²"; a footnote mark alone. */
const WORD = new RegExp(
  `(?=[\\p{L}\\p{N}])${LETTER}+(?:['’.,/]+(?=[\\p{L}\\p{N}])${LETTER}+)*${SUPERSCRIPT}*|${SUPERSCRIPT}+`,
  'gu',
);

/** Words of a text. Hyphens, spacing and quotation marks do not count; numbers are one word with their separators. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    key: keyOf(word),
    start: index,
    end: index + word.length,
  }));
}

const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
const NOT_SUPERSCRIPTS = /[^⁰¹²³⁴-⁹]+/gu;

/** Superscripts stay what they are: "2021⁵" is not the number 20215. */
function keyOf(word: string): string {
  return word
    .replace(INVISIBLES, '')
    .replace(NOT_SUPERSCRIPTS, (plain) => plain.normalize('NFKC').toLowerCase())
    .replaceAll('’', "'");
}

const MARKS = new RegExp(`${SUPERSCRIPT}+$`, 'u');

/** A word without the footnote marks after it; nothing where it is a mark alone. */
export function withoutMarks(word: Word): Word[] {
  const marks = MARKS.exec(word.key)?.[0].length ?? 0;
  if (marks === 0) return [word];
  if (marks === word.key.length) return [];
  return [{ key: word.key.slice(0, word.key.length - marks), start: word.start, end: word.end - marks }];
}
