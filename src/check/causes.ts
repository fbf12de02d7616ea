import { type Cue, contentAfter, contentBefore } from './cues.js';
import { isSpeaker } from './kinds.js';
import { isPassive, linksOf, ownLinksIn, purposesOf, type Side } from './links.js';
import type { SourceToken } from './source.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

const SIDE = 6;
/** Share of each side's words that must stand where the source has its link. */
const LEAST = 0.4;

/** What something is done for, and how a source may say it. */
const PURPOSE = /^(?:so that|so as to|in order)$/u;
/** Causes that the sentence gives and its source does not, or gives the other way round. */
export function causeFaults(view: View): Fault[] {
  const { tokens, source } = view;
  const own = ownLinksIn(view).filter(
    (link) => !isSince(view, link) && !isName(tokens, link.cue) && !isOrigin(tokens, link.cue),
  );
  if (own.length === 0) return [];
  const all = linksOf(source);
  return own
    .filter((link) => !isTold(view, link))
    .filter((link) => {
      const theirs = all.filter((other) => !isTakenFor(view, link, other));
      return (
        isPutIn(view, link, theirs) ||
        !candidatesOf(view, link, theirs).some((other) => joinsSame(view, link, other))
      );
    })
    .filter(
      (link) =>
        !PURPOSE.test(wordsOfView(view, link.cue.first, link.cue.last).toLowerCase()) ||
        !purposesOf(source).some((other) => joinsSame(view, { ...link, order: 1 }, other)),
    )
    .map(({ cue }) => ({ kind: 'cause' as const, words: wordsOfView(view, cue.first, cue.last) }));
}

/** Whether a link of the source is what another word of the sentence stands for, and so not what its link does. */
function isTakenFor({ alignment }: View, own: Side, theirs: Side): boolean {
  return alignment.at.some(
    (place, at) =>
      place >= theirs.cue.first &&
      place <= theirs.cue.last &&
      (at < own.cue.first || at > own.cue.last) &&
      alignment.distance[at] !== 2,
  );
}

/** Whether the source has the very word, in the same voice, right before what it brings about. */
function isTold({ tokens, source, alignment }: View, { cue, order }: Side): boolean {
  const place = alignment.at[cue.first] ?? -1;
  if (place === -1 || alignment.distance[cue.first] !== 0 || order === -1) return false;
  if (isPassive(source.tokens, { first: place, last: place })) return false;
  const placesOf = (list: readonly number[]): number[] =>
    list
      .map((at) => alignment.at[at] ?? -1)
      .filter((at) => at !== -1 && source.tokens[at]?.sentence === source.tokens[place]?.sentence);
  return (
    placesOf(contentBefore(tokens, cue.first, SIDE)).length > 0 &&
    placesOf(contentAfter(tokens, cue.last, 1)).some((at) => at > place && at - place <= JOINED)
  );
}

/** Whether the sentence says since when, as its source does. */
function isSince({ tokens, source, used }: View, { cue }: Side): boolean {
  return (
    tokens[cue.first]?.key === 'since' &&
    source.tokens.some(({ key, sentence }) => key === 'since' && used.has(sentence))
  );
}

/** "causes" in "root causes" names, it does not link. */
function isName(tokens: readonly Token[], { first }: Cue): boolean {
  return (
    ['root', 'the', 'underlying'].includes(tokens[first - 1]?.key ?? '') && tokens[first]?.key === 'causes'
  );
}

/** Words of the source between two, within which they are taken to be joined by what stands between them. */
const JOINED = 5;

/** Whether the words on both sides of a link follow each other in the source with no link between them. */
function isPutIn({ tokens, source, alignment }: View, { cue }: Side, links: readonly Side[]): boolean {
  const left = alignment.at[contentBefore(tokens, cue.first, 1)[0] ?? -1] ?? -1;
  const right = alignment.at[contentAfter(tokens, cue.last, 1)[0] ?? -1] ?? -1;
  if (left === -1 || right <= left || right - left > JOINED) return false;
  if (source.tokens[left]?.sentence !== source.tokens[right]?.sentence) return false;
  const isBetween = (at: number): boolean => at >= left && at <= right;
  return (
    !links.some((other) => isBetween(other.cue.first)) &&
    !purposesOf(source).some((other) => other.cue.first === left + 1)
  );
}

