import type { OutlineEntry, Paragraph, RecordDocument } from '../corpus/index.js';
import type { IndexedParagraph } from '../index/index.js';
import { remembered } from '../remembered.js';
import type { ScopeTerm } from './types.js';

/** Whether a paragraph is in scope: by its place, only by what its text says, by all but the heading that is named, or not. */
export type Standing = 'inside' | 'mentioned' | 'elsewhere' | 'outside';

export interface Scope {
  readonly terms: readonly ScopeTerm[];
  /** Whether a paragraph can be outside. */
  readonly limits: boolean;
  standing(paragraph: IndexedParagraph): Standing;
}

interface Candidate extends ScopeTerm {
  readonly document: RecordDocument;
  /** Asked of paragraphs of the document. */
  inside(paragraph: Paragraph): boolean;
  /** What a text says that speaks of it elsewhere. */
  readonly mention: RegExp | null;
}

const ORDINALS = ['first|1st', 'second|2nd', 'third|3rd', 'fourth|4th', 'fifth|5th', 'sixth|6th'];
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI'];
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six'];
const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** With one of these an ordinal session is of this record, and not of some other body. */
const NAMES_ROUND = /\b(?:(?:19|20)\d\d|pillar|round)\b/iu;
/** Start of a paragraph in which the day of its session stands, in UTF-16 code units. */
const OPENING_WORDS = 30;
const MEETING = 'rounds?|thematic|discussions?|sessions?|meetings?|summar(?:y|ies)|panels?|debates?|talks';

/** What a question without limits is searched in. */
export const EVERYWHERE: Scope = { terms: [], limits: false, standing: () => 'inside' };
/** What a question must have for years and days, rounds, pillars, openings and sessions to be looked for in it. */
const WORDS = [/\d/u, /\b(?:rounds?|discussions)\b/iu, /\bpillar\b/iu, /\bopening\b/iu, /\bsession\b/iu];

/**
 * Limits that the words of a question set, read against the outlines of the documents: a year, a round of the
 * discussions by its ordinal, a pillar, a session by its ordinal, or the opening session.
 */
export function readScope(question: string, documents: readonly RecordDocument[]): Scope {
  // Most questions have none of the words without which no term is found: no outline is read for them.
  const has = WORDS.map((words) => words.test(question));
  const [numbers, rounds, pillars, openings, sessions] = has;
  if (!has.includes(true)) return EVERYWHERE;
  const yearSaid = yearsIn(question);
  const asked = numbers ? dayIn(question) : null;
  const candidates = documents.flatMap((document) => {
    const named = [
      ...(numbers ? yearTerms(yearSaid, document) : []),
      ...(rounds ? roundTerms(question, document) : []),
      ...(pillars ? pillarTerms(question, document) : []),
    ];
    return [
      ...named,
      ...(openings ? openingTerms(question, document) : []),
      ...(sessions ? sessionTerms(question, document, named) : []),
      ...(asked ? dayTerms(asked, document) : []),
    ];
  });
  const kinds = [...new Set(candidates.map(({ kind }) => kind))].map((kind) =>
    kindOf(candidates.filter((candidate) => candidate.kind === kind)),
  );
  const insideAll = ({ paragraph, document }: IndexedParagraph) =>
    kinds.every(({ of }) => of.get(document)?.some((term) => term.inside(paragraph)));
  // Words that together mean no place in the corpus are not a scope.
  const anywhere = () =>
    documents.some(
      (document) =>
        kinds.every(({ of }) => of.has(document)) &&
        document.paragraphs.some((paragraph) => insideAll({ paragraph, document })),
    );
  if (kinds.length === 0 || !anywhere()) return EVERYWHERE;
  const standing = (indexed: IndexedParagraph): Standing => {
    const { paragraph, document } = indexed;
    if (insideAll(indexed)) return 'inside';
    const excluded = kinds.some(
      ({ filters, of, mentions }) =>
        filters &&
        !of.get(document)?.some((term) => term.inside(paragraph)) &&
        // What stands under the heading of a year belongs to that year, whatever other years it speaks of.
        !(paragraph.year === null && mentions.some((mention) => mention.test(paragraph.wording.text))),
    );
    return excluded ? 'outside' : 'mentioned';
  };
  return {
    terms: distinct(candidates.map(({ kind, value, words, mode }) => ({ kind, value, words, mode }))),
    limits: kinds.some(({ filters }) => filters),
    standing,
  };
}

