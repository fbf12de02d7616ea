import { diffArrays } from 'diff';
import { type Part, partsOf } from '../chunk/index.js';
import { type Paragraph, type RecordDocument, spansOf, type Wording } from '../corpus/index.js';
import type { Change, Claim, Match, Verdict } from './types.js';
import { segmentsOf, type Word, wordsOf } from './words.js';

/** Share of equal words from which a passage counts as an altered form of what was given. */
const MIN_SIMILARITY = 0.6;
/** Shortest fragment, in words, that counts as taken from the record. */
const MIN_FRAGMENT = 4;
/** Share of the given words that fragments must cover for a stitched quotation. */
const MIN_COVERAGE = 0.85;
/** Fewest words between two fragments of one passage that make them separate statements rather than an omission. */
const MIN_STITCH_GAP = 6;
/** Parts of the record that are compared word by word. */
const CANDIDATES = 6;

/** A block or footnote of the record, read into words. */
interface Text {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  readonly part: Part;
  readonly wording: Wording;
  readonly words: readonly Word[];
  /** The words with a space around each, for exact search. */
  readonly line: string;
}

const texts = new WeakMap<RecordDocument, readonly Text[]>();

/** Compares a quotation with the record, word by word. */
export function verify(documents: readonly RecordDocument[], claim: Claim): Verdict {
  const all = documents.flatMap(textsOf);
  const segments = segmentsOf(claim.quote).map(wordsOf);
  const given = segments.flat();
  if (given.length === 0) return { verdict: 'not_found', matches: [] };

  const exact = all.flatMap((text) => exactMatches(text, segments));
  if (exact.length > 0) {
    const claimed = exact.filter((match) => isClaimed(match, claim));
    return claimed.length > 0
      ? { verdict: 'verbatim', matches: claimed }
      : { verdict: 'misattributed', matches: exact };
  }
  const [nearest] = nearestTexts(all, given)
    .map((text) => alignedMatch(text, given))
    .sort((a, b) => b.similarity - a.similarity || Number(isClaimed(b, claim)) - Number(isClaimed(a, claim)));
  const fragments = fragmentsOf(all, given);
  if (fragments && fragments.length > 1) return { verdict: 'stitched', matches: fragments };
  if (nearest && nearest.similarity >= MIN_SIMILARITY) return { verdict: 'altered', matches: [nearest] };
  return { verdict: 'not_found', matches: nearest && nearest.similarity > 0.3 ? [nearest] : [] };
}

function textsOf(document: RecordDocument): readonly Text[] {
  const known = texts.get(document);
  if (known) return known;
  const read = document.paragraphs.flatMap((paragraph) =>
    partsOf(paragraph).map(({ part, wording }): Text => {
      const words = wordsOf(wording.text);
      return { document, paragraph, part, wording, words, line: lineOf(words) };
    }),
  );
  texts.set(document, read);
  return read;
}

function lineOf(words: readonly Word[]): string {
  return ` ${words.map(({ key }) => key).join(' ')} `;
}

function isClaimed({ document, paragraph }: Match, claim: Claim): boolean {
  return (
    (claim.document === undefined || document.metadata.id === claim.document) &&
    (claim.paragraph === null || paragraph.number === claim.paragraph)
  );
}

/** The text from the first segment to the last, where all stand in it in order. */
function exactMatches(text: Text, segments: readonly (readonly Word[])[]): Match[] {
  let from = 0;
  let first = -1;
  let last = -1;
  for (const segment of segments) {
    const line = lineOf(segment);
    const at = text.line.indexOf(line, from);
    if (at === -1) return [];
    const position = wordPosition(text.line, at);
    if (first === -1) first = position;
    last = position + segment.length - 1;
    from = at + line.length - 1;
  }
  return [matchOf(text, first, last, 1, [])];
}

function wordPosition(line: string, at: number): number {
  return line.slice(0, at + 1).split(' ').length - 2;
}

function matchOf(
  text: Text,
  first: number,
  last: number,
  similarity: number,
  changes: readonly Change[],
): Match {
  const { wording, document, paragraph } = text;
  const start = text.words[first]?.start ?? 0;
  const end = text.words[last]?.end ?? 0;
  return {
    document,
    paragraph,
    quote: wording.text.slice(start, end),
    spans: spansOf(wording, start, end, document.source),
    similarity,
    changes,
  };
}

