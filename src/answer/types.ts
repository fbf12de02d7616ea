import type { Span } from '../corpus/index.js';
import type { Filters, Passage, Retrieval } from '../retrieve/index.js';

export interface Question {
  readonly text: string;
  /** Most citations and passages. */
  readonly limit: number;
  readonly filters: Filters;
  /** Whether words such as "in 2022" limit the search. */
  readonly scope: boolean;
  /** "extractive" asks for quotations alone, also where a language model is set. */
  readonly answer?: 'extractive' | 'generated';
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

/** A logistic regression over the evidence and, where it has weights for it, the question's vector. */
export interface Coefficients {
  readonly bias: number;
  /** In the order of `EVIDENCE`, for the evidence as it is. */
  readonly evidence: readonly number[];
  /** One for each dimension of the question's vector, or none. */
  readonly vector: readonly number[];
}

/** Two questions decide: is the topic in the record, and is the fact that is asked for. */
export interface Judges {
  readonly topic: Coefficients;
  readonly fact: Coefficients;
  /** The probability is the logistic of `slope` * ln(topic * fact) + `intercept` (Platt, 1999). */
  readonly slope: number;
  readonly intercept: number;
  /** Probability below which a question is not answered. */
  readonly threshold: number;
}

/** What `npm run calibrate` writes. */
export interface Calibration {
  /** Identity of the encoder that `full` was trained with. */
  readonly model: string;
  /** Id of the document that `full` was trained on: its weights of the question's vector know that record's topics. */
  readonly document: string;
  readonly full: Judges;
  /** For any other encoder or document whose sidecar has questions without an answer too. */
  readonly guarded: Judges;
  /** For a document whose sidecar has only questions with an answer. */
  readonly plain: Judges;
  /** For a document without a sidecar of questions. */
  readonly bare: Judges;
}
