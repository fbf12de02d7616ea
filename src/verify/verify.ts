import { isCalled, type Paragraph, type RecordDocument } from '../corpus/index.js';
import { align } from './align.js';
import { type Window, windowsFor } from './candidates.js';
import { type FragmentMatch, matchesFrom, matchOf } from './changes.js';
import { MAX_PIECES, type Placement, placementsOf, placesOfPiece } from './exact.js';
import { type Quotation, readAs, readQuotation } from './quotation.js';
import { type Shingles, shinglesOf, weightsOf } from './shingles.js';
import { spansFrom, type Text, wordsFrom } from './texts.js';
import type { Claim, Match, Verdict } from './types.js';
import type { Word } from './words.js';

/** Words that follow each other from which a quotation can be verified wherever it stands. */
const MIN_WORDS = 4;
/** Fewer words can be verified where they stand in no more paragraphs than these. */
const FEW_PLACES = 3;
/** Places from which a short piece of a quotation says nothing at all. */
const COMMONPLACE = 60;
/** Share of equal words, by number and by what they say, from which a passage counts as an altered form. */
const ALTERED = { similarity: 0.6, weight: 0.5 };
/** Share of equal words from which it does, however common they are. */
const CLEARLY_ALTERED = 0.8;
/** Share of equal words from which a passage that is no altered form is still shown. */
const MIN_SHOWN = 0.3;
/** How much less similar a claimed passage may be than the best. */
const NEARLY_BEST = 0.1;
/** Share of the given words that fragments must have for a stitched quotation. */
const MIN_COVERAGE = 0.8;
/** A passage with this share of equal words and no more changed words explains a quotation better than fragments. */
const FEW_CHANGES = { similarity: 0.85, words: 6 };
/** Windows, the likeliest first, that may explain a quotation alone. */
const MAX_SINGLES = 10;
/** A quotation of a few words stands in many places. */
const MAX_MATCHES = 20;

/** Compares a quotation with the record, word by word. At most 20 matches, in the order of the record. */
export function verify(documents: readonly RecordDocument[], claim: Claim): Verdict {
  const all = documents.map(shinglesOf);
  const quotation = readQuotation(claim.quote);
  if (quotation.pieces.length === 0) return notFound();
  if (isCommonplace(all, quotation)) return notFound([], true);
  const placements = placementsOf(all, quotation);
  if (placements.length > 0) return standing(quotation, placements, claim);
  if (wordsIn(quotation) < MIN_WORDS) return notFound([], true);
  const pieced = piecewise(all, quotation, claim);
  return pieced ?? compared(all, quotation, claim);
}

/** Whether it is several pieces of a word or so, each of which stands all over the record. */
function isCommonplace(all: readonly Shingles[], { pieces }: Quotation): boolean {
  return (
    pieces.length > 1 &&
    pieces.every(({ words }) => words.length < MIN_WORDS) &&
    pieces.every((piece) => placesOfPiece(all, piece).length > COMMONPLACE)
  );
}

function notFound(matches: readonly Match[] = [], tooShort = false): Verdict {
  return { verdict: 'not_found', tooShort, matches: matches.slice(0, MAX_MATCHES) };
}

/** The verdict on words that the record has. */
function standing(quotation: Quotation, placements: readonly Placement[], claim: Claim): Verdict {
  const longest = Math.max(...quotation.pieces.map(({ words }) => words.length));
  const paragraphs = new Set(placements.map(({ text }) => text.paragraph));
  const shown = (some: readonly Placement[]) => some.slice(0, MAX_MATCHES).map(matchOfPlacement);
  if (longest < MIN_WORDS && paragraphs.size > FEW_PLACES) return notFound(shown(placements), true);
  const claimed = placements.filter(({ text }) => isClaimed(text, claim));
  return {
    verdict: claimed.length > 0 ? 'verbatim' : 'misattributed',
    tooShort: false,
    matches: shown(claimed.length > 0 ? claimed : placements),
  };
}

function matchOfPlacement({ text, ranges }: Placement): Match {
  const first = ranges[0]?.[0] ?? 0;
  const last = ranges.at(-1)?.[1] ?? 0;
  const pieces = ranges.length > 1 ? ranges : [];
  return {
    ...matchOf(text, first, last),
    pieces: pieces.map((range) => ({ quote: wordsFrom(text, ...range), spans: spansFrom(text, ...range) })),
  };
}

/**
 * Pieces that all stand in the record but may not be joined as they are: a negation is left out, or they are of different
 * paragraphs, or in another order. Null where a piece does not stand there.
 */
