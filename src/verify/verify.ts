import type { RecordDocument } from '../corpus/index.js';
import { align, type Fragment, type Step } from './align.js';
import { nearestTexts } from './nearest.js';
import { lineOf, spansFrom, type Text, textsOf, wordNumber, wordsFrom } from './texts.js';
import type { Change, Claim, Match, Verdict } from './types.js';
import { type Quotation, readAs, readQuotation, type Word } from './words.js';

/** Share of equal words from which a passage counts as an altered form of what was given. */
const MIN_SIMILARITY = 0.6;
/** Share of equal words from which a passage that is no altered form is still shown. */
const MIN_SHOWN = 0.3;
/** Share of the given words that fragments must have for a stitched quotation. */
const MIN_COVERAGE = 0.8;
/** A passage with this share of equal words and no more changed words explains a quotation better than fragments. */
const FEW_CHANGES = { similarity: 0.85, words: 6 };
/** A quotation of a word or two stands in many places. */
const MAX_MATCHES = 20;

/** Compares a quotation with the record, word by word. At most 20 matches, in the order of the record. */
export function verify(documents: readonly RecordDocument[], claim: Claim): Verdict {
  const all = documents.flatMap(textsOf);
  const quotation = readQuotation(claim.quote);
  const vocabulary = (key: string) => all.some((text) => text.vocabulary.has(key));
  const segments = quotation.segments.map((segment) => readAs(segment, vocabulary));
  const given = segments.flat();
  if (given.length === 0) return { verdict: 'not_found', matches: [] };

  const exact = all.flatMap((text) => exactMatches(text, quotation));
  if (exact.length > 0) {
    const claimed = exact.filter((match) => isClaimed(match, claim));
    return claimed.length > 0
      ? { verdict: 'verbatim', matches: claimed.slice(0, MAX_MATCHES) }
      : { verdict: 'misattributed', matches: exact.slice(0, MAX_MATCHES) };
  }

  const nearest = nearestTexts(all, given);
  // Of texts that explain the quotation equally well, the one that is claimed.
  const texts = [
    ...nearest.filter((text) => isClaimed(text, claim)),
    ...nearest.filter((text) => !isClaimed(text, claim)),
  ];
  const gaps = new Set(startsOf(segments));
  const matchesOf = (jumps: boolean) =>
    matchesFrom(align(texts, given, { jumps, gaps }), quotation.text, given);
  const fragments = matchesOf(true);
  const [single] = fragments.length > 1 ? matchesOf(false) : fragments;
  if (!single) return { verdict: 'not_found', matches: [] };
  const covered = fragments.reduce((sum, { equal }) => sum + equal, 0);
  const fewChanges = single.match.similarity >= FEW_CHANGES.similarity && single.changed <= FEW_CHANGES.words;
  if (fragments.length > 1 && !fewChanges && covered >= MIN_COVERAGE * given.length) {
    return { verdict: 'stitched', matches: fragments.slice(0, MAX_MATCHES).map(({ match }) => match) };
  }
  if (single.match.similarity >= MIN_SIMILARITY) return { verdict: 'altered', matches: [single.match] };
  return { verdict: 'not_found', matches: single.match.similarity > MIN_SHOWN ? [single.match] : [] };
}

/** Where each segment starts among the words of all. */
function startsOf(segments: readonly (readonly Word[])[]): number[] {
  let start = 0;
  return segments.map(({ length }) => {
    start += length;
    return start - length;
  });
}

function isClaimed({ document, paragraph }: Pick<Match, 'document' | 'paragraph'>, claim: Claim): boolean {
  return (
    (claim.document === undefined || document.metadata.id === claim.document) &&
    (claim.paragraph === null || paragraph.number === claim.paragraph)
  );
}

/** The text from the first segment to the last, where all stand in it in order; the first place, as short as it is. */
function exactMatches(text: Text, { segments }: Quotation): Match[] {
  const lines = segments
    .map((segment) => readAs(segment, (key) => text.vocabulary.has(key)))
    .filter((words) => words.length > 0)
    .map(lineOf);
  if (lines.length === 0) return [];
  let end = 1;
  for (const line of lines) {
    const at = text.line.indexOf(line, end - 1);
    if (at === -1) return [];
    end = at + line.length;
  }
  let start = end;
  for (const line of lines.toReversed()) start = text.line.lastIndexOf(line, start - line.length) + 1;
  const first = wordNumber(text.line, start - 1);
  const last = wordNumber(text.line, end - 1) - 1;
  return [matchOf(text, first, last, 1, [])];
}

