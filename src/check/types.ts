/** A paragraph that a sentence cites. */
export interface CheckedPassage {
  /** Wording of the paragraph. */
  readonly text: string;
  /** What it stands under: headings, year and title of the document. */
  readonly context: string;
}

export const FAULT_KINDS = [
  'uncited',
  'quotation',
  'name',
  'number',
  'date',
  'negation',
  'cause',
  'uncovered',
  'instruction',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** The words of the sentence, or of the passage where the sentence leaves some out that it must not. */
  readonly words: string;
}

/** What of a passage a sentence retells. */
export interface Retold {
  /** Position among the passages that it cites. */
  readonly passage: number;
  /** Sentences of the passage as they stand there, in its order. */
  readonly sentences: readonly string[];
}

export interface SentenceVerdict {
  /** Whether no fault was found. */
  readonly supported: boolean;
  readonly faults: readonly Fault[];
  /** Whether a single check found one of them. Else the sentence is only not borne out for sure. */
  readonly sure: boolean;
  /** What of the passages it retells, rightly or not: what can be said in its place. */
  readonly retold: readonly Retold[];
}
