import { candidatesFor } from './align.js';
import { type Cue, contentBefore, cuesIn, focusOf } from './cues.js';
import { denialsIn, NEARLY } from './denials.js';
import { oppositesIn } from './opposites.js';
import { denialsOf, reachedOf, reachOf } from './reach.js';
import { ofSource } from './source.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Content words that a denial is taken to be of. */
const FOCUS = 3;
/** For each denial, the positions that it turns for sure. */
const deniedOf = ofSource((source) =>
  denialsOf(source).map((cue) => ({ cue, reach: reachOf(source.tokens, [cue], 4, 2) })),
);
const nearlyOf = ofSource((source) =>
  cuesIn(source.tokens, NEARLY).map((cue) => ({ cue, reach: reachOf(source.tokens, [cue], 4, 2) })),
);

/** Denials of a sentence that its source has not. */
export function addedDenials(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const own = denialsIn(tokens);
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
  return faults;
}

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
