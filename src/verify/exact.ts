import { isModal, isNegation, isQuantity } from './meaning.js';
import type { Places } from './postings.js';
import type { Join, Piece, Quotation, Readings } from './quotation.js';
import type { Shingles } from './shingles.js';
import type { Text } from './texts.js';

/** Numbers of the first and the last word of a text that a piece stands in. */
export type WordRange = readonly [first: number, last: number];

/** The pieces of a quotation where they stand in a text, in order. */
export interface Placement {
  readonly text: Text;
  readonly ranges: readonly WordRange[];
}

/** Pieces of a quotation that are looked for; one with more is compared word by word. */
export const MAX_PIECES = 40;
/** Most words of the record that square brackets may stand for. */
const MAX_REPLACED = 8;
/** An ellipsis for no more words than these must not stand for a modal. */
const SHORT_GAP = 3;
/** Words from which a piece may be joined with one in another sentence. */
const MIN_PIECE = 3;

/**
 * Where every piece of a quotation stands in one text, in order and properly joined; in each text the place that is
 * shortest, and of equals the first. In the order of the record.
 */
export function placementsOf(all: readonly Shingles[], { pieces, lead }: Quotation): Placement[] {
  if (pieces.length === 0 || pieces.length > MAX_PIECES) return [];
  return all.flatMap((shingles) => {
    const found = pieces.map((piece) => placesIn(shingles, piece));
    return [...(found[0]?.keys() ?? [])].flatMap((number) => {
      const text = shingles.texts[number];
      const places = found.map((ofPiece, index) =>
        (ofPiece.get(number) ?? []).filter((range) => index > 0 || !text || isLedInto(text, range, lead)),
      );
      const ranges = text && chain(text, pieces, places);
      return text && ranges ? [{ text, ranges }] : [];
    });
  });
}

/** Everywhere a piece stands, in the order of the record. */
export function placesOfPiece(all: readonly Shingles[], piece: Piece): Placement[] {
  return all.flatMap((shingles) =>
    [...placesIn(shingles, piece)].flatMap(([number, ranges]) => {
      const text = shingles.texts[number];
      return text ? ranges.map((range) => ({ text, ranges: [range] })) : [];
    }),
  );
}

/** By the number of the text. */
function placesIn(shingles: Shingles, { words }: Piece): Map<number, WordRange[]> {
  const found = new Map<number, WordRange[]>();
  const seen = new Set<number>();
  const { element, places } = anchor(shingles, words);
  for (const place of places) {
    const first = matchBackward(shingles, words, element - 1, place - 1);
    const last = matchForward(shingles, words, element, place);
    if (first === null || last === null || last < first || seen.has(first)) continue;
    seen.add(first);
    const number = shingles.textAt(place);
    const start = shingles.startOf(number);
    const ranges = found.get(number);
    if (ranges) ranges.push([first - start, last - start]);
    else found.set(number, [[first - start, last - start]]);
  }
  return found;
}

/** The rarest pair or word of a piece that can be read in one way only, and where it stands. */
function anchor(
  shingles: Shingles,
  words: readonly Readings[],
): { readonly element: number; readonly places: Places } {
  const sure = words.map((ways) =>
    ways.length === 1 && ways[0]?.length === 1 ? ways[0][0]?.key : undefined,
  );
  let best: { element: number; places: Places } | null = null;
  for (const [element, key] of sure.entries()) {
    if (key === undefined) continue;
    const next = sure[element + 1];
    const places = next === undefined ? shingles.placesOfWord(key) : shingles.placesOfPair(key, next);
    if (!best || places.length < best.places.length) best = { element, places };
    if (places.length === 0) break;
  }
  if (best) return best;
  const first = (words[0] ?? []).flatMap((way) => (way[0] ? [...shingles.placesOfWord(way[0].key)] : []));
  return { element: 0, places: [...new Set(first)].sort((a, b) => a - b) };
}

