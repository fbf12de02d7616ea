import { type Answer, bestExtract, type Citation, type Quotation } from '../answer/index.js';
import {
  type Paragraph,
  placeOf,
  type RecordDocument,
  spansOf,
  urlOf,
  type Wording,
} from '../corpus/index.js';
import type { ServedIndex } from '../index/index.js';
import type { Passage, Retrieval } from '../retrieve/index.js';
import type { DraftVerdict, Match, Verdict } from '../verify/index.js';

/** What is said where the record does not answer. */
export const NOT_ANSWERED = 'The record does not answer this question.';

/** Longest snippet of a search result, in characters. */
const MAX_SNIPPET = 320;

function passageView(index: ServedIndex, passage: Passage, retrieval: Retrieval, text: string) {
  const { url, ...place } = placeOf(passage);
  const snippet = bestExtract(index, passage, retrieval, text)?.quote ?? passage.paragraph.wording.text;
  return { ...place, score: round(passage.score, 4), snippet: shorten(snippet), url };
}

/** How an answer was made: of quotations alone, or written by a model and checked sentence by sentence. */
export type Mode = 'extractive' | 'generated';

/** What a language model had to do with an answer. */
export interface GenerationView {
  /** provider:model */
  readonly model: string;
  /**
   * Sentences that it wrote, of which `repaired` are in the answer in a second wording, `replaced` in the record's own words, and `removed`
   * not at all.
   */
  readonly sentences: number;
  readonly repaired: number;
  readonly replaced: number;
  readonly removed: number;
  /** Tokens that it read and wrote for this, as far as it says; 0 where the answer was known. */
  readonly tokens: { readonly input: number; readonly output: number };
  /** Why the answer is extractive all the same. */
  readonly reason?: FallbackReason | undefined;
}

/** Why what a model writes, or that it does not, leaves a question with the extractive answer. */
export const FALLBACK_REASONS = [
  'timeout',
  'rate_limited',
  'unavailable',
  'rejected',
  'bad_response',
  'refused',
  'empty',
  'endless',
  'too_little',
] as const;
export type FallbackReason = (typeof FALLBACK_REASONS)[number];

/** A sentence of a written answer, with its marks. */
export interface SentenceView {
  readonly text: string;
  /** Ids of the citations that it has marks of. */
  readonly citations: readonly number[];
  /** Whose words it is in: of the record's, the text has the quotation of its one citation, in quotation marks. */
  readonly words: 'model' | 'record';
}

/** A quotation with its place, as it is cited. */
export type Cited = Omit<Citation, 'passage'> & { readonly passage: Pick<Passage, 'document' | 'paragraph'> };

export function citationView({ id, quote, spans, passage, score, leadIn, footnote }: Cited) {
  const { url, ...place } = placeOf(passage);
  return {
    id,
    quote,
    spans,
    ...place,
    score: round(score, 4),
    url,
    leadIn: leadIn && quotationView(leadIn),
    footnote,
  };
}

export function quotationView({ quote, spans }: Quotation) {
  return { quote, spans };
}

export type AnswerView = ReturnType<typeof answerView> & {
  readonly generation?: GenerationView | undefined;
  /** Of an answer that was written, what it is made of. */
  readonly sentences?: readonly SentenceView[] | undefined;
};
export type SearchView = ReturnType<typeof searchView>;
export type VerifyView = ReturnType<typeof verifyView>;
export type DraftView = ReturnType<typeof draftView>;
export type MatchView = ReturnType<typeof matchView>;
export type CitationView = ReturnType<typeof citationView>;
export type PassageView = ReturnType<typeof passageView>;

/** The body of `/v1/ask`, but for the time it took. */
export function answerView(index: ServedIndex, answer: Answer, text: string) {
  return {
    status: answer.status,
    answer: answer.text,
    citations: answer.citations.map(citationView),
    passages: answer.passages.map((passage) => passageView(index, passage, answer.retrieval, text)),
    confidence: round(answer.confidence, 4),
    mode: 'extractive' as Mode,
    scope: answer.retrieval.scope,
    index: index.manifest.identity,
  };
}

/** The body of `/v1/search`, but for the time it took. */
export function searchView(index: ServedIndex, retrieval: Retrieval, text: string) {
  return {
    query: text,
    results: retrieval.passages.map((passage) => passageView(index, passage, retrieval, text)),
    scope: retrieval.scope,
    index: index.manifest.identity,
  };
}

export function documentView({ metadata, sha256, paragraphs }: RecordDocument) {
  return {
    ...metadata,
    sha256,
    paragraphs: paragraphs.filter(({ number }) => number > 0).length,
    url: `/v1/documents/${metadata.id}`,
  };
}

export function documentDetailView(document: RecordDocument) {
  return {
    ...documentView(document),
    frontMatter: document.paragraphs.some(({ number }) => number === 0),
    outline: document.outline,
    source: `/v1/documents/${document.metadata.id}/source`,
  };
}

export function paragraphView(document: RecordDocument, paragraph: Paragraph) {
  const position = document.paragraphs.indexOf(paragraph);
  const neighbour = (offset: number) => {
    const other = document.paragraphs[position + offset];
    return other ? urlOf(document, other) : null;
  };
  const view = (wording: Wording) => ({
    text: wording.text,
    spans: spansOf(wording, 0, wording.text.length, document.source),
  });
  return {
    ...placeOf({ document, paragraph }),
    ...view(paragraph.wording),
    bullets: paragraph.blocks.filter(({ kind }) => kind === 'bullet').map(({ wording }) => view(wording)),
    footnotes: paragraph.footnotes.map(({ mark, wording }) => ({ mark, ...view(wording) })),
    previous: neighbour(-1),
    next: neighbour(1),
  };
}

export function verifyView({ verdict, tooShort, matches }: Verdict) {
  return { verdict, tooShort, matches: matches.map(matchView) };
}

/** The body of `/v1/verify` for a draft. */
export function draftView({ items, counts, unchecked }: DraftVerdict) {
  return {
    items: items.map(({ matches, ...item }) => ({ ...item, matches: matches.map(matchView) })),
    counts,
    unchecked,
  };
}

function matchView(match: Match) {
  const { quote, spans, similarity, changes, pieces, diff } = match;
  return { ...placeOf(match), quote, spans, similarity: round(similarity, 4), changes, pieces, diff };
}

function shorten(text: string): string {
  if (text.length <= MAX_SNIPPET) return text;
  return `${text.slice(0, MAX_SNIPPET).replace(/\s+\S*$/u, '')} …`;
}

export function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
