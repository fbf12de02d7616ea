import { contentBefore, cuesIn, focusOf } from './cues.js';
import { denialsIn, OWN_NEARLY } from './denials.js';
import { isOppositeOfPlace } from './opposites.js';
import { denialsOf, reachOf } from './reach.js';
import type { Fault } from './types.js';
import type { View } from './view.js';

/** Content words that a denial is taken to be of. */
const FOCUS = 3;
/** What stands between a denial and its word and is not denied. */
const MERELY = /^(?:merely|simply|solely|purely|exclusively|only|just)$/u;

/** Denials of the source of what the sentence tells without one. */
export function lostDenials(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const theirs = denialsOf(source);
  const faults: Fault[] = [];
  const ownReach = reachOf(tokens, denialsIn(tokens));
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
  return faults;
}
