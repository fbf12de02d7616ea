import { candidatesFor } from './align.js';
import { type Cue, contentAfter, contentBefore, cuesIn, focusOf, phrasesOf } from './cues.js';
import { areOpposite } from './lexicon.js';
import { ofSource } from './source.js';
import { basesOf } from './stems.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** What denies. A sentence must have one where its source does, and the other way round. */
const NEGATIONS = phrasesOf(`
not only|not just|not merely|not solely|not least|no doubt|no less|nothing but|not alone|whether or not
not yet|not|no longer|no|never|neither|nor|none|nobody|nothing|nowhere|without|cannot|no one|hardly|scarcely|rarely|seldom|barely
didn't|don't|doesn't|isn't|wasn't|aren't|weren't|won't|wouldn't|couldn't|can't|shouldn't|hasn't|haven't|hadn't|mustn't
lack|lacks|lacked|lacking|absence|absent|missing|fail to|fails to|failed to|failing to|failure to|failed|refuse*|refusal
unable|inability|impossible|unlikely|deny|denies|denied|denial|reject|rejects|rejected|rejecting|rejection|rather than|instead of|as opposed to|far from|devoid
non|unless|except|excluding|ceased to|stopped|declined to|nonexistent|ruled out
`);
/** Phrases of the list above that only look like it. */
const AFFIRMING = new Set(['only', 'just', 'merely', 'solely', 'least', 'doubt', 'less', 'but', 'alone']);
/** What a denial may be put as, though it is no denial itself. */
const NEARLY = phrasesOf(
  'limited|few|little|gap|gaps|difficult*|weak*|insufficient*|inadequate*|scarc*|shortage*|shortcoming*|poor|low|alone|avoid*|prevent*|prohibit*|against|underreport*|beyond|exclu*|prior|before|pending|awaiting|hamper*|hinder*|challeng*|deprivation|deprive*|less|end|ending|free|other than|yet to|challenge',
);

/** What the sentence may put a denial of its source as. */
const OWN_NEARLY = phrasesOf(
  'limited|few|little|gap|gaps|insufficient*|inadequate*|scarc*|shortage*|shortcoming*|avoid*|prohibit*|exclu*|pending|awaiting|yet to|deprivation|deprive*|other than',
);

/** Words after a denial within which it may turn what it is found near. */
const REACH = 7;
const REACH_BACK = 4;
const FOCUS = 3;

const denialsOf = ofSource((source) => denialsIn(source.tokens));
const reachedOf = ofSource((source) => reachOf(source.tokens, denialsOf(source)));
const nearlyOf = ofSource((source) => reachOf(source.tokens, cuesIn(source.tokens, NEARLY)));

/** Denials that one side has and the other has not, and words for their opposites. */
export function polarityFaults(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const own = denialsIn(tokens);
  const theirs = denialsOf(source);
  const reached = reachedOf(source);
  const nearly = nearlyOf(source);
  const faults: Fault[] = [];

  for (const cue of own) {
    const focus = focusOf(tokens, cue, FOCUS);
    const kept = focus.some((at) => {
      const token = tokens[at];
      if (!token) return false;
      const places = candidatesFor(token, source)
        .map(({ at: place }) => place)
        .filter((place) => view.used.has(source.tokens[place]?.sentence ?? -1));
      if (places.some((place) => reached.has(place) || nearly.has(place))) return true;
      return oppositeIn(token, view) !== null;
    });
    if (!kept && !hasSame(cue, view))
      faults.push({ kind: 'negation', words: wordsOfView(view, cue.first, cue.last) });
  }

  const ownReach = reachOf(tokens, own);
  const ownNearly = reachOf(tokens, cuesIn(tokens, OWN_NEARLY));
  const placed = new Map<number, number>();
  for (const [index, place] of alignment.at.entries()) if (place !== -1) placed.set(place, index);
  for (const cue of theirs) {
    if (!view.used.has(source.tokens[cue.first]?.sentence ?? -1)) continue;
    const focus = focusOf(source.tokens, cue, FOCUS);
    const taken = focus.flatMap((place) => placed.get(place) ?? []);
    const enough = Math.max(1, Math.ceil(focus.length * 0.6));
    if (taken.length < enough) continue;
    const first = placed.get(focus[0] ?? -1);
    if (first === undefined && taken.length < focus.length) continue;
    if (taken.some((at) => ownReach.has(at) || ownNearly.has(at))) continue;
    if (taken.some((at) => isOppositeOfPlace(tokens[at], source.tokens[alignment.at[at] ?? -1]))) continue;
    // The cue's own word is enough where it is one of content: "refused", "lacking".
    if (alignment.at.some((place) => place >= cue.first && place <= cue.last)) continue;
    const last = focus.at(-1) ?? cue.last;
    const from = source.tokens[Math.min(cue.first, focus[0] ?? cue.first)];
    const to = source.tokens[Math.max(last, cue.last)];
    const text = source.texts[from?.passage ?? 0] ?? '';
    faults.push({ kind: 'negation', words: text.slice(from?.start ?? 0, to?.end ?? 0) });
  }

  for (const [index, token] of tokens.entries()) {
    if (!token.content || alignment.at[index] !== -1) continue;
    const opposite = oppositeIn(token, view);
    if (opposite === null) continue;
    const turned = ownReach.has(index) !== reached.has(opposite);
    if (!turned) faults.push({ kind: 'negation', words: token.written });
  }
  return faults;
}

/** Denials of a text, without what only looks like one. */
export function denialsIn(tokens: readonly Token[]): Cue[] {
  return cuesIn(tokens, NEGATIONS).filter(
    ({ first, last }) =>
      (first === last || !AFFIRMING.has(tokens[last]?.key ?? '')) &&
      !(tokens[first]?.key === 'no' && /^\d/u.test(tokens[first + 1]?.key ?? '')),
  );
}

/** Positions that denials may turn. */
function reachOf(tokens: readonly Token[], cues: readonly Cue[]): Set<number> {
  return new Set(
    cues.flatMap(({ first, last }) => [
      ...contentAfter(tokens, last, REACH),
      ...contentBefore(tokens, first, REACH_BACK),
      ...Array.from({ length: last - first + 1 }, (_, index) => first + index),
    ]),
  );
}

/** Whether the sentences that are used have the very word of a denial that carries content itself. */
function hasSame({ first }: Cue, { tokens, source, used }: View): boolean {
  const token = tokens[first];
  if (!token?.content) return false;
  return candidatesFor(token, source).some(({ at }) => used.has(source.tokens[at]?.sentence ?? -1));
}

/** A word of the sentences that are used which says the opposite; null where there is none. */
export function oppositeIn(token: Token, { source, used }: View): number | null {
  const without = withoutPrefix(token.key);
  for (const [place, other] of source.tokens.entries()) {
    if (!other.content || !used.has(other.sentence)) continue;
    if (areOpposite(token.bases, other.bases)) return place;
    if (without && other.bases.some((base) => without.includes(base))) return place;
    const otherWithout = withoutPrefix(other.key);
    if (otherWithout && token.bases.some((base) => otherWithout.includes(base))) return place;
  }
  return null;
}

function isOppositeOfPlace(token: Token | undefined, other: Token | undefined): boolean {
  return token !== undefined && other !== undefined && areOpposite(token.bases, other.bases);
}

const PREFIX = /^(?:un|in|im|il|ir|non|dis|mis|anti|de)(?=.{4})/u;

/** What a word is compared by without a prefix that turns it round. */
function withoutPrefix(key: string): readonly string[] | null {
  const rest = key.replace(PREFIX, '');
  return rest === key ? null : basesOf(rest);
}
