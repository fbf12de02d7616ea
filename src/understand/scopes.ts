/** Kinds of places in a record that words can name. One of a group takes the place of another of it. */
type Group = 'time' | 'session' | 'day';

/** Words of a question that name a place in the record. */
export interface ScopeWords {
  readonly group: Group;
  /** `[start, end)` with the preposition before them. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
  /** The same without preposition and article. */
  readonly core: string;
  /** The preposition and article that go with it wherever it stands. */
  readonly lead: string;
}

const MONTH = 'january|february|march|april|may|june|july|august|september|october|november|december';
const ORDINAL = 'first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last|final|latest|most recent';
const MEETING = 'rounds?|discussions?|meetings?|summar(?:y|ies)|debates?|talks|thematic discussions?';
const DAY = `\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?(?:${MONTH})(?:,?\\s+(?:19|20)\\d\\d)?|(?:${MONTH})\\s+(?:\\d{1,2}(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+(?:19|20)\\d\\d)?|(?:19|20)\\d\\d)`;
const YEAR = '(?<![\\d/.-])(?:19|20)\\d\\d(?![\\d/])';

const KINDS: readonly { readonly group: Group; readonly lead: string; readonly core: string }[] = [
  { group: 'day', lead: 'on', core: DAY },
  {
    group: 'session',
    lead: 'in the',
    core: 'opening(?:\\s+(?:session|meeting|segment)s?)?(?!\\s+(?:statement|speech|remark|address))',
  },
  {
    group: 'session',
    lead: 'in the',
    core: `(?:${ORDINAL})\\s+(?:thematic\\s+)?session(?!s)`,
  },
  { group: 'session', lead: 'in', core: '(?:thematic\\s+)?session\\s+(?:\\d|one|two|three|four)\\b' },
  { group: 'time', lead: 'in the', core: `(?:${ORDINAL})\\s+(?:thematic\\s+)?(?:rounds?|discussions)` },
  { group: 'time', lead: 'under', core: 'pillar\\s+(?:[IVX]+|\\d|one|two|three|four|five)\\b' },
  { group: 'time', lead: 'under the', core: '(?:first|second|third|fourth|fifth)\\s+pillar' },
  {
    group: 'time',
    lead: 'in',
    core: `${YEAR}(?:\\s*(?:-|–|to|through|and|or)\\s*${YEAR})*`,
  },
];

/** Where the words of a question name years, rounds, pillars, sessions and days, in their order. */
export function scopesIn(text: string): ScopeWords[] {
  const found: ScopeWords[] = [];
  for (const { group, lead, core } of KINDS) {
    const pattern = new RegExp(
      `(?:\\b(?:in|during|for|from|of|at|under|on|throughout|within|between|with)\\s+)?(?:\\b(?:the|that|this)\\s+)?(?:\\byear\\s+)?(?<![\\p{L}-])(${core})\\b`,
      'giu',
    );
    for (const match of text.matchAll(pattern)) {
      const [words, said = ''] = match;
      const [start, end] = [match.index, match.index + words.length];
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ group, lead, start, end, words, core: said });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A text without the words that name a place. */
export function withoutScopes(text: string): string {
  const left = scopesIn(text).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
  return left.replace(/\s+(?=\s|[?,.]|$)/gu, '').trim();
}

/** "a year later", "the year before": the year that this is, seen from the last that a question names. */
export function relativeYear(text: string, base: string): string | null {
  const match =
    /\b(?:the\s+)?(?:(?<later>(?:next|following)\s+(?:year|round)|(?:year|round)\s+(?:after(?:wards)?|later))|(?:previous|preceding)\s+(?:year|round)|(?:year|round)\s+(?:before|earlier))\b/iu.exec(
      text,
    );
  const year = new RegExp(`${YEAR}(?!.*${YEAR})`, 'u').exec(base)?.[0];
  if (!match || year === undefined) return null;
  return text.replace(match[0], String(Number(year) + (match.groups?.later ? 1 : -1)));
}

/** A question about another place: each of the new words takes the place of those of its group, or comes last. */
export function rescoped(question: string, asked: readonly ScopeWords[]): string {
  let text = question;
  for (const scope of asked) {
    const standing = scopesIn(text).filter(({ group }) => givesWay(group, scope.group));
    const [first, ...others] = standing;
    for (const { start, end } of others.toReversed()) text = text.slice(0, start) + text.slice(end);
    text = first
      ? text.slice(0, first.start) + inPlaceOf(first, scope, text.slice(first.end)) + text.slice(first.end)
      : appended(text, phraseOf(scope));
  }
  return text.replace(/\s{2,}/gu, ' ').replace(/\s+(?=[?,.])/gu, '');
}

/** A day is a year and a session at once. */
function givesWay(standing: Group, asked: Group): boolean {
  return standing === asked || standing === 'day' || asked === 'day';
}

function phraseOf({ lead, core }: ScopeWords): string {
  return `${lead} ${core}`;
}

/** "in 2021" becomes "in 2023" or "under pillar III", "the 2021 discussions" "the discussions under pillar III". */
function inPlaceOf(old: ScopeWords, scope: ScopeWords, rest: string): string {
  const same = old.lead === scope.lead;
  if (same) return old.words.slice(0, old.words.length - old.core.length) + scope.core;
  const noun = new RegExp(`^\\s+(?:${MEETING})\\b`, 'iu').test(rest);
  if (noun) return `${old.words.slice(0, old.words.length - old.core.length)}${scope.core}`;
  const phrase = phraseOf(scope);
  return old.start === 0 ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : phrase;
}

/** A question with further words before its mark. */
export function appended(question: string, words: string): string {
  return `${question.replace(/[\s?.!]+$/u, '')} ${words}?`;
}
