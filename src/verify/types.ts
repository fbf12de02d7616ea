import type { Paragraph, RecordDocument, Span } from '../corpus/index.js';

export const VERDICTS = ['verbatim', 'altered', 'stitched', 'misattributed', 'not_found'] as const;

export type VerdictKind = (typeof VERDICTS)[number];

export interface Claim {
  readonly quote: string;
  /** Document that it is said to stand in. */
  readonly document?: string | undefined;
  /** Paragraph that it is said to stand in; 0 is the front matter. */
  readonly paragraph: number | null;
  /** Several paragraphs, in one of which it is said to stand, instead of `paragraph`. */
  readonly paragraphs?: readonly number[] | undefined;
}

export interface Change {
  /** Words of the record, empty where words were put in. */
  readonly source: string;
  /** Words that were given, empty where words were left out. */
  readonly given: string;
}

/** Words that the record and what was given share, or one of them has, or that were openly left out. */
export interface DiffPart {
  readonly kind: 'same' | 'record' | 'given' | 'omitted';
  readonly text: string;
}

/** A stretch of the record. */
export interface Stretch {
  readonly quote: string;
  readonly spans: readonly Span[];
}

/** A place of the record that the quotation, or a part of it, comes from. */
export interface Match extends Stretch {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  /** Share of the words that are the same, 0 to 1. */
  readonly similarity: number;
  readonly changes: readonly Change[];
  /** Where words were openly left out or put in: what is quoted on either side. Else empty. */
  readonly pieces: readonly Stretch[];
  /** Where words differ: all of them in order, to be read with a space between. Else empty. */
  readonly diff: readonly DiffPart[];
}

export interface Verdict {
  readonly verdict: VerdictKind;
  /** Whether it is `not_found` because so few and common words prove nothing wherever they stand. */
  readonly tooShort: boolean;
  readonly matches: readonly Match[];
}
