import { candidatesFor } from './align.js';
import { isSpeaker } from './kinds.js';
import { ofSource } from './source.js';
import type { Token } from './tokens.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** How many: words of one class may stand for each other. */
const CLASSES: Readonly<Record<string, string>> = {
  some: 'some',
  several: 'some',
  various: 'some',
  certain: 'some',
  multiple: 'some',
  number: 'some',
  others: 'some',
  many: 'many',
  numerous: 'many',
  most: 'most',
  majority: 'most',
  all: 'all',
  every: 'all',
  each: 'all',
  everyone: 'all',
  everybody: 'all',
  unanimously: 'all',
  unanimous: 'all',
  few: 'few',
  minority: 'few',
  one: 'one',
  single: 'one',
  a: 'one',
  half: 'half',
  both: 'both',
  no: 'none',
  none: 'none',
};
/** Words between how many and of whom. */
const BETWEEN = 3;
const PEOPLE =
  /^(?:speakers?|participants?|delegat\w+|panell?ists?|experts?|countr\w+|states?|members?|representatives?|interventions?|governments?|observers?|parties)$/u;

/** What little of something may stand for. */
const FEW = /^(?:low|little|limited|small|rare\w*|scarce|scant|minor)$/u;

const quantitiesOf = ofSource((source) => quantitiesIn(source.tokens));

interface Quantity {
  readonly at: number;
  readonly of: string;
  /** Position of what is counted; -1 where it is not said. */
  readonly head: number;
}

/** Shares of people or things that the source does not give: "many" for "some", "all" for "most". */
export function quantityFaults(view: View): Fault[] {
  const { tokens, source, used } = view;
  const own = quantitiesIn(tokens);
  if (own.length === 0) return [];
  const theirs = quantitiesOf(source);
  return own
    .filter(({ of, at, head }) => {
      const token = tokens[head];
      const people = token !== undefined && PEOPLE.test(token.key);
      if (!people && (of === 'some' || of === 'one' || of === 'none')) return false;
      if (
        !people &&
        of === 'few' &&
        source.tokens.some((other) => FEW.test(other.key) && used.has(other.sentence))
      )
        return false;
      const sentences = people ? withLeads(sentencesAfter(view, at), view) : used;
      return !theirs.some((other) => {
        if (other.of !== of && !(of === 'some' && other.of === 'some')) return false;
        if (!sentences.has(source.tokens[other.at]?.sentence ?? -1)) return false;
        if (!people || !token) return true;
        const otherHead = source.tokens[other.head];
        // "Some referred to ...": people though it does not say so.
        if (other.head === -1) return source.tokens[other.at + 1]?.reporting === true;
        if (
          of === 'some' &&
          otherHead &&
          isSpeaker(otherHead.key) &&
          /^(?:countr|state|government)/u.test(token.key)
        )
          return true;
        return (
          otherHead !== undefined &&
          PEOPLE.test(otherHead.key) &&
          (areAlike(token, otherHead) ||
            candidatesFor(token, source).some(({ at: place }) => place === other.head))
        );
      });
    })
    .map(({ at, head }) => ({ kind: 'number' as const, words: wordsOfView(view, at, Math.max(at, head)) }));
}

function areAlike(own: Token, other: Token): boolean {
  return (
    isSpeaker(own.key) && (isSpeaker(other.key) || /^(?:expert|representative|delegat)/u.test(other.key))
  );
}

function quantitiesIn(tokens: readonly Token[]): Quantity[] {
  return tokens.flatMap(({ key, sentence }, at): Quantity[] => {
    const of = Object.hasOwn(CLASSES, key) ? CLASSES[key] : undefined;
    if (of === undefined) return [];
    const before = tokens[at - 1]?.key ?? '';
    if (key === 'number' && before !== 'a' && !/^(?:large|great|significant|considerable)$/u.test(before))
      return [];
    if ((key === 'most' || key === 'all') && (before === 'at' || before === 'above')) return [];
    if (key === 'no' && before !== '') return [];
    let head = -1;
    for (let next = at + 1; next <= at + BETWEEN + 1 && next < tokens.length; next += 1) {
      const token = tokens[next];
      if (!token || token.sentence !== sentence || Object.hasOwn(CLASSES, token.key)) break;
      if (PEOPLE.test(token.key)) {
        head = next;
        break;
      }
      if (token.content && tokens[at + 1]?.key === 'of') break;
    }
    // "a" counts only right before a person; "most" before an adjective compares.
    if ((key === 'a' || key === 'both') && head !== at + 1) return [];
    // "A country with little risk": any.
    if (key === 'a' && /^(?:countr|state|government|member)/u.test(tokens[head]?.key ?? '')) return [];
    if (key === 'one' && isOneOfMore(tokens, at)) return [];
    if (key === 'numerous' && before === 'more') return [];
    if (key === 'one' && (tokens[at + 1]?.key === 'of' || head === -1)) return [];
    if ((head === -1 && (key === 'each' || key === 'others')) || tokens[at + 1]?.key === 'other') return [];
    const large = key === 'number' && before !== 'a';
    if (head === -1 && key === 'most' && !isQuantifying(tokens, at)) return [];
    return [{ at, of: large ? 'many' : of, head }];
  });
}

/** "one ..., another ...", "one way", "one should": no number of things. */
export function isOneOfMore(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.key ?? '';
  if (
    /^(?:way|ways|means|method|reason|example|thing|factor|should|can|could|must|may|might|has|needs)$/u.test(
      next,
    )
  )
    return true;
  return tokens
    .slice(at + 1)
    .some(({ key, sentence }) => sentence === tokens[at]?.sentence && /^(?:another|other)$/u.test(key));
}

/** "most offences", but not "the most serious". */
function isQuantifying(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    tokens[at - 1]?.key !== 'the' &&
    (next?.key === 'of' || next?.content === true) &&
    !/(?:ly|ous|ive|al|ant|ent|ful|ing|ed)$/u.test(tokens[at + 1]?.key ?? '')
  );
}

/** Sentences of the source that the words after a place up to the next quantity stand in. */
function sentencesAfter({ tokens, source, alignment, used }: View, at: number): Set<number> {
  const found = new Set<number>();
  let seen = 0;
  for (let next = at + 1; next < tokens.length && seen < 6; next += 1) {
    const place = alignment.at[next] ?? -1;
    if (place === -1 || tokens[next]?.reporting || PEOPLE.test(tokens[next]?.key ?? '')) continue;
    found.add(source.tokens[place]?.sentence ?? -1);
    seen += 1;
  }
  return found.size > 0 ? found : new Set(used);
}

const PRONOUNS = new Set('they he she it these this those'.split(' '));

/** With sentences that go on with a pronoun, those before them. */
export function withLeads(sentences: ReadonlySet<number>, { source }: View): Set<number> {
  const all = new Set(sentences);
  for (const sentence of sentences) {
    let current = sentence;
    for (let back = 0; back < 3; back += 1) {
      const start = source.tokens.findIndex((token) => token.sentence === current);
      const opening = source.tokens.slice(start, start + 4).filter((token) => token.sentence === current);
      if (start <= 0 || !opening.some(({ key }) => PRONOUNS.has(key))) break;
      current -= 1;
      all.add(current);
    }
  }
  return all;
}