/** The terms of one kind: a document looks only at its own. */
interface Kind {
  readonly of: ReadonlyMap<RecordDocument, readonly Candidate[]>;
  readonly filters: boolean;
  readonly mentions: readonly RegExp[];
}

function kindOf(terms: readonly Candidate[]): Kind {
  const of = new Map<RecordDocument, Candidate[]>();
  for (const term of terms) {
    const own = of.get(term.document);
    if (own) own.push(term);
    else of.set(term.document, [term]);
  }
  const mentions = terms.flatMap(({ mention }) => mention ?? []);
  return { of, filters: terms.some(({ mode }) => mode === 'filter'), mentions: [...new Set(mentions)] };
}

/** Years of the headings of a document. */
const yearsOf = remembered((document: RecordDocument) => [
  ...new Set(document.outline.map(({ year }) => year).filter((year) => year !== null)),
]);

function yearTerms(yearSaid: ReturnType<typeof yearsIn>, document: RecordDocument): Candidate[] {
  return yearsOf(document).flatMap((year): Candidate[] => {
    const said = yearSaid(year);
    return said ? [yearTerm(document, year, said.words, said.mode)] : [];
  });
}

/** How a question says a year, which many documents may have; null where it does not. */
function yearsIn(question: string): (year: number) => Pick<ScopeTerm, 'words' | 'mode'> | null {
  const ranges = rangesIn(question);
  const known = new Map<number, Pick<ScopeTerm, 'words' | 'mode'> | null>();
  return (year) => {
    const before = known.get(year);
    if (before !== undefined) return before;
    const said = yearIn(question, year, ranges);
    known.set(year, said);
    return said;
  };
}

function yearIn(
  question: string,
  year: number,
  ranges: ReturnType<typeof rangesIn>,
): Pick<ScopeTerm, 'words' | 'mode'> | null {
  const range = ranges.find(({ from, to }) => year >= from && year <= to);
  if (range) return { words: range.words, mode: 'filter' };
  const named = pattern(`\\b${year}\\b`, 'u').exec(question);
  if (!named) return null;
  const dated = pattern(`\\b(?:${MONTH})\\s+${year}\\b`, 'iu').exec(question);
  const said = pattern(
    `\\b(?:in|during|for|from|of|at|throughout)\\s+(?:the\\s+)?(?:year\\s+)?${year}\\b|\\b${year}\\s+(?:${MEETING})\\b|(?<!\\b(?:after|before|since|until|till|by)\\s)\\b${year}\\b(?=\\W*$)|^\\W*${year}\\b`,
    'iu',
  ).exec(question);
  // "after 2022" is no scope of 2022.
  const beyond = pattern(
    `\\b(?:after|before|since|until|till|by)\\s+(?:the\\s+)?(?:year\\s+)?${year}\\b`,
    'iu',
  ).test(question);
  const match = beyond ? null : (dated ?? said ?? named);
  return match ? { words: match[0].trim(), mode: said && !dated ? 'filter' : 'boost' } : null;
}

function yearTerm(document: RecordDocument, year: number, words: string, mode: ScopeTerm['mode']): Candidate {
  return {
    kind: 'year',
    value: String(year),
    words,
    mode,
    document,
    inside: (paragraph) => paragraph.year === year,
    mention: pattern(`\\b${year}\\b`, 'u'),
  };
}

