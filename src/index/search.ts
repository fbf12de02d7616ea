import type { Sentence } from '../chunk/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings } from '../embed/index.js';
import type { QueryAdapter } from './adapter.js';
import type { Pointer } from './build.js';
import type { ComposedIndex } from './compose.js';
import type { SearchIndex } from './open.js';
import type { Allowed, ChunkEntry, IndexedParagraph, Manifest, QuestionEntry } from './types.js';
import type { Cosines } from './vectors.js';

/** What an index is of: read whole, and held by each process that answers. */
export interface IndexedCorpus {
  readonly documents: readonly RecordDocument[];
  /** By ordinal. */
  readonly paragraphs: readonly IndexedParagraph[];
  /** Sentences of a paragraph, by ordinal. */
  readonly sentencesOf: (ordinal: number) => readonly Sentence[];
  readonly adapter: QueryAdapter;
  readonly embeddings: LocalEmbeddings;
}

/** An index whose vectors and words stand in another process: asked once a stage. */
export interface RemoteIndex extends IndexedCorpus {
  readonly manifest: Manifest;
  /** Which one it is. */
  readonly pointer: Pointer;
  readonly engine: Engine;
}

/** What can be searched: an index in this process, or one elsewhere. */
export type AnyIndex = ComposedIndex | RemoteIndex;

/** The same with its manifest, as answers name it. */
export type ServedIndex = SearchIndex | RemoteIndex;

/** What is searched for. */
export interface Sought {
  /** Of length 1, as encoded and after the adapter. */
  readonly vector: Float32Array;
  readonly adapted: Float32Array;
  /** To be searched for, each as often as the query has it. */
  readonly terms: readonly string[];
  /** Whose frequencies are asked for beside them. */
  readonly others: readonly string[];
}

/** How many are looked at. */
export interface SearchLimits {
  /** Entries of each graph. */
  readonly nearest: number;
  /** Paragraphs by their words. */
  readonly lexical: number;
  /** Questions of a paragraph whose cosines are told, the best first. */
  readonly questions: number;
  /** Questions, wherever they are allowed, with an answer and without. */
  readonly answered: number;
}

/** How a paragraph matches; zero or nothing where there is nothing to compare. */
export interface Match {
  readonly paragraph: number;
  /** BM25+ over text, headings and questions. */
  readonly lexical: number;
  /** BM25+ over text and headings. */
  readonly text: number;
  /** Best cosine with a chunk. */
  readonly chunk: number;
  /** Best cosines with questions, the best first. */
  readonly questions: ArrayLike<number>;
  /** Cosine with the mean of the questions. */
  readonly centroid: number;
}

/** A question of a sidecar, and how near it is to what is asked. */
export interface NearQuestion {
  readonly text: string;
  /** After the adapter. */
  readonly cosine: number;
}

export interface Matches {
  readonly matches: readonly Match[];
  /** The nearest questions, wherever they stand: with an answer, and without. */
  readonly answered: readonly NearQuestion[];
  readonly unanswered: readonly NearQuestion[];
  readonly lexical: Lexicon;
}

/** What is known of a word. */
export interface Lexicon {
  /** Whether it stands anywhere, questions included. */
  knows(term: string): boolean;
  /** Paragraphs whose text or headings have it. */
  frequency(term: string): number;
  /** ln(1 + (N - n + 0.5) / (n + 0.5)). */
  inverseFrequency(term: string): number;
}

export interface Entries<E> {
  /** Rows of a paragraph's entries. */
  rowsOf(paragraph: number): readonly number[];
  entry(row: number): E | undefined;
}

/** Entries of a query's best paragraphs, with their cosines. */
export interface CloseUp {
  readonly chunks: Entries<ChunkEntry>;
  readonly questions: Entries<QuestionEntry>;
  readonly cosines: {
    readonly chunks: Pick<Cosines, 'of'>;
    readonly questions: Pick<Cosines, 'of'>;
    readonly unanswered: Pick<Cosines, 'of'>;
  };
}

/** All that is asked of an index elsewhere: one call a stage of a search. */
export interface Engine {
  /** The heading nearest to a vector, among the paragraphs that it may be the first of. */
  heading(
    vector: Float32Array,
    allowed: Allowed | null,
  ): Promise<{ readonly paragraph: number; readonly position: number; readonly similarity: number } | null>;
  /** Every paragraph that one of the searches finds. */
  find(sought: Sought, limits: SearchLimits, allowed: Allowed | null): Promise<Matches>;
  closeUp(sought: Sought, paragraphs: readonly number[]): Promise<CloseUp>;
}
