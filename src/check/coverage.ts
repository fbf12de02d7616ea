import { isActor, isLight, isSpeaker, isStance } from './kinds.js';
import { groupsOf } from './lexicon.js';
import { isAcronymIn } from './names.js';
import { figuresIn } from './numbers.js';
import { oppositesIn } from './polarity.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Share of a sentence's content that may be in words the source has not, and what is free beside it. */
const SHARE = 0.2;
const FREE = 0.35;
/** A verb more easily stands for another than a noun does. */
const VERB = 0.6;
const LIGHT = 0.3;
const STRAY = 0.5;

/** Content that does not stand in the source, or is gathered from here and there. */
export function coverageFaults(view: View): Fault[] {
  const { tokens, source, alignment } = view;
  const figures = new Set(
    figuresIn(tokens).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
  const missing: number[] = [];
  const faults: Fault[] = [];
  let total = 0;
  let cost = 0;
  for (const [at, token] of tokens.entries()) {
    if (!token.content || figures.has(at)) continue;
    const free = token.reporting || isSpeaker(token.key);
    if (isStance(token.key) && !decidesThere(view, at)) {
      faults.push({ kind: 'uncovered', words: token.written });
      continue;
    }
    if (free) continue;
    total += 1;
    if ((alignment.at[at] ?? -1) !== -1) continue;
    if (token.bases.some((base) => source.contextBases.has(base))) continue;
    if (isAcronymIn(token, source.tokens) || isAcronymIn(token, source.context)) continue;
    if (isPartOfSpelled(view, at)) continue;
    if (oppositesIn(token, view).length > 0) continue;
    if (isActor(token.key) || speaks(view, at)) {
      faults.push({ kind: 'name', words: token.written });
      continue;
    }
    missing.push(at);
    cost += isLight(token.bases) ? LIGHT : isVerb(view, at) ? VERB : 1;
  }
  const stray = straysIn(view);
  cost += stray.length * STRAY;
  if (cost > FREE + SHARE * total) {
    for (const at of [...missing, ...stray]) faults.push({ kind: 'uncovered', words: wordsOfView(view, at) });
  }
  return faults;
}

/** Words between somebody and what he is told to have said. */
const SUBJECT = 4;

/** Whether a word names who said something: only who the source names may have. */
function speaks({ tokens }: View, at: number): boolean {
  const opens =
    tokens[at - 1]?.clause !== tokens[at]?.clause || /^(?:the|an|a)$/u.test(tokens[at - 1]?.key ?? '');
  if (!opens) return false;
  for (let next = at + 1; next <= at + SUBJECT; next += 1) {
    const token = tokens[next];
    if (!token || token.clause !== tokens[at]?.clause) return false;
    if ((token.reporting || isStance(token.key)) && /(?:ed|id|ld|s|ke)$/u.test(token.key))
      return !/^(?:was|were|is|are|be|been|being)$/u.test(tokens[next - 1]?.key ?? '');
    if (token.reporting || /^(?:was|were|is|are|be|of)$/u.test(token.key)) return false;
  }
  return false;
}

/** Whether a word looks like a verb by its end or by what stands before it. */
function isVerb({ tokens }: View, at: number): boolean {
  return (
    /(?:ed|ing|ize|ise|ify)$/u.test(tokens[at]?.key ?? '') ||
    /^(?:to|can|could|may|might|must|should|will|would|not|cannot)$/u.test(tokens[at - 1]?.key ?? '')
  );
}

/** Whether the sentences in use decide so too. */
function decidesThere({ tokens, source, used }: View, at: number): boolean {
  const token = tokens[at];
  const groups = groupsOf(token?.bases ?? []);
  return source.tokens.some(
    (other) =>
      used.has(other.sentence) &&
      (other.bases.some((base) => token?.bases.includes(base)) ||
        groupsOf(other.bases).some((group) => groups.includes(group))),
  );
}

/** A word of an expansion whose acronym the source has: "artificial" of AI. */
function isPartOfSpelled({ tokens, source }: View, at: number): boolean {
  for (let length = 2; length <= 8; length += 1) {
    for (
      let first = Math.max(0, at - length + 1);
      first <= at && first + length <= tokens.length;
      first += 1
    ) {
      const letters = tokens
        .slice(first, first + length)
        .filter(({ content }) => content)
        .map(({ key }) => key[0])
        .join('');
      if (
        letters.length > 1 &&
        source.keys.has(letters) &&
        source.tokens.some(({ key, written }) => key === letters && written === letters.toUpperCase())
      )
        return true;
    }
  }
  return false;
}

/** Words that stand alone in a sentence of the source which neither word beside them stands in. */
function straysIn({ tokens, source, alignment }: View): number[] {
  const placed = tokens.flatMap((token, at) => {
    const place = alignment.at[at] ?? -1;
    if (place === -1 || token.reporting || isSpeaker(token.key)) return [];
    return [{ at, sentence: source.tokens[place]?.sentence ?? -1 }];
  });
  return placed.flatMap(({ at, sentence }, index) => {
    const before = placed[index - 1];
    const after = placed[index + 1];
    if (!before && !after) return [];
    return before?.sentence !== sentence && after?.sentence !== sentence ? [at] : [];
  });
}
