import { candidatesFor } from './align.js';
import { isActor, isSpeaker, isStance } from './kinds.js';
import { groupsOf } from './lexicon.js';
import { meantBy } from './meaning.js';
import { isAcronymIn } from './names.js';
import { figuresIn } from './numbers.js';
import type { View } from './view.js';

/** How the source has a word: itself or derived, by a list, by WordNet, in what it stands under, more or less general, or not. */
export type Cover = 'same' | 'listed' | 'meant' | 'context' | 'general' | 'special' | 'none';

/** A content word of a sentence, and how the source has it. */
export interface Covered {
  readonly at: number;
  readonly cover: Cover;
  /** Positions of the source that it may stand for. */
  readonly places: readonly number[];
  /** A decision or an attitude that the sentences in use do not have. */
  readonly newStance: boolean;
  /** A body, people, or whoever is told to have said something, and is not there. */
  readonly newActor: boolean;
}

/** All that a sentence says by its content words; numbers are judged by themselves, and what only reports is not told. */
export function coverageOf(view: View): Covered[] {
  const { tokens, source } = view;
  const figures = new Set(
    figuresIn(tokens).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
  return tokens.flatMap((token, at): Covered[] => {
    if (!token.content || figures.has(at)) return [];
    const stance = isStance(token.key) && !decidesThere(view, at);
    if ((token.reporting || isSpeaker(token.key)) && !stance) return [];
    const candidates = candidatesFor(token, source);
    const meant = [...meantBy(token, source)];
    const placesOf: Readonly<Record<Cover, readonly number[]>> = {
      same: candidates.filter(({ distance }) => distance < 2).map((one) => one.at),
      listed: candidates.filter(({ distance }) => distance === 2).map((one) => one.at),
      meant: meant.filter(([, how]) => how === 'same').map(([place]) => place),
      context: [],
      general: meant.filter(([, how]) => how === 'general').map(([place]) => place),
      special: meant.filter(([, how]) => how === 'special').map(([place]) => place),
      none: [],
    };
    const isThere = (['same', 'listed', 'meant'] as const).find((how) => placesOf[how].length > 0);
    const isNear = (['general', 'special'] as const).find((how) => placesOf[how].length > 0);
    const cover = isThere ?? (standsAbove(view, at) ? 'context' : (isNear ?? 'none'));
    const isNew = isThere === undefined && cover !== 'context';
    return [
      {
        at,
        cover,
        places: placesOf[cover],
        newStance: stance,
        newActor: isNew && (isActor(token.key) || speaks(view, at)),
      },
    ];
  });
}

/** Whether a word stands in headings, or is part of an acronym or of what one spells. */
function standsAbove(view: View, at: number): boolean {
  const { tokens, source } = view;
  const token = tokens[at];
  return (
    token !== undefined &&
    (token.bases.some((base) => source.contextBases.has(base)) ||
      isAcronymIn(token, source.tokens) ||
      isAcronymIn(token, source.context) ||
      isPartOfSpelled(view, at))
  );
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
