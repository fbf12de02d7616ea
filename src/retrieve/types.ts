import type { Paragraph, RecordDocument } from '../corpus/index.js';
import type { CloseUp, Lexicon, NearQuestion } from '../index/index.js';

/** What a request limits the search to. Values of one kind widen, kinds narrow; an empty list limits nothing. */
export interface Filters {
  readonly documents: readonly string[];
  /** Years of the heading above a paragraph. */
  readonly years: readonly number[];
  /** Parts of headings, in any case. */
  readonly sections: readonly string[];
  readonly paragraphs: { readonly from?: number | undefined; readonly to?: number | undefined } | null;
}

export const NO_FILTERS: Filters = { documents: [], years: [], sections: [], paragraphs: null };

export interface Query {
  readonly text: string;
  /** Most passages to return. */
  readonly limit: number;
  readonly filters: Filters;
  /** Whether words such as "in 2022" limit the search. */
  readonly scope: boolean;
}

/** How a paragraph matches a query, each signal alone. Zero where there is nothing to compare. */
export interface Signals {
  /** BM25 over text, headings and questions. */
  readonly lexical: number;
  /** BM25 over text and headings. */
  readonly text: number;
  /** Share of the query's terms that text and headings have, by how much they say. */
  readonly coverage: number;
  /** Best cosine with a chunk. */
  readonly chunk: number;
  /** Best cosine with a question, after the adapter. */
  readonly question: number;
  /** Mean of the best cosines with questions, after the adapter. */
  readonly questions: number;
  /** Cosine with the mean of the questions, after the adapter. */
  readonly centroid: number;
}

/** A paragraph that was found. */
export interface Passage {
  /** Position of the paragraph in the index. */
  readonly ordinal: number;
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  /** 0 to 1, the best near 1: fused from the signals, each divided by the best of the query. */
  readonly score: number;
  readonly signals: Signals;
}

/** A limit that was understood from the words of a question. */
export interface ScopeTerm {
  readonly kind: 'year' | 'pillar' | 'round' | 'section' | 'heading';
  /** What it stands for, as the outline says it. */
  readonly value: string;
  /** The words of the question that say it. */
  readonly words: string;
  /** A filter leaves out what is outside, a boost puts it lower. */
  readonly mode: 'filter' | 'boost';
}

/** Questions of the sidecars nearest to one, nearest first: those that the documents answer, and those that they do not. */
export interface NearestQuestions {
  readonly answered: readonly NearQuestion[];
  readonly unanswered: readonly NearQuestion[];
}

/** Exact cosines with entries of paragraphs: of chunks with the text as encoded, of questions after the adapter. */
export type QueryCosines = CloseUp['cosines'];

/** The entries of the passages, and the words of the query: all that an answer reads of an index. */
export interface Near extends Omit<CloseUp, 'cosines'> {
  readonly lexical: Lexicon;
}

export interface Retrieval {
  /** Best first, one a paragraph. */
  readonly passages: readonly Passage[];
  readonly scope: readonly ScopeTerm[];
  /** The question's vector, of length 1, as encoded and after the adapter. */
  readonly vector: Float32Array;
  readonly adapted: Float32Array;
  readonly cosines: QueryCosines;
  readonly near: Near;
  /** The nearest questions of the sidecars. */
  readonly nearest: NearestQuestions;
}
