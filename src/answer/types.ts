import type { Span } from '../corpus/index.js';
import type { Filters, Passage, Retrieval } from '../retrieve/index.js';

export interface Question {
  readonly text: string;
  /** Most citations and passages. */
  readonly limit: number;
  readonly filters: Filters;
  /** Whether words such as "in 2022" limit the search. */
  readonly scope: boolean;
}

/** The source's own words, with their place. */
export interface Quotation {
  readonly quote: string;
  /** More than one where a page break or a footnote stands between. */
  readonly spans: readonly Span[];
}

export interface Citation extends Quotation {
  /** Number of the marker in the answer, from 1. */
  readonly id: number;
  readonly passage: Passage;
  /** 0 to 1: the passage's score. */
  readonly score: number;
  /** What introduces the list whose item is quoted. */
  readonly leadIn: Quotation | null;
  /** Number of the footnote, where one is quoted. */
  readonly footnote: number | null;
}

export interface Answer {
  readonly status: 'answered' | 'not_found';
  /** Quotations with [1] markers, null when not found. */
  readonly text: string | null;
  readonly citations: readonly Citation[];
  /** The nearest passages, also when nothing was found. */
  readonly passages: readonly Passage[];
  readonly retrieval: Retrieval;
  /** Probability that the record answers the question. */
  readonly confidence: number;
}