function piecewise(all: readonly Shingles[], { pieces }: Quotation, claim: Claim): Verdict | null {
  if (pieces.length > MAX_PIECES || !pieces.some(({ join }) => join === 'ellipsis')) return null;
  const places = pieces.map((piece) => placesOfPiece(all, piece));
  if (places.some(({ length }) => length === 0)) return null;
  const isCommon = (text: Text) => places.every((ofPiece) => ofPiece.some((place) => place.text === text));
  const proven = pieces.filter(
    ({ words }, index) => words.length >= MIN_WORDS || (places[index]?.length ?? 0) <= FEW_PLACES,
  ).length;
  const matches: Match[] = [];
  let before: Text | null = null;
  for (const ofPiece of places) {
    const chosen: Placement | undefined =
      ofPiece.find(({ text }) => text === before) ??
      ofPiece.find(({ text }) => isCommon(text)) ??
      ofPiece.find(({ text }) => isClaimed(text, claim)) ??
      ofPiece[0];
    if (chosen) matches.push(matchOfPlacement(chosen));
    before = chosen?.text ?? null;
  }
  if (proven === 0) return notFound(matches, true);
  return proven > 1 ? { verdict: 'stitched', tooShort: false, matches: matches.slice(0, MAX_MATCHES) } : null;
}

/** The verdict on words that the record does not have as they are. */
function compared(all: readonly Shingles[], quotation: Quotation, claim: Claim): Verdict {
  const has = (key: string) => all.some((shingles) => shingles.placesOfWord(key).length > 0);
  const pieces = quotation.pieces.map(({ words }) => readAs(words, has));
  const given = pieces.flat();
  if (given.length === 0) return notFound();
  const gaps = new Set(startsOf(pieces));
  const weigh = weightsOf(all);
  const windows = windowsFor({ all, given, weigh }, pieces.length > 1).sort(byClaim(claim));
  const fragmentsOf = (of: readonly Window[], jumps: boolean) =>
    matchesFrom(align(of, given, { jumps, gaps }), quotation.text, given);
  const fragments = fragmentsOf(windows, true);
  const singles = bestOf(
    windows.slice(0, MAX_SINGLES).flatMap((window) => fragmentsOf([window], false)),
    claim,
  );
  const [single] = singles;
  if (!single) return notFound();
  if (single.match.changes.length === 0 && quotation.asides) {
    // All that differs is what stands in brackets, and it may not.
    return compared(all, readQuotation(claim.quote, false), claim);
  }
  const shown = fragments.map(({ match }) => match).slice(0, MAX_MATCHES);
  if (isStitched(fragments, single, given)) return { verdict: 'stitched', tooShort: false, matches: shown };
  if (isAltered(single, given, weigh)) {
    return { verdict: 'altered', tooShort: false, matches: singles.map(({ match }) => match) };
  }
  return notFound(single.match.similarity > MIN_SHOWN ? [single.match] : []);
}

/**
 * Those with the most equal words; of a text that is restated there are several. A passage that is claimed comes first
 * where it has almost as many.
 */
function bestOf(singles: readonly FragmentMatch[], claim: Claim): FragmentMatch[] {
  const most = Math.max(...singles.map(({ match }) => match.similarity));
  const best = singles.filter(({ match }) => match.similarity === most);
  const claimed = (hasClaim(claim) ? singles : [])
    .filter(({ match }) => isClaimed(match, claim) && match.similarity >= most - NEARLY_BEST)
    .sort((a, b) => b.match.similarity - a.match.similarity);
  return [...new Set([...claimed.slice(0, 1), ...best])].slice(0, MAX_MATCHES);
}

function isStitched(
  fragments: readonly FragmentMatch[],
  single: FragmentMatch,
  given: readonly Word[],
): boolean {
  const covered = fragments.reduce((sum, { equal }) => sum + equal.length, 0);
  const fewChanges = single.match.similarity >= FEW_CHANGES.similarity && single.changed <= FEW_CHANGES.words;
  return fragments.length > 1 && !fewChanges && covered >= MIN_COVERAGE * given.length;
}

function isAltered(
  { match, equal }: FragmentMatch,
  given: readonly Word[],
  weigh: (key: string) => number,
): boolean {
  const sum = (words: readonly Word[]) => words.reduce((total, { key }) => total + weigh(key), 0);
  return (
    match.similarity >= CLEARLY_ALTERED ||
    (match.similarity >= ALTERED.similarity && sum(equal) >= ALTERED.weight * sum(given))
  );
}

/** Of places that explain a quotation equally well, the one that is claimed. */
function byClaim(claim: Claim): (a: Window, b: Window) => number {
  return (a, b) => Number(isClaimed(b.text, claim)) - Number(isClaimed(a.text, claim));
}

/** Where each piece starts among the words of all. */
function startsOf(pieces: readonly (readonly Word[])[]): number[] {
  let start = 0;
  return pieces.map(({ length }) => {
    start += length;
    return start - length;
  });
}

function wordsIn({ pieces }: Quotation): number {
  return pieces.reduce((sum, { words }) => sum + words.length, 0);
}

function hasClaim({ document, paragraph, paragraphs }: Claim): boolean {
  return document !== undefined || paragraph !== null || paragraphs !== undefined;
}

interface Place {
  readonly document: RecordDocument;
  readonly paragraph: Pick<Paragraph, 'number' | 'print'>;
}

/** Whether a place is one that is claimed; any is where nothing is. */
export function isClaimed({ document, paragraph }: Place, claim: Claim): boolean {
  const paragraphs = claim.paragraphs ?? (claim.paragraph === null ? [] : [claim.paragraph]);
  return (
    (claim.document === undefined || document.metadata.id === claim.document) &&
    (paragraphs.length === 0 || paragraphs.some((called) => isCalled(paragraph, called)))
  );
}
