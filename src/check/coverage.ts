import { isActor, isDeciding, isSpeaker } from './kinds.js';
import { isPolar } from './lexicon.js';
import { isAcronymIn } from './names.js';
import { figuresIn } from './numbers.js';
import { oppositeIn } from './polarity.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Share of a sentence's content that may be in words the source has not, and what is free beside it. */
const SHARE = 0.12;
const FREE = 0.5;
/** A verb more easily stands for another than a noun does. */
const VERB = 0.6;
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
    if (isDeciding(token.key) && !decidesThere(view, at)) {
      faults.push({ kind: 'uncovered', words: token.written });
      continue;
    }
    if (free) continue;
    total += 1;
    if ((alignment.at[at] ?? -1) !== -1) continue;
    if (token.bases.some((base) => source.contextBases.has(base))) continue;
    if (isAcronymIn(token, source.tokens) || isAcronymIn(token, source.context)) continue;
    if (isPartOfSpelled(view, at)) continue;
    if (oppositeIn(token, view) !== null) continue;
    if (isActor(token.key) || isPolar(token.bases)) {
      faults.push({ kind: isActor(token.key) ? 'name' : 'uncovered', words: token.written });
      continue;
    }
    missing.push(at);
    cost += /(?:ed|ing|ize|ise)$/u.test(token.key) || tokens[at - 1]?.key === 'to' ? VERB : 1;
  }
  const stray = straysIn(view);
  cost += stray.length * STRAY;
  if (cost > FREE + SHARE * total) {
    for (const at of [...missing, ...stray]) faults.push({ kind: 'uncovered', words: wordsOfView(view, at) });
  }
  return faults;
}

/** Whether the sentences in use decide so too. */
function decidesThere({ tokens, source, used }: View, at: number): boolean {
  const token = tokens[at];
  return source.tokens.some(
    (other) => used.has(other.sentence) && other.bases.some((base) => token?.bases.includes(base)),
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