function matchOf(
  text: Text,
  first: number,
  last: number,
  similarity: number,
  changes: readonly Change[],
): Match {
  const { document, paragraph } = text;
  return {
    document,
    paragraph,
    quote: wordsFrom(text, first, last),
    spans: spansFrom(text, first, last),
    similarity,
    changes,
  };
}

interface FragmentMatch {
  readonly match: Match;
  /** Words that are the same. */
  readonly equal: number;
  /** Words that are not, on the side that has more of them in each change. */
  readonly changed: number;
}

/** Fragments as matches; what was given between them goes with the one before. */
function matchesFrom(fragments: readonly Fragment[], quote: string, given: readonly Word[]): FragmentMatch[] {
  return fragments.map((fragment, index) => {
    const firstGiven = fragments[index]?.steps[0]?.given ?? 0;
    const nextGiven = fragments[index + 1]?.steps[0]?.given ?? given.length;
    const lastGiven = fragment.steps.at(-1)?.given ?? 0;
    const before = index === 0 ? edge(fragment, 0, firstGiven, -1) : [];
    const after = edge(fragment, lastGiven + 1, nextGiven, index === fragments.length - 1 ? 1 : 0);
    return fragmentMatch(
      { text: fragment.text, steps: [...before, ...fragment.steps, ...after] },
      quote,
      given,
    );
  });
}

/**
 * Steps for the given words from `from` to `to` that stand before (-1) or after (1) the words of a fragment: as many
 * words of the sentence as were given were replaced. With 0 they were put in.
 */
function edge({ text, steps }: Fragment, from: number, to: number, side: -1 | 0 | 1): Step[] {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const end = (side === -1 ? steps[0] : steps.at(-1))?.source ?? 0;
  return numbers.map((number) => {
    const source = side === -1 ? end - (to - number) : end + (number - from) + 1;
    const replaced = side !== 0 && source >= 0 && text.sentences[source] === text.sentences[end];
    return { source: replaced ? source : -1, given: number, equal: false, afterGap: false };
  });
}

function fragmentMatch({ text, steps }: Fragment, quote: string, given: readonly Word[]): FragmentMatch {
  const source = steps.map((step) => step.source).filter((number) => number !== -1);
  const equal = steps.filter((step) => step.equal).length;
  const givenWords = steps.filter((step) => step.given !== -1).length;
  const changes = changesOf(steps);
  const match = matchOf(
    text,
    source[0] ?? 0,
    source.at(-1) ?? 0,
    (2 * equal) / (source.length + givenWords),
    changes.map((change) => ({
      source: stretch(text.text, text.words, change.source),
      given: stretch(quote, given, change.given),
    })),
  );
  const changed = changes.reduce(
    (sum, change) => sum + Math.max(change.source.length, change.given.length),
    0,
  );
  return { match, equal, changed };
}

/** Numbers of the words, on either side, that follow each other and differ. */
function changesOf(steps: readonly Step[]): { readonly source: number[]; readonly given: number[] }[] {
  const changes: { source: number[]; given: number[] }[] = [];
  let open: { source: number[]; given: number[] } | null = null;
  for (const { source, given, equal, afterGap } of steps) {
    if (equal || afterGap) open = null;
    if (equal) continue;
    if (!open) {
      open = { source: [], given: [] };
      changes.push(open);
    }
    if (source !== -1) open.source.push(source);
    if (given !== -1) open.given.push(given);
  }
  return changes;
}

/** What a text has from the first of the words to the last, as it is written. */
function stretch(text: string, words: readonly Word[], numbers: readonly number[]): string {
  const first = words[numbers[0] ?? -1];
  const last = words[numbers.at(-1) ?? -1];
  return first && last ? text.slice(first.start, last.end) : '';
}
