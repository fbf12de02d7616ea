import { foundBlocks } from './blocks.js';
import { type DraftRange, type FoundQuote, layoutOf, quotesIn } from './quotes.js';
import { type Reference, referencesIn } from './references.js';
import { type DraftSentence, follows, sentencesOfDraft } from './sentences.js';
import { statementIn } from './statements.js';

/**
 * What of a draft is checked: words in quotation marks; a block quote; a passage of a text that has neither marks nor
 * mentions; what a paragraph is said to say, without marks.
 */
export type DraftItemKind = 'quotation' | 'block' | 'passage' | 'statement';

/** Something to check: a text, its place, and the mention that goes with it. */
export interface Found {
  readonly kind: DraftItemKind;
  readonly text: string;
  readonly range: DraftRange;
  readonly reference: Reference | null;
  /** The sentence or block around it, where a document may be named. */
  readonly around: string;
  readonly inner: readonly FoundQuote[];
}

/** All that a draft quotes from the record or says about its paragraphs, in order. */
export function foundIn(draft: string): Found[] {
  const { blocks, paragraphs } = layoutOf(draft);
  const references = referencesIn(draft);
  const found: Found[] = [];
  const sentences: DraftSentence[] = [];
  let next = 0;
  for (const paragraph of paragraphs) {
    const quotes = quotesIn(draft, ...paragraph);
    const own: Reference[] = [];
    for (; next < references.length; next += 1) {
      const reference = references[next];
      if (!reference || reference.range[0] >= paragraph[1]) break;
      if (isInside(reference.range, paragraph)) own.push(reference);
    }
    const outside = own.filter(({ range }) => !quotes.some(({ outer }) => isInside(range, outer)));
    const added = sentencesOfDraft(draft, paragraph, quotes, outside);
    for (const [index, sentence] of added.entries()) {
      found.push(...foundInSentence(draft, sentence, added[index - 1]));
    }
    sentences.push(...added);
  }
  found.push(...foundBlocks(draft, blocks, references, sentences));
  if (found.length === 0) {
    return paragraphs.map((range) => {
      const text = draft.slice(...range);
      return { kind: 'passage', text, range, reference: null, around: text, inner: [] };
    });
  }
  return found.sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]);
}

export function isInside(range: DraftRange, other: DraftRange): boolean {
  return range[0] >= other[0] && range[1] <= other[1];
}

function foundInSentence(draft: string, sentence: DraftSentence, before?: DraftSentence): Found[] {
  const { quotes, references, range } = sentence;
  const around = draft.slice(...range);
  // Where something is quoted, the mentions of the sentence are about that.
  if (quotes.length > 0) {
    return quotes.map((quote) => ({
      kind: 'quotation',
      text: quote.text,
      range: quote.range,
      reference: referenceFor(draft, quote, sentence) ?? announced(draft, range, before),
      around,
      inner: quote.inner,
    }));
  }
  return references.flatMap((reference, index): Found[] => {
    const place = statementIn(draft, partOf(sentence, index), reference);
    if (!place) return [];
    return [{ kind: 'statement', text: draft.slice(...place), range: place, reference, around, inner: [] }];
  });
}

/** The part of a sentence that goes with one of its mentions. */
function partOf({ range, references }: DraftSentence, index: number): DraftRange {
  const next = references[index + 1];
  return [references[index - 1]?.range[1] ?? range[0], next && !next.inBrackets ? next.range[0] : range[1]];
}

/** The mention that a quotation goes with: in brackets right after it, else the last before it, else the next after it. */
function referenceFor(
  draft: string,
  { outer }: FoundQuote,
  { quotes, references }: DraftSentence,
): Reference | null {
  const bracketed = references.find((reference) => reference.inBrackets && follows(draft, outer, reference));
  if (bracketed) return bracketed;
  const isTaken = (reference: Reference) =>
    reference.inBrackets && quotes.some((other) => follows(draft, other.outer, reference));
  const before = references.findLast(
    (reference) => reference.range[1] <= outer[0] && (!reference.inBrackets || !isTaken(reference)),
  );
  return before ?? references.find(({ range }) => range[0] >= outer[1]) ?? null;
}

/** "It says", after a sentence about a paragraph. */
const ANAPHORA = /^(?:it|this|that|there|here|the paragraph)\b/iu;

/** The mention of the sentence before, where that says nothing else: "Paragraph 71 is clear. It says". */
function announced(draft: string, range: DraftRange, sentence?: DraftSentence): Reference | null {
  const [reference] = sentence?.references ?? [];
  if (!sentence || !reference || sentence.quotes.length > 0) return null;
  if (!ANAPHORA.test(draft.slice(...range))) return null;
  return statementIn(draft, sentence.range, reference) ? null : reference;
}
