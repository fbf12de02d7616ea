import { candidatesFor } from './align.js';
import { denialsIn } from './denials.js';
import { isActor, isSpeaker, isStance } from './kinds.js';
import { groupsOf } from './lexicon.js';
import { meantBy } from './meaning.js';
import { isAcronymIn } from './names.js';
import { figuresIn } from './numbers.js';
import { oppositesIn } from './opposites.js';
import type { View } from './view.js';

/**
 * How the source has a word: itself or derived from it, one that means the same, its opposite (which the checks of denials judge), in what
 * it stands under, a more special or more general one, or not at all.
 */
export type Cover = 'same' | 'alike' | 'turned' | 'context' | 'general' | 'special' | 'none';

/** Words of time and measure, which say little alone; the checks of denials and opposites judge them. */
const RELATING = /^(?:after|before|more|less|enough|alone|together)$/u;
/** In no sentence of the source. */
const NOWHERE = [-1] as const;

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

/** All that a sentence says by its content words; numbers and denials are judged by themselves, and what only reports is not told. */
export function coverageOf(view: View): Covered[] {
  const { tokens, source } = view;
  const figures = new Set(
    figuresIn(tokens).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
  const denying = new Set(denialsIn(tokens).flatMap(({ first, last }) => [first, last]));
  return tokens.flatMap((token, at): Covered[] => {
    if (!token.content || figures.has(at) || denying.has(at) || RELATING.test(token.key)) return [];
    const stance = isStance(token.key) && !decidesThere(view, at);
    if ((token.reporting || isSpeaker(token.key)) && !stance) return [];
    const candidates = candidatesFor(token, source);
    const meant = [...meantBy(token, source)];
    const near = (how: 'general' | 'special'): number[] =>
      meant.filter(([, other]) => other === how).map(([place]) => place);
    const ways: readonly (readonly [Cover, readonly number[]])[] = [
      ['same', candidates.filter(({ distance }) => distance < 2).map((one) => one.at)],
      ['alike', candidates.map((one) => one.at)],
      ['turned', oppositesIn(token, view)],
      ['context', standsAbove(view, at) ? NOWHERE : []],
      ['general', near('general')],
      ['special', near('special')],
    ];
    const [cover, places] = ways.find(([, found]) => found.length > 0) ?? (['none', []] as const);
    const isNew = cover === 'general' || cover === 'special' || cover === 'none';
    return [
      {
        at,
        cover,
        places: places.filter((place) => place !== -1),
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