/** The texts that share most with what was given, counted in pairs of neighbouring words, then in words. */
function nearestTexts(all: readonly Text[], given: readonly Word[]): Text[] {
  const pairs = given.slice(1).map((word, index) => ` ${given[index]?.key} ${word.key} `);
  const scored = all.map((text) => {
    const shared = pairs.filter((pair) => text.line.includes(pair)).length;
    const words = given.filter(({ key }) => text.line.includes(` ${key} `)).length;
    return { text, score: shared + words / (given.length + 1) };
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES)
    .map(({ text }) => text);
}

/** What was given against the stretch of the text that is most like it. */
function alignedMatch(text: Text, given: readonly Word[]): Match {
  const window = bestWindow(text, given);
  const source = text.words.slice(...window);
  const parts = diffArrays(
    source.map(({ key }) => key),
    given.map(({ key }) => key),
  );
  // What the window has before the first and after the last common word is not part of the comparison.
  const firstCommon = parts.findIndex(({ added, removed }) => !added && !removed);
  const lastCommon = parts.findLastIndex(({ added, removed }) => !added && !removed);
  const inner = parts.filter(({ removed }, index) => !removed || (index > firstCommon && index < lastCommon));
  const before = parts.slice(0, Math.max(firstCommon, 0)).filter(({ removed }) => removed);
  const skipped = before.reduce((sum, { value }) => sum + value.length, 0);
  const length = inner.filter(({ added }) => !added).reduce((sum, { value }) => sum + value.length, 0);
  const common = inner
    .filter(({ added, removed }) => !added && !removed)
    .reduce((sum, { value }) => sum + value.length, 0);
  const first = window[0] + skipped;
  const similarity = common === 0 ? 0 : (2 * common) / (length + given.length);
  return matchOf(text, first, first + Math.max(length, 1) - 1, similarity, changesOf(inner));
}

/** `[start, end)` of the words with most of the given ones, a quarter longer than what was given. */
function bestWindow(text: Text, given: readonly Word[]): [number, number] {
  const size = Math.min(text.words.length, Math.ceil(given.length * 1.25) + 2);
  const wanted = new Set(given.map(({ key }) => key));
  const hit = text.words.map(({ key }) => (wanted.has(key) ? 1 : 0) as number);
  let sum = hit.slice(0, size).reduce((total, value) => total + value, 0);
  let best = sum;
  let start = 0;
  for (let end = size; end < hit.length; end += 1) {
    sum += (hit[end] ?? 0) - (hit[end - size] ?? 0);
    if (sum > best) {
      best = sum;
      start = end - size + 1;
    }
  }
  return [start, start + size];
}

interface DiffPart {
  readonly value: readonly string[];
  readonly added?: boolean;
  readonly removed?: boolean;
}

function changesOf(parts: readonly DiffPart[]): Change[] {
  const changes: { source: string; given: string }[] = [];
  let open: { source: string; given: string } | null = null;
  for (const { value, added, removed } of parts) {
    if (!added && !removed) {
      open = null;
      continue;
    }
    if (!open) {
      open = { source: '', given: '' };
      changes.push(open);
    }
    if (added) open.given = value.join(' ');
    else open.source = value.join(' ');
  }
  return changes;
}

/**
 * Covers what was given with the longest fragments of the record, left to right; null where too much is left over, or
 * where they are one passage with a small omission.
 */
function fragmentsOf(all: readonly Text[], given: readonly Word[]): Match[] | null {
  const found: { readonly text: Text; readonly first: number; readonly last: number }[] = [];
  let covered = 0;
  for (let from = 0; from < given.length; ) {
    const longest = longestFragment(all, given, from);
    if (!longest) {
      from += 1;
      continue;
    }
    const { text, first, length } = longest;
    found.push({ text, first, last: first + length - 1 });
    covered += length;
    from += length;
  }
  const separate = found.filter((fragment, index) => {
    const before = found[index - 1];
    if (!before || before.text !== fragment.text) return true;
    const gap = fragment.first - before.last - 1;
    return gap < 0 || gap >= MIN_STITCH_GAP;
  });
  if (covered < MIN_COVERAGE * given.length || separate.length < 2) return null;
  return found.map(({ text, first, last }) => matchOf(text, first, last, 1, []));
}

function longestFragment(
  all: readonly Text[],
  given: readonly Word[],
  from: number,
): { readonly text: Text; readonly first: number; readonly length: number } | null {
  let candidates = all;
  let best: { text: Text; first: number; length: number } | null = null;
  for (let length = MIN_FRAGMENT; from + length <= given.length; length += 1) {
    const line = lineOf(given.slice(from, from + length));
    candidates = candidates.filter((text) => text.line.includes(line));
    const [text] = candidates;
    if (!text) break;
    best = { text, first: wordPosition(text.line, text.line.indexOf(line)), length };
  }
  return best;
}
