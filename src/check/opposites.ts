import { candidatesFor } from './align.js';
import { contentAfter, contentBefore } from './cues.js';
import { denialsIn } from './denials.js';
import { areOpposite, isPolar } from './lexicon.js';
import { reachedOf, reachOf } from './reach.js';
import { basesOf } from './stems.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import type { View } from './view.js';

/** Words that stand where the source says their opposite, with no denial on one side that would make it right. */
export function oppositeFaults(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const own = denialsIn(tokens);
  const ownReach = reachOf(tokens, own);
  const reached = reachedOf(source);
  const faults: Fault[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!token.content || own.some(({ first, last }) => index >= first && index <= last)) continue;
    if (alignment.at[index] !== -1) {
      if (standsForOpposite(index, view, ownReach, reached))
        faults.push({ kind: 'negation', words: token.written });
      continue;
    }
    const opposites = oppositesIn(token, view);
    if (opposites.length === 0) continue;
    if (!opposites.some((place) => ownReach.has(index) !== reached.has(place)))
      faults.push({ kind: 'negation', words: token.written });
  }
  return faults;
}

/** Words of the sentences that are used which say the opposite. */
export function oppositesIn(token: Token, { source, used }: View): number[] {
  const without = withoutPrefix(token.key);
  return source.tokens.flatMap((other, place) => {
    if (!other.content || !used.has(other.sentence)) return [];
    const otherWithout = withoutPrefix(other.key);
    const opposite =
      areOpposite(token.bases, other.bases) ||
      (without !== null && other.bases.some((base) => without.includes(base))) ||
      (otherWithout !== null && token.bases.some((base) => otherWithout.includes(base)));
    return opposite ? [place] : [];
  });
}

/** Words of the source around the places of a word's neighbours, where the word itself would be looked for. */
const BESIDE = 4;

/** Whether the source has, where the neighbours of a word stand, not the word but its opposite. */
function standsForOpposite(
  index: number,
  { tokens, source, alignment }: View,
  ownReach: ReadonlySet<number>,
  reached: ReadonlySet<number>,
): boolean {
  const token = tokens[index];
  if (!token || !isPolar(token.bases)) return false;
  const neighbours = [...contentBefore(tokens, index, 1), ...contentAfter(tokens, index, 2)].flatMap((at) => {
    const place = alignment.at[at] ?? -1;
    return place === -1 || tokens[at]?.reporting || tokens[at]?.clause !== token.clause ? [] : [place];
  });
  const away = (place: number): number =>
    Math.min(
      ...neighbours
        .filter(
          (other) => source.tokens[other]?.sentence === source.tokens[place]?.sentence && other !== place,
        )
        .map((other) => Math.abs(other - place)),
    );
  const nearest = (places: readonly number[]): number => Math.min(...places.map(away));
  const around = new Set(
    neighbours.flatMap((place) =>
      Array.from({ length: 2 * BESIDE + 1 }, (_, offset) => place - BESIDE + offset),
    ),
  );
  const opposites = [...around].filter((place) => {
    const other = source.tokens[place];
    return (
      other?.content === true &&
      areOpposite(token.bases, other.bases) &&
      ownReach.has(index) === reached.has(place) &&
      !alignment.at.includes(place)
    );
  });
  const same = candidatesFor(token, source).map(({ at }) => at);
  return nearest(opposites) <= BESIDE && nearest(opposites) < nearest(same);
}

export function isOppositeOfPlace(token: Token | undefined, other: Token | undefined): boolean {
  return token !== undefined && other !== undefined && areOpposite(token.bases, other.bases);
}

const PREFIX =
  /^(?:un|in|im|il|ir|non|dis|mis|anti|de)(?!criminat|cuss|tribut|abilit|abled|aster|tinct|depend)(?=.{4})/u;

/** What a word is compared by without a prefix that turns it round. */
function withoutPrefix(key: string): readonly string[] | null {
  const rest = key.replace(PREFIX, '');
  return rest === key ? null : basesOf(rest);
}
