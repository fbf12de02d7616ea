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

/** What somebody gave as a quotation. */
export interface Quotation {
  /** As it was given, without the marks of the file and with "[t]he" as "the"; the words' places are in it. */
  readonly text: string;
  /** The words between openly marked gaps, each word with the ways to read it, the likeliest first. */
  readonly segments: readonly (readonly Readings[])[];
}

/** Ways to read a word, as the words that it then is; the last one is always possible. */
type Readings = readonly (readonly Word[])[];

/** Where something was openly left out or put in: an ellipsis, or square brackets. */
const GAP = /\[[^\][]*\]|\((?:\.\.\.|…)\)|\.\.\.|…/gu;
/** Put in, it makes a statement its opposite: such brackets are no gap but words of the quotation. */
const NEGATION = /\b(?:no|not|none|never|nor|neither|nobody|nothing|without|cannot|\p{L}+n['’]t)\b/iu;
const LINK = /\[([^\][]*)\]\([^()\s]*\)/gu;

export function readQuotation(quote: string): Quotation {
  const text = quote.replace(LINK, '$1').replace(/\[(\p{L})\]/gu, '$1');
  const gaps = [...text.matchAll(GAP)].filter(([gap]) => !NEGATION.test(gap));
  const starts = [0, ...gaps.map(({ 0: gap, index }) => index + gap.length)];
  const ends = [...gaps.map(({ index }) => index), text.length];
  const segments = starts.map((start, index) => {
    const words = wordsOf(text.slice(start, ends[index]));
    return readingsOf(
      text,
      words.map((word) => ({ ...word, start: word.start + start, end: word.end + start })),
    );
  });
  return { text, segments: segments.filter((segment) => segment.length > 0) };
}

/** The words of a segment where `has` tells which words there are. */
export function readAs(segment: readonly Readings[], has: (key: string) => boolean): Word[] {
  return segment.flatMap(
    (readings) => readings.find((words) => words.every(({ key }) => has(key))) ?? readings.at(-1) ?? [],
  );
}

/** A hyphen before white space: the end of a line, where it may divide a word. */
const DIVISION = /^[-‐]\s+$/u;
const MARKS = new RegExp(`${SUPERSCRIPT}+$`, 'u');

function readingsOf(text: string, words: readonly Word[]): Readings[] {
  const all: Readings[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    const next = words[index + 1];
    if (!word) continue;
    if (next && isDivided(text, word, next)) {
      const joined = { key: word.key + next.key, start: word.start, end: next.end };
      all.push([[joined], withoutMarks(joined), [word, next].flatMap(withoutMarks)]);
      index += 1;
    } else {
      all.push([[word], withoutMarks(word)]);
    }
  }
  return all;
}

function isDivided(text: string, { end }: Word, { start }: Word): boolean {
  const hyphen = text[end - 1] === '\u00ad' ? '-' : '';
  return DIVISION.test(hyphen + text.slice(end, start));
}

/** A word without the footnote marks after it; nothing where it is a mark alone. */
function withoutMarks(word: Word): Word[] {
  const marks = MARKS.exec(word.key)?.[0].length ?? 0;
  if (marks === word.key.length) return [];
  return [{ key: word.key.slice(0, word.key.length - marks), start: word.start, end: word.end - marks }];
}
