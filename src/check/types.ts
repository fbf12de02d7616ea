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

export interface SentenceVerdict {
  /** Whether no fault was found. */
  readonly supported: boolean;
  readonly faults: readonly Fault[];
}
