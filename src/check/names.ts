import { isActor, isGlue, isReporting, isSpeaker } from './kinds.js';
import { figuresIn } from './numbers.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Small words inside names. */
const INSIDE = new Set('of on the and for in to de la against with'.split(' '));
/** Words of a passage that may stand between those of a name. */
const ROOM = 8;

/** Acronyms that everybody knows. */
const KNOWN = new Map([
  ['un', 'united nations'],
  ['us', 'united states'],
  ['usa', 'united states'],
  ['uk', 'united kingdom'],
  ['eu', 'european union'],
]);

/** Names that the passages do not have, or whose words they have only here and there. */
export function nameFaults(view: View): Fault[] {
  const { tokens } = view;
  const figures = new Set(
    figuresIn(tokens).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
  return namesIn(tokens, figures)
    .filter(({ first, last }) => !standsIn(view, first, last))
    .map(({ first, last }) => ({ kind: 'name' as const, words: wordsOfView(view, first, last) }));
}

/** Rows of capitalised words, with small words inside; a first word alone only where it is nothing but a name. */
export function namesIn(
  tokens: readonly Token[],
  skip: ReadonlySet<number>,
): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token?.capital || skip.has(at)) continue;
    const opens = tokens[at - 1]?.sentence !== token.sentence;
    if (opens && isCommonStart(token)) continue;
    let last = at;
    for (let next = at + 1; next < tokens.length; next += 1) {
      const other = tokens[next];
      if (!other || other.sentence !== token.sentence || (other.clause !== token.clause && !other.joined))
        break;
      if (other.capital && !skip.has(next)) last = next;
      else if (!INSIDE.has(other.key) || next - last > 2) break;
    }
    if (!(opens && last === at && isPlainWord(token))) found.push({ first: at, last });
    at = last;
  }
  return found;
}

function isCommonStart({ key }: Token): boolean {
  return isGlue(key) || isReporting(key) || isSpeaker(key);
}

/** A first word that is capital only because it is first cannot be told from a name: coverage judges it. */
function isPlainWord({ written }: Token): boolean {
  return /^\p{Lu}\p{Ll}/u.test(written) && !/\p{Ll}\p{Lu}/u.test(written);
}

function standsIn(view: View, first: number, last: number): boolean {
  const { tokens, source } = view;
  const words = tokens.slice(first, last + 1).filter(({ key }) => !isGlue(key) && !INSIDE.has(key));
  if (words.length === 0) return true;
  return (
    [source.tokens, source.context].some(
      (row) =>
        together(words, row) ||
        (words.length === 1 && isAcronymIn(words[0], row)) ||
        isSpelledOut(words, row),
    ) || mixed(words, view)
  );
}

/** Some of the words as an acronym and the others as they are, near each other. */
function mixed(words: readonly Token[], { source }: View): boolean {
  if (words.length < 2) return false;
  for (let cut = 1; cut < words.length; cut += 1) {
    const [left, right] = [words.slice(0, cut), words.slice(cut)];
    for (const row of [source.tokens, source.context]) {
      if (knows(left, row) && knows(right, row)) return true;
    }
    if (knows(left, source.context) && knows(right, source.tokens)) return true;
  }
  return false;
}

function knows(words: readonly Token[], row: readonly Token[]): boolean {
  if (words.length === 1 && words[0] && !isActor(words[0].key) && hasWord(words[0], row)) return true;
  return (
    (words.length > 1 && together(words, row)) ||
    isSpelledOut(words, row) ||
    (words.length === 1 && isAcronymIn(words[0], row))
  );
}

function hasWord(word: Token, row: readonly Token[]): boolean {
  return row.some((other) => other.bases[0] === word.bases[0]);
}

/** Whether all words stand in one stretch of a row that is not much longer than they are. */
function together(words: readonly Token[], row: readonly Token[]): boolean {
  const [head, ...rest] = words;
  if (!head) return true;
  const room = words.length * 2 + ROOM;
  return row.some((token, at) => {
    if (!alike(head, token)) return false;
    const near = row
      .slice(Math.max(0, at - room), at + room + 1)
      .filter(({ sentence }) => sentence === token.sentence);
    return rest.every((word) => near.some((other) => alike(word, other)));
  });
}

function alike(word: Token, other: Token): boolean {
  if (word.key === other.key || word.bases[0] === other.bases[0]) return true;
  const longest = Math.min(word.key.length, other.key.length);
  // "Japan" and "Japanese", "Interpol" and "INTERPOL".
  return (
    longest >= 4 &&
    word.capital &&
    other.capital &&
    word.key.slice(0, longest) === other.key.slice(0, longest) &&
    Math.abs(word.key.length - other.key.length) <= 3
  );
}

/** Whether an acronym stands in a row, or the words that it is made of. */
export function isAcronymIn(word: Token | undefined, row: readonly Token[]): boolean {
  if (!word || !/^\p{Lu}[\p{Lu}\d]+s?$/u.test(word.written)) return false;
  const letters = word.key.replace(/s$/u, '');
  const known = KNOWN.get(word.key);
  const text = known?.split(' ') ?? [];
  return row.some((token, at) => {
    if (token.key === word.key || token.key === letters) return true;
    if (text.length > 0 && text.every((part, offset) => row[at + offset]?.key === part)) return true;
    return spells(letters, row, at);
  });
}

/** Whether the words from a place on begin with the letters, small words counted or not. */
function spells(letters: string, row: readonly Token[], at: number): boolean {
  if (letters.length < 2) return false;
  let letter = 0;
  for (let next = at; next < row.length && letter < letters.length; next += 1) {
    const key = row[next]?.key ?? '';
    if (row[next]?.sentence !== row[at]?.sentence) return false;
    if (key.startsWith(letters[letter] ?? ' ')) letter += 1;
    else if (next === at || !INSIDE.has(key)) return false;
  }
  return letter === letters.length;
}

/** Whether the row has an acronym that the words spell, or that stands in brackets after what is like them. */
export function isSpelledOut(words: readonly Token[], row: readonly Token[]): boolean {
  if (words.length < 2) return false;
  return row.some(
    ({ written, key }) =>
      written.length >= 2 &&
      /^\p{Lu}{2,}s?$/u.test(written) &&
      (spells(
        key.replace(/s$/u, ''),
        words.map((word) => ({ ...word, sentence: 0 })),
        0,
      ) ||
        KNOWN.get(key) === words.map((word) => word.key).join(' ')) &&
      key.length >= words.length - 1,
  );
}