/** Patterns are made of years, ordinals and numerals, of which there are few: each is compiled once. */
const patterns = new Map<string, RegExp>();

function pattern(source: string, flags: string): RegExp {
  const key = `${flags} ${source}`;
  const made = patterns.get(key) ?? new RegExp(source, flags);
  patterns.set(key, made);
  return made;
}

/** "2021-2023", "from 2021 to 2023", "between 2021 and 2023" */
function rangesIn(
  question: string,
): { readonly from: number; readonly to: number; readonly words: string }[] {
  const range =
    /\b(?:(?:in|from|during|for|of)\s+)?((?:19|20)\d\d)\s*(?:-|–|\bto\b|\bthrough\b|\buntil\b)\s*((?:19|20)\d\d)\b|\bbetween\s+((?:19|20)\d\d)\s+and\s+((?:19|20)\d\d)\b/giu;
  return [...question.matchAll(range)].map((match) => ({
    from: Number(match[1] ?? match[3]),
    to: Number(match[2] ?? match[4]),
    words: match[0],
  }));
}

/** "the second round": the rounds are the headings that name a year, in order. */
function roundTerms(question: string, document: RecordDocument): Candidate[] {
  const rounds = document.outline.filter(({ kind }) => kind === 'year');
  return rounds.flatMap((round, index): Candidate[] => {
    const last = index === rounds.length - 1 ? '|last|final|latest|most recent' : '';
    const match = pattern(
      `\\b(?:${ORDINALS[index] ?? '-'}${last})\\s+(?:thematic\\s+)?(?:rounds?|discussions)\\b`,
      'iu',
    ).exec(question);
    return match ? [within(document, round, 'round', match[0])] : [];
  });
}

function pillarTerms(question: string, document: RecordDocument): Candidate[] {
  return document.outline.flatMap((entry): Candidate[] => {
    const numeral = /\bPillar\s+([IVX]+)\b/u.exec(entry.title)?.[1];
    const position = ROMAN.indexOf(numeral ?? '');
    if (position === -1) return [];
    const match = pattern(
      `\\bpillar\\s+(?:${numeral}|${position + 1}|${NUMBERS[position]})\\b|\\b(?:${ORDINALS[position]})\\s+pillar\\b`,
      'iu',
    ).exec(question);
    if (!match) return [];
    return [
      {
        ...within(document, entry, 'pillar', match[0]),
        mention: pattern(`\\bPillar\\s+${numeral}\\b`, 'u'),
      },
    ];
  });
}

function openingTerms(question: string, document: RecordDocument): Candidate[] {
  const match =
    /\bopening\s+(?:session|meeting|segment|remarks|statements?)s?\b|\b(?:at|in|during)\s+the\s+opening\b/iu.exec(
      question,
    );
  if (!match) return [];
  const openings = document.outline.filter(({ title }) => /\bopening\b/iu.test(title));
  return openings.map((entry) => ({
    ...within(document, entry, 'section', match[0]),
    value: 'Opening session',
  }));
}

/** "the second session", "thematic session 2": in each round, the sections after the opening are its sessions, in order. */
function sessionTerms(question: string, document: RecordDocument, named: readonly Candidate[]): Candidate[] {
  const rounds = document.outline.filter(({ kind }) => kind === 'year');
  return rounds.flatMap(({ from, to }) => {
    const sessions = document.outline.filter(
      (entry) =>
        entry.kind === 'section' &&
        entry.from >= from &&
        entry.to <= to &&
        !/\bopening\b/iu.test(entry.title),
    );
    return sessions.flatMap((entry, index): Candidate[] => {
      const last = index === sessions.length - 1 ? '|last|final' : '';
      const match = pattern(
        `(?<said>\\b(?:in|at|during|from|of)\\s+(?:the\\s+)?)?(?<![\\p{L}-])(?:(?:${ORDINALS[index] ?? '-'}${last})\\s+(?<thematic>thematic\\s+)?session\\b(?!\\s+of\\s+the\\b)|(?:thematic\\s+)?session\\s+(?:${index + 1}|${NUMBERS[index] ?? '-'})\\b)`,
        'iu',
      ).exec(question);
      if (!match || !isOfRound(entry, document, named)) return [];
      const { said, thematic } = match.groups ?? {};
      const outright = said !== undefined || thematic !== undefined || NAMES_ROUND.test(question);
      // What stands before the rounds tells what their sessions were about.
      const mention = entry.year === null ? null : pattern(`\\b${entry.year}\\b`, 'u');
      const term = within(document, entry, 'section', match[0]);
      return [{ ...term, mention, mode: outright ? 'filter' : 'boost' }];
    });
  });
}

