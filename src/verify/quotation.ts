import { isModal, isNegation } from './meaning.js';
import { type Word, withoutMarks, wordsOf } from './words.js';

/** Ways to read a word, as the words that it then is, the likeliest first; the last one is always possible. */
export type Readings = readonly (readonly Word[])[];

/** What stands before a piece: nothing, words openly left out, or words of whoever quotes in square brackets. */
export type Join = 'start' | 'ellipsis' | 'brackets';

/** Words that follow each other, with nothing left out or put in between. */
export interface Piece {
  readonly join: Join;
  readonly words: readonly Readings[];
}

/** What somebody gave as a quotation. */
export interface Quotation {
  /** As it was given, without the marks of the file; the words' places are in it. */
  readonly text: string;
  readonly pieces: readonly Piece[];
  /** Words in square brackets right before the first piece. */
  readonly lead: number;
  /** Whether it has words in square brackets that are read as an aside. */
  readonly asides: boolean;
}

/** An ellipsis in any of its forms, or square brackets. */
const OPEN_CHANGE =
  /(?<ellipsis>\[\s*(?:\.\s*){2,}\]|\[\s*…\s*\]|\(\s*(?:\.\s*){3}\)|\(\s*…\s*\)|(?:\.\s{0,2}){2,}\.|…|\* \* \*)|\[(?<aside>[^\][]*)\]/gu;
const LINK = /\[([^\][]*)\]\([^()\s]*\)/gu;
/** "[s]tates", "[T]he": a letter changed at the start of a word. */
const INITIAL = /\[(\p{L})\](?=[/.'’-]?\p{L})/gu;
/** "State[s]", "emphasize[d]": another ending than the record's. */
const ENDING = /(?<=\p{L})\[(?:s|es|'s|’s|d|ed|ing)\](?!\p{L})/gu;
/** "libert[y]", "[un]lawful": letters put right inside a word. */
const LETTERS = /(?<=\p{L})\[(\p{L}{1,4})\]|\[(\p{L}{1,4})\](?=\p{L})/gu;
const REMARK = /[[(]\s*(?:sic|emphasis (?:added|in (?:the )?original|mine|supplied))\s*[.!]?[\])]/giu;

/**
 * Reads a quotation.
 *
 * @param asides whether square brackets are asides of whoever quotes; else their words count as quoted. Brackets that
 *   hold a negation or a modal are never asides.
 */
export function readQuotation(quote: string, asides = true): Quotation {
  const text = quote
    .replace(LINK, '$1')
    .replace(REMARK, ' ')
    .replace(INITIAL, '$1')
    .replace(ENDING, (ending) => (asides ? '' : ending))
    .replace(LETTERS, '$1$2');
  const marks = [...text.matchAll(OPEN_CHANGE)].filter(
    ({ groups }) => groups?.ellipsis !== undefined || (asides && isAside(groups?.aside ?? '')),
  );
  const pieces: Piece[] = [];
  let join: Join = 'start';
  let start = 0;
  let lead = 0;
  for (const mark of [...marks, null]) {
    const end = mark?.index ?? text.length;
    const words = wordsOf(text.slice(start, end)).map((word) => ({
      ...word,
      start: word.start + start,
      end: word.end + start,
    }));
    const readings = readingsOf(text, words);
    // A footnote mark alone is no piece.
    if (!readings.every((ways) => ways.at(-1)?.length === 0)) {
      pieces.push({ join: pieces.length === 0 ? 'start' : join, words: readings });
      join = 'start';
    }
    if (!mark) break;
    if (pieces.length === 0) lead = wordsOf(mark.groups?.aside ?? '').length;
    // Of an ellipsis and brackets side by side, the ellipsis says more.
    if (join !== 'ellipsis') join = mark.groups?.ellipsis === undefined ? 'brackets' : 'ellipsis';
    start = end + mark[0].length;
  }
  return { text, pieces, lead, asides: marks.some(({ groups }) => groups?.aside !== undefined) };
}

function isAside(content: string): boolean {
  return !wordsOf(content).some(({ key }) => isNegation(key) || isModal(key));
}

/** The words of a piece where `has` tells which words there are. */
export function readAs(readings: readonly Readings[], has: (key: string) => boolean): Word[] {
  return readings.flatMap(
    (ways) => ways.find((words) => words.every(({ key }) => has(key))) ?? ways.at(-1) ?? [],
  );
}

/** A hyphen before white space: the end of a line, where it may divide a word. Copying may have lost the white space. */
const DIVISION = /^[-‐]\s*$/u;

function readingsOf(text: string, words: readonly Word[]): Readings[] {
  const all: Readings[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    const next = words[index + 1];
    if (!word) continue;
    if (next && isDivided(text, word, next)) {
      const joined = { key: word.key + next.key, start: word.start, end: next.end };
      const apart = [word, next].flatMap(withoutMarks);
      const whole = [[joined], withoutMarks(joined)];
      all.push(next.start - word.end > 1 ? [...whole, apart] : [apart, ...whole]);
      index += 1;
    } else {
      const plain = withoutMarks(word);
      const bare = withoutDigits(word);
      if (bare) all.push([[word], [bare]]);
      else all.push(plain[0] === word ? [plain] : [[word], plain]);
    }
  }
  return all;
}

function isDivided(text: string, { end }: Word, { start }: Word): boolean {
  const hyphen = text[end - 1] === '\u00ad' ? '-' : '';
  return DIVISION.test(hyphen + text.slice(end, start));
}

/** A footnote mark that copying has made plain digits at the end of a word. */
const GLUED_MARK = /(?<=\p{Ll}{3})\d{1,2}$/u;

function withoutDigits({ key, start, end }: Word): Word | null {
  const digits = GLUED_MARK.exec(key)?.[0].length ?? 0;
  return digits === 0 ? null : { key: key.slice(0, -digits), start, end: end - digits };
}
