import type { Metadata, Paragraph, RecordDocument } from '../corpus/index.js';

/** A paragraph of the corpus with the document it belongs to. Its position in the index is its ordinal. */
export interface IndexedParagraph {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
}

/** One way to find a paragraph: a chunk of its text, or a question that it answers. */
export interface Entry {
  /** Ordinal of the paragraph. */
  readonly paragraph: number;
  readonly kind: EntryKind;
  /** What is encoded. Never shown: quotations come from the source. */
  readonly text: string;
}

export type EntryKind = 'chunk' | 'question';

export interface Manifest {
  /** Version of the layout; another one is rebuilt. */
  readonly format: number;
  /** Same inputs, same identity: corpus, model, format and settings. */
  readonly identity: string;
  /** ISO 8601 time of the build. */
  readonly builtAt: string;
  readonly model: { readonly identity: string; readonly dimension: number };
  readonly documents: readonly { readonly id: Metadata['id']; readonly sha256: string }[];
  readonly counts: { readonly paragraphs: number; readonly chunks: number; readonly questions: number };
  /** SHA-256 of every file of the index, hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}

/** Which paragraphs may be found: by ordinal. */
export type Allowed = (paragraph: number) => boolean;