/** Of sessions in every round only those of the round that is named are meant. */
function isOfRound({ from }: OutlineEntry, document: RecordDocument, named: readonly Candidate[]): boolean {
  const first = document.paragraphs.find(({ number }) => number === from);
  return named.length === 0 || (first !== undefined && named.some((term) => term.inside(first)));
}

/** "on 21 September 2023": the session whose first paragraph begins with that day. */
function dayTerms(asked: Day, document: RecordDocument): Candidate[] {
  return sittingsOf(document).flatMap(({ entry, held }): Candidate[] => {
    if (held.day !== asked.day || held.month !== asked.month) return [];
    // A summary may leave out the year where the heading has it.
    const year = held.year ?? String(entry.year);
    return asked.year === null || asked.year === year
      ? [within(document, entry, 'section', asked.words)]
      : [];
  });
}

/** Sections of a document that begin with a day. */
const sittingsOf = remembered((document: RecordDocument) => {
  const firsts = new Map(document.paragraphs.toReversed().map((paragraph) => [paragraph.number, paragraph]));
  return document.outline.flatMap((entry) => {
    const first = entry.kind === 'section' ? firsts.get(entry.from) : undefined;
    const held = first ? dayIn(first.wording.text.slice(0, OPENING_WORDS)) : null;
    return held ? [{ entry, held }] : [];
  });
});

interface Day {
  readonly day: string;
  /** First three letters, lower case. */
  readonly month: string;
  readonly year: string | null;
  readonly words: string;
}

/** "On 21 September 2023", "September 21st, 2023" */
function dayIn(text: string): Day | null {
  const ordinal = '(\\d{1,2})(?:st|nd|rd|th)?';
  const before = pattern(
    `\\b(?:on\\s+)?(?:the\\s+)?${ordinal}\\s+(?:of\\s+)?(${MONTH})\\b,?(?:\\s+((?:19|20)\\d\\d))?`,
    'iu',
  ).exec(text);
  const after = pattern(`\\b(?:on\\s+)?(${MONTH})\\s+${ordinal}\\b,?(?:\\s+((?:19|20)\\d\\d))?`, 'iu').exec(
    text,
  );
  const [day, month, year, words] = before
    ? [before[1], before[2], before[3], before[0]]
    : [after?.[2], after?.[1], after?.[3], after?.[0]];
  if (day === undefined || month === undefined || words === undefined) return null;
  return { day, month: month.slice(0, 3).toLowerCase(), year: year ?? null, words: words.trim() };
}

function within(
  document: RecordDocument,
  entry: OutlineEntry,
  kind: ScopeTerm['kind'],
  words: string,
): Candidate {
  return {
    kind,
    value: entry.title,
    words,
    mode: 'filter',
    document,
    inside: ({ number }) => number >= entry.from && number <= entry.to,
    mention: kind === 'section' || entry.year === null ? null : pattern(`\\b${entry.year}\\b`, 'u'),
  };
}

function distinct(terms: readonly ScopeTerm[]): ScopeTerm[] {
  return [...new Map(terms.map((term) => [`${term.kind} ${term.value}`, term])).values()];
}