/** Position of the last word of the piece, read from an element on; null where it does not stand there. */
function matchForward(
  { keyAt }: Shingles,
  words: readonly Readings[],
  element: number,
  place: number,
): number | null {
  let at = place;
  for (let index = element; index < words.length; index += 1) {
    const way = words[index]?.find((reading) => reading.every(({ key }, i) => keyAt(at + i) === key));
    if (!way) return null;
    at += way.length;
  }
  return at - 1;
}

/** Position of the first word of the piece, read back from an element. */
function matchBackward(
  { keyAt }: Shingles,
  words: readonly Readings[],
  element: number,
  place: number,
): number | null {
  let at = place;
  for (let index = element; index >= 0; index -= 1) {
    const way = words[index]?.find((reading) =>
      reading.every(({ key }, i) => keyAt(at - reading.length + 1 + i) === key),
    );
    if (!way) return null;
    at -= way.length;
  }
  return at + 1;
}

/** One place for each piece, each properly joined with the one before, so that as little as possible stands between. */
function chain(
  text: Text,
  pieces: readonly Piece[],
  places: readonly (readonly WordRange[])[],
): WordRange[] | null {
  let ends = (places[0] ?? []).map((range) => ({ range, ranges: [range] }));
  for (const [index, piece] of pieces.entries()) {
    if (index === 0) continue;
    ends = (places[index] ?? []).flatMap((range) => {
      const before = ends
        .filter((end) => isProper(text, end.range, range, piece.join))
        .reduce<(typeof ends)[number] | null>(
          (best, end) => (best && startOf(best) >= startOf(end) ? best : end),
          null,
        );
      return before ? [{ range, ranges: [...before.ranges, range] }] : [];
    });
  }
  const lengthOf = (end: (typeof ends)[number]): number => end.range[1] - startOf(end);
  const shortest = ends.reduce<(typeof ends)[number] | null>(
    (best, end) => (best && lengthOf(best) <= lengthOf(end) ? best : end),
    null,
  );
  return shortest?.ranges ?? null;
}

function startOf({ ranges }: { readonly ranges: readonly WordRange[] }): number {
  return ranges[0]?.[0] ?? 0;
}

/**
 * Whether what stands between two pieces may be left out for an ellipsis, or replaced by words in brackets.
 *
 * For an ellipsis: no negation of a sentence that is quoted in part, no modal where little is left out, and a piece of a
 * word or two only within its sentence. For brackets: a few words of one sentence, none of which says whether, how far
 * or how many.
 */
export function isProper(text: Text, before: WordRange, after: WordRange, join: Join): boolean {
  const from = before[1] + 1;
  const to = after[0];
  if (from > to) return false;
  const hidden = text.words.slice(from, to).map(({ key }) => key);
  const sentenceBefore = text.sentences[before[1]];
  const sentenceAfter = text.sentences[to];
  const sameSentence = sentenceBefore === sentenceAfter;
  if (join === 'brackets') {
    return hidden.length <= MAX_REPLACED && (hidden.length === 0 || sameSentence) && !hidden.some(saysHowFar);
  }
  if (!sameSentence && Math.min(lengthOf(before), lengthOf(after)) < MIN_PIECE) return false;
  if (hidden.length <= SHORT_GAP && hidden.some(isModal)) return false;
  return !hidden.some((key, index) => {
    const sentence = text.sentences[from + index];
    return isNegation(key) && (sentence === sentenceBefore || sentence === sentenceAfter);
  });
}

/** Whether words in brackets may stand for as many before the first piece. */
function isLedInto(text: Text, [first]: WordRange, lead: number): boolean {
  // Most have none, and then the words of the text need not be looked at.
  if (lead === 0) return true;
  const from = Math.max(0, first - lead);
  return !text.words
    .slice(from, first)
    .some(({ key }, index) => text.sentences[from + index] === text.sentences[first] && saysHowFar(key));
}

/** Whether a word says whether, how far or how many. */
function saysHowFar(key: string): boolean {
  return isNegation(key) || isModal(key) || isQuantity(key);
}

function lengthOf([first, last]: WordRange): number {
  return last - first + 1;
}