/** "came from Japan": who comes from where. */
function isOrigin(tokens: readonly Token[], { first, last }: Cue): boolean {
  return /^c(?:ame|omes?|oming)$/u.test(tokens[first]?.key ?? '') && tokens[last + 1]?.capital === true;
}

/** Links of the source that the sentence may have taken its own from: those of the same words where there are such. */
function candidatesOf(
  { tokens, source, used }: View,
  { cue }: Side,
  links: readonly Side[],
): readonly Side[] {
  const bases = tokens[cue.first]?.bases ?? [];
  const same = links.filter(({ cue: { first } }) => {
    const other = source.tokens[first];
    return other?.content === true && used.has(other.sentence) && other.bases[0] === bases[0];
  });
  return same.length > 0 ? same : links;
}

/** Whether a link of the source joins the words that stand around a link of the sentence, in the same direction. */
function joinsSame(view: View, own: Side, theirs: Side): boolean {
  const { tokens, source, alignment } = view;
  const [before, after] = sidesOf(tokens, own).map((side) =>
    side.filter((at) => !tokens[at]?.reporting && !isSpeaker(tokens[at]?.key ?? '')),
  ) as [number[], number[]];
  const place = (at: number): number => alignment.at[at] ?? -1;
  const sentence = source.tokens[theirs.cue.first]?.sentence ?? -1;
  const opens = contentBefore(source.tokens, theirs.cue.first, 1).length === 0;
  const placesOf = (side: readonly number[]): number[] =>
    side.map(place).filter((at) => {
      const other = source.tokens[at]?.sentence ?? -1;
      return at !== -1 && (other === sentence || (opens && other === sentence - 1));
    });
  const left = placesOf(before);
  const right = placesOf(after);
  // "Therefore, ...": what it follows from stands in another sentence.
  if (before.length === 0) return theirs.order === own.order && right.length > 0;
  if (left.length < LEAST * before.length || right.length < LEAST * after.length) return false;
  if (left.length === 0 || right.length === 0) return false;
  const isBefore = (at: number): boolean => placeBeside(source.tokens, theirs, at) < 0;
  const shareBefore = (places: readonly number[]): number => places.filter(isBefore).length / places.length;
  const same = own.order === theirs.order;
  const [first, second] = same ? [left, right] : [right, left];
  return (
    shareBefore(first) >= 0.5 && shareBefore(second) <= 0.5 && shareBefore(first) !== shareBefore(second)
  );
}

/** Below zero where a place counts as before a link; "because ..., ..." joins what follows up to the comma. */
function placeBeside(
  tokens: readonly SourceToken[],
  { cue: { first, last }, order }: Side,
  at: number,
): number {
  const opens = order === -1 && contentBefore(tokens, first, 1).length === 0;
  if (!opens || tokens[at]?.sentence !== tokens[first]?.sentence) return at - first;
  return (tokens[at]?.clause ?? 0) > (tokens[last]?.clause ?? 0) ? -1 : 1;
}

/** Content words before and after a link; of "because ..., ..." those after the comma stand for those before. */
function sidesOf(tokens: readonly Token[], { cue: { first, last }, order }: Side): [number[], number[]] {
  const before = contentBefore(tokens, first, SIDE);
  const after = contentAfter(tokens, last, 2 * SIDE);
  if (before.length > 0 || order === 1) return [before, after.slice(0, SIDE)];
  const clause = tokens[last]?.clause ?? 0;
  const own = after.filter((at) => (tokens[at]?.clause ?? 0) <= clause);
  const rest = after.filter((at) => (tokens[at]?.clause ?? 0) > clause);
  return [rest.slice(0, SIDE), own];
}
