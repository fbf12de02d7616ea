import type { Paragraph, RecordDocument, Span } from '../corpus/index.js';

export type VerdictKind = 'verbatim' | 'altered' | 'stitched' | 'misattributed' | 'not_found';

export interface Claim {
  readonly quote: string;
  /** Document that it is said to stand in. */
  readonly document?: string | undefined;
  /** Paragraph that it is said to stand in; 0 is the front matter. */
  readonly paragraph: number | null;
}

export interface Change {
  /** Words of the record, empty where words were put in. */
  readonly source: string;
  /** Words that were given, empty where words were left out. */
  readonly given: string;
}

/** A place of the record that the quotation, or a part of it, comes from. */
export interface Match {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  readonly quote: string;
  readonly spans: readonly Span[];
  /** Share of the words that are the same, 0 to 1. */
  readonly similarity: number;
  readonly changes: readonly Change[];
}

export interface Verdict {
  readonly verdict: VerdictKind;
  readonly matches: readonly Match[];
}
