import { candidatesFor } from './align.js';
import { type Cue, contentAfter, contentBefore, cuesIn, focusOf } from './cues.js';
import { denialsIn, NEARLY, OWN_NEARLY } from './denials.js';
import { areOpposite, isPolar } from './lexicon.js';
import { ofSource } from './source.js';
import { basesOf } from './stems.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Words after a denial within which it may turn what it is found near. */
const REACH = 6;
const REACH_BACK = 3;
const FOCUS = 3;

const denialsOf = ofSource((source) => denialsIn(source.tokens));
const reachedOf = ofSource((source) => reachOf(source.tokens, denialsOf(source)));
/** For each denial, the positions that it turns for sure. */
const deniedOf = ofSource((source) =>
  denialsOf(source).map((cue) => ({ cue, reach: reachOf(source.tokens, [cue], 4, 2) })),
);
const nearlyOf = ofSource((source) =>
  cuesIn(source.tokens, NEARLY).map((cue) => ({ cue, reach: reachOf(source.tokens, [cue], 4, 2) })),
);

/** Denials that one side has and the other has not, and words for their opposites. */
export function polarityFaults(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const own = denialsIn(tokens);
  const theirs = denialsOf(source);
  const reached = reachedOf(source);
  // What the sentence has as well is not what it puts as a denial.
  const ownKeys = new Set(tokens.map(({ key }) => key));
  const nearly = nearlyOf(source).filter(({ cue }) => !ownKeys.has(source.tokens[cue.first]?.key ?? ''));
  const denied = deniedOf(source);
  const faults: Fault[] = [];
  const spent = new Map<Cue, string>();

  const literal = new Set<Cue>();
  for (const cue of own) {
    const place = placeOf(cue, view, new Set(spent.keys()));
    if (place === null) continue;
    literal.add(cue);
    spent.set(place, tokens[cue.first]?.key ?? '');
  }
  // A denial of the source that the sentence has as well, beside another: "not gender-blind".
  const isKeptFor = (other: Cue, key: string): boolean => {
    const word = source.tokens[other.first]?.key;
    return word !== key && own.some(({ first }) => tokens[first]?.key === word);
  };
  for (const [number, cue] of own.entries()) {
    if (literal.has(cue)) continue;
    // "without ... and without ...": the same word again goes on with the same denial.
    const goesOn =
      isJoined(tokens, own[number - 1], cue) || (literal.size > 0 && isJoined(tokens, cue, own[number + 1]));
    const focus = focusOf(tokens, cue, FOCUS);
    const near = new Set(focus.flatMap((at) => source.tokens[alignment.at[at] ?? -1]?.sentence ?? []));
    const sentences = near.size > 0 ? near : view.used;
    // "Laws are not enough": what is denied of them stands before.
    const enough = /^(?:enough|sufficient|suffice)$/u.test(tokens[cue.last + 1]?.key ?? '');
    const turned = enough ? contentBefore(tokens, cue.first, 2) : focus.slice(0, 2);
    const kept = turned.some((at) => {
      const token = tokens[at];
      if (!token) return false;
      const places = candidatesFor(token, source)
        .map(({ at: place }) => place)
        .filter((place) => sentences.has(source.tokens[place]?.sentence ?? -1));
      const isTotal = TOTAL.test(tokens[cue.first]?.key ?? '') || tokens[cue.last]?.key === 'longer';
      if (!isTotal && places.some((place) => nearly.some(({ reach }) => reach.has(place)))) return true;
      // One denial of the source is one of the sentence, or the same word again: "without ... and without ...".
      const key = tokens[cue.first]?.key ?? '';
      const match = denied.find(
        ({ cue: other, reach }) =>
          (!spent.has(other) || (goesOn && spent.get(other) === key)) &&
          !isWidened(cue, other, view) &&
          !isKeptFor(other, key) &&
          places.some((place) => reach.has(place)),
      );
      if (match) spent.set(match.cue, key);
      if (match) return true;
      // An opposite is meant only where the word itself is not.
      const isItself = alignment.at[at] !== -1 && (alignment.distance[at] ?? 2) < 2;
      return !isItself && oppositesIn(token, view).length > 0;
    });
    if (!kept && !hasSame(cue, view) && !isTurnedWord(cue, view, reached))
      faults.push({ kind: 'negation', words: wordsOfView(view, cue.first, cue.last) });
  }

  const ownReach = reachOf(tokens, own);
  const isUsedAs = (key: string | undefined): boolean =>
    source.tokens.some((other) => other.key === key && view.used.has(other.sentence));
  // A word that the source has as well stands for no denial of it.
  const replaced = cuesIn(tokens, OWN_NEARLY).filter(
    ({ first }) =>
      (alignment.distance[first] !== 0 || alignment.at[first] === -1) && !isUsedAs(tokens[first]?.key),
  );
  const ownNearly = reachOf(tokens, replaced);
  const placed = new Map<number, number>();
  for (const [index, place] of alignment.at.entries()) if (place !== -1) placed.set(place, index);
  for (const cue of theirs) {
    if (!view.used.has(source.tokens[cue.first]?.sentence ?? -1)) continue;
    const focus = focusOf(source.tokens, cue, source.tokens[cue.first]?.key === 'non' ? 1 : FOCUS).filter(
      (place) => !MERELY.test(source.tokens[place]?.key ?? ''),
    );
    const taken = focus.flatMap((place) => placed.get(place) ?? []);
    const enough = Math.max(1, Math.ceil(focus.length * 0.6));
    if (taken.length < enough) continue;
    const word = source.tokens[cue.first]?.key;
    // "non-custodial": denied is the word itself. "rather than" may be told by comparing.
    if (word === 'non' && !taken.some((at) => (alignment.distance[at] ?? 2) < 2)) continue;
    if (word === 'rather' && tokens.some(({ key }) => key === 'than')) continue;
    const first = placed.get(focus[0] ?? -1);
    const before = contentBefore(source.tokens, cue.first, FOCUS).filter((place) => placed.has(place));
    if (first === undefined && taken.length < focus.length && (before.length < 1 || taken.length < 2))
      continue;
    if (taken.some((at) => ownReach.has(at) || ownNearly.has(at))) continue;
    if (taken.some((at) => isOppositeOfPlace(tokens[at], source.tokens[alignment.at[at] ?? -1]))) continue;
    // The cue's own word is enough where it is one of content: "refused", "lacking".
    const told = source.tokens[cue.last]?.key === 'against' ? cue.last : cue.first;
    if (alignment.at.some((place) => place >= told && place <= cue.last)) continue;
    const last = focus.at(-1) ?? cue.last;
    const from = source.tokens[Math.min(cue.first, focus[0] ?? cue.first)];
    const to = source.tokens[Math.max(last, cue.last)];
    const text = source.texts[from?.passage ?? 0] ?? '';
    faults.push({ kind: 'negation', words: text.slice(from?.start ?? 0, to?.end ?? 0) });
  }

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

const MERELY = /^(?:merely|simply|solely|purely|exclusively|only|just)$/u;
/** Denials for which no shortage stands. */
const TOTAL = /^(?:never|nobody|nowhere|none|ceased|stopped)$/u;

/** Whether one denial goes on after another: by "and" and the like, or in another part of the sentence. */
function isJoined(tokens: readonly Token[], before: Cue | undefined, after: Cue | undefined): boolean {
  if (!before || !after) return false;
  return (
    /^(?:and|or|nor|but)$/u.test(tokens[after.first - 1]?.key ?? '') ||
    tokens[before.first]?.clause !== tokens[after.first]?.clause
  );
}

/** What a denial right before it leaves in part: "not all" is no "none". */
const IN_PART =
  /^(?:all|every|everyone|everything|always|fully|necessarily|entirely|alone|enough|only|both)$/u;
const PARTLY =
  /^(?:all|every|everyone|everything|always|fully|necessarily|entirely|alone|enough|only|both|some|several|certain|partly|sufficient)$/u;

/** Whether the source denies of all what the sentence denies of each. */
function isWidened(own: Cue, theirs: Cue, { tokens, source }: View): boolean {
  if (!IN_PART.test(source.tokens[theirs.last + 1]?.key ?? '')) return false;
  // "impossible for all" is no "not for all".
  if (tokens[own.first]?.content === true) return true;
  const around = tokens.slice(Math.max(0, own.first - 3), own.last + 4);
  const isDenied = tokens[own.last + 1]?.key ?? '';
  return (
    !IN_PART.test(isDenied) && !around.some(({ key }) => PARTLY.test(key) && !/^(?:all|every)$/u.test(key))
  );
}

/** Positions that denials may turn. */
function reachOf(
  tokens: readonly Token[],
  cues: readonly Cue[],
  ahead = REACH,
  back = REACH_BACK,
): Set<number> {
  return new Set(
    cues.flatMap(({ first, last }) => [
      // A prefix turns its word alone; behind, a denial turns no more than its own part of the sentence.
      ...contentAfter(tokens, last, tokens[first]?.key === 'non' ? 1 : ahead),
      ...contentBefore(tokens, first, tokens[first]?.key === 'non' ? 0 : back).filter(
        (at) => tokens[at]?.clause === tokens[first]?.clause,
      ),
      ...Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ]),
  );
}

/** "impossible" where the source has "not possible". */
function isTurnedWord({ first }: Cue, view: View, reached: ReadonlySet<number>): boolean {
  const token = view.tokens[first];
  return token !== undefined && oppositesIn(token, view).some((place) => reached.has(place));
}

/** The denial of the source that has the same two words after it, "but not in others"; null where there is none that is free. */
function placeOf({ first, last }: Cue, { tokens, source, used }: View, taken: ReadonlySet<Cue>): Cue | null {
  const row = tokens.slice(first, last + 3).map(({ key }) => key);
  if (row.length < last - first + 3) return null;
  const isThere = (cue: Cue): boolean =>
    !taken.has(cue) &&
    used.has(source.tokens[cue.first]?.sentence ?? -1) &&
    row.every((key, offset) => source.tokens[cue.first + offset]?.key === key);
  return denialsOf(source).find(isThere) ?? null;
}

/** Whether the sentences that are used have the very word of a denial that carries content itself. */
function hasSame({ first }: Cue, { tokens, source, used }: View): boolean {
  const token = tokens[first];
  if (!token?.content) return false;
  return candidatesFor(token, source).some(({ at }) => used.has(source.tokens[at]?.sentence ?? -1));
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

function isOppositeOfPlace(token: Token | undefined, other: Token | undefined): boolean {
  return token !== undefined && other !== undefined && areOpposite(token.bases, other.bases);
}

const PREFIX =
  /^(?:un|in|im|il|ir|non|dis|mis|anti|de)(?!criminat|cuss|tribut|abilit|abled|aster|tinct|depend)(?=.{4})/u;

/** What a word is compared by without a prefix that turns it round. */
function withoutPrefix(key: string): readonly string[] | null {
  const rest = key.replace(PREFIX, '');
  return rest === key ? null : basesOf(rest);
}
