import { candidatesFor } from './align.js';
import { contentAfter, contentBefore } from './cues.js';
import { isSpeaker } from './kinds.js';
import { type Figure, figuresIn } from './numbers.js';
import { isOneOfMore } from './quantities.js';
import { ofSource, type Source } from './source.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Words of the source within which a number belongs to a word. */
const NEAR = 10;
/** A number this much further away than the nearest may still be meant. */
const TIE = 1;

const figuresOf = ofSource(({ tokens }) => figuresIn(tokens));
const figuresAround = ofSource(({ context }) => new Set(figuresIn(context).map(({ value }) => value)));

/** Numbers and dates that the source does not have, or has with something else. */
export function figureFaults(view: View): Fault[] {
  const { tokens, source } = view;
  const own = figuresIn(tokens);
  if (own.length === 0) return [];
  const theirs = figuresOf(source);
  const outside = figuresAround(source);
  return own
    .filter((figure) => !stands(figure, view, theirs, outside))
    .map(({ first, last, date }) => ({
      kind: date ? ('date' as const) : ('number' as const),
      words: wordsOfView(view, first, last),
    }));
}

function stands(
  figure: Figure,
  view: View,
  theirs: readonly Figure[],
  outside: ReadonlySet<string>,
): boolean {
  const { source, tokens, used } = view;
  const same = theirs.filter((other) => isSame(figure, other));
  const inUse = same.filter(({ first }) => used.has(source.tokens[first]?.sentence ?? -1));
  if (figure.date) {
    if (figure.month !== null) return [...inUse, ...same].some(({ month }) => month === figure.month);
    if (/^\d{4}$/u.test(figure.value) && isOtherYear(figure, view, theirs)) return false;
    return inUse.length > 0 || outside.has(figure.value);
  }
  // A number like "16.5" names what it stands for.
  if (/^\d+\.\d+$/u.test(figure.value) && inUse.length > 0) return true;
  if (tokens[figure.first]?.key === 'one' && isOneOfMore(tokens, figure.last)) return true;
  // What names a part of the record: "Pillar II", "the second round".
  if (outside.has(figure.value) && isLabel(figure, view)) return true;
  const anchors = anchorsOf(figure, view);
  if (tokens[figure.first]?.key === 'one' && anchors.some((at) => isSingle(tokens[at], source))) return true;
  if (anchors.length === 0) return inUse.length > 0;
  const placesOf = (at: number): number[] => {
    const token = tokens[at];
    return token ? candidatesFor(token, source).map(({ at: place }) => place) : [];
  };
  const isNear = (at: number, room: number): boolean =>
    placesOf(at).some((place) => nearest(place, view, theirs, inUse, room));
  // What is counted follows; what labels, as in "article 33", is right before in the source too.
  const counted = anchors.filter((at) => at > figure.last && placesOf(at).length > 0);
  if (counted.length === 0) return anchors.some((at) => isNear(at, NEAR));
  return counted.some((at) => isNear(at, NEAR)) || anchors.some((at) => at < figure.first && isNear(at, 1));
}

/** "one initiative" where the source has "an initiative". */
function isSingle(token: Token | undefined, source: Source): boolean {
  if (!token) return false;
  return candidatesFor(token, source).some(({ at }) =>
    [1, 2, 3].some((back) => /^(?:a|an|one|single)$/u.test(source.tokens[at - back]?.key ?? '')),
  );
}

/** Words within which a year belongs to the word before it. */
const YEAR_NEAR = 3;

/** Whether the source has another year right after the word that the year stands after. */
function isOtherYear(
  { first, value }: Figure,
  { tokens, source, alignment }: View,
  all: readonly Figure[],
): boolean {
  const before = contentBefore(tokens, first, 1)[0] ?? -1;
  const place = alignment.at[before] ?? -1;
  if (place === -1 || first - before > YEAR_NEAR) return false;
  const years = all.filter(
    (other) =>
      /^\d{4}$/u.test(other.value) &&
      other.first > place &&
      other.first - place <= YEAR_NEAR &&
      source.tokens[other.first]?.sentence === source.tokens[place]?.sentence,
  );
  return years.length > 0 && !years.some((other) => other.value === value);
}

/** Words that a number belongs to: those after it and the one before; in brackets only the one before. */
function anchorsOf({ first, last }: Figure, { tokens, sentence }: View): number[] {
  const says = (at: number): boolean =>
    !tokens[at]?.reporting && !isSpeaker(tokens[at]?.key ?? '') && !/^\d/u.test(tokens[at]?.key ?? '');
  const before = contentBefore(tokens, first, 6).filter(says).slice(0, 1);
  const opening = sentence.slice(0, tokens[first]?.start ?? 0);
  if (/\([^)]*$/u.test(opening) && before.length > 0) return before;
  return [...contentAfter(tokens, last, 4).filter(says).slice(0, 2), ...before];
}

/** Whether one of the figures is near a place of the source, and no other figure of its sentence is nearer. */
function nearest(
  place: number,
  { source }: View,
  all: readonly Figure[],
  figures: readonly Figure[],
  room: number,
): boolean {
  const sentence = source.tokens[place]?.sentence;
  const between = (from: number, to: number): number =>
    source.tokens.slice(from + 1, to).filter(({ key }) => !/^(?:\d.*|and|or|to)$/u.test(key)).length;
  const away = ({ first, last }: Figure): number =>
    place < first ? between(place, first) : place > last ? between(last, place) : 0;
  const here = all.filter(({ first, date }) => !date && source.tokens[first]?.sentence === sentence);
  const least = Math.min(...here.map(away));
  return figures.some(
    (figure) =>
      source.tokens[figure.first]?.sentence === sentence &&
      away(figure) <= room &&
      away(figure) <= least + TIE,
  );
}

/** Whether what the passages stand under has the same number beside the same word. */
function isLabel({ first, last, value }: Figure, { tokens, source }: View): boolean {
  const { context } = source;
  return figuresIn(context).some(
    (other) =>
      other.value === value &&
      [first - 1, last + 1].some((at) =>
        [other.first - 1, other.last + 1].some(
          (place) =>
            context[place]?.bases[0] !== undefined && context[place]?.bases[0] === tokens[at]?.bases[0],
        ),
      ),
  );
}

function isSame(own: Figure, other: Figure): boolean {
  if (own.value === other.value) return true;
  const plain = (value: string): string => value.replace(/\.0+$/u, '');
  return plain(own.value) === plain(other.value);
}
