import type { Part, Range } from '../chunk/index.js';
import type { Metadata, Paragraph, RecordDocument } from '../corpus/index.js';

/** A paragraph of the corpus with the document it belongs to. Its position in the index is its ordinal. */
export interface IndexedParagraph {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
}

/** One way to find a paragraph. */
export type Entry = ChunkEntry | QuestionEntry | UnansweredEntry | HeadingEntry;

interface BaseEntry {
  /** Ordinal of the paragraph. */
  readonly paragraph: number;
  /** What is encoded. Never shown: quotations come from the source. */
  readonly text: string;
}

/** A piece of the paragraph's own text. */
export interface ChunkEntry extends BaseEntry {
  readonly kind: 'chunk';
  readonly part: Part;
  readonly range: Range;
}

/** A question that the paragraph answers. */
export interface QuestionEntry extends BaseEntry {
  readonly kind: 'question';
  /** How near each sentence of the paragraph is to the question, 0 to 1, in the order of `sentencesOf`. */
  readonly affinities: readonly number[];
}

/** A question near the paragraph that the document does not answer. */
export interface UnansweredEntry extends BaseEntry {
  readonly kind: 'unanswered';
}

/** A heading above the paragraph, the first under it. */
export interface HeadingEntry extends BaseEntry {
  readonly kind: 'heading';
  /** Position in the document's outline. */
  readonly position: number;
}

export type EntryKind = Entry['kind'];

export interface Manifest {
  /** Version of the layout; another one is rebuilt. */
  readonly format: number;
  /** Same inputs, same identity: corpus, model, format and settings. */
  readonly identity: string;
  /** ISO 8601 time of the build. */
  readonly builtAt: string;
  readonly model: { readonly identity: string; readonly dimension: number };
  readonly documents: readonly { readonly id: Metadata['id']; readonly fingerprint: string }[];
  readonly counts: {
    readonly paragraphs: number;
    readonly chunks: number;
    readonly questions: number;
    readonly unanswered: number;
  };
  /** What the graph in a file is of: those of an earlier index are taken over where this is the same. */
  readonly graphs: Readonly<Record<string, string>>;
  /** SHA-256 of every file of the index, hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}

/** Which paragraphs may be found: by ordinal. */
export type Allowed = (paragraph: number) => boolean;

/** Vectors of the index, each in a file of its entries and one for each segment, or two, none where it is empty. */
export const VECTORS = ['chunks', 'questions', 'unanswered', 'headings'] as const;
export type VectorsName = (typeof VECTORS)[number];
/**
 * Those in graphs. Of the 48 questions nearest to a development question a graph finds .95 in some 0.7 ms; bits, codes and products of
 * what is left find .999 in 0.2 ms and half the memory.
 */
export const IN_GRAPHS: ReadonlySet<VectorsName> = new Set(['chunks', 'headings']);

/** Entries of an index by row. */
export interface EntryList<E extends Entry> {
  readonly size: number;
  /** -1 where there is no such row. */
  paragraphOf(row: number): number;
  entry(row: number): E | undefined;
}

export function listOf<E extends Entry>(entries: readonly E[]): EntryList<E> {
  return {
    size: entries.length,
    paragraphOf: (row) => entries[row]?.paragraph ?? -1,
    entry: (row) => entries[row],
  };
}
