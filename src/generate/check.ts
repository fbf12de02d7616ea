import { termsOf } from '../index/index.js';

export interface CheckedPassage {
  readonly text: string;
  readonly context: string;
}
export interface SentenceVerdict {
  readonly supported: boolean;
  readonly faults: readonly {
    readonly kind:
      | 'uncited'
      | 'quotation'
      | 'name'
      | 'number'
      | 'date'
      | 'negation'
      | 'cause'
      | 'uncovered'
      | 'instruction';
    readonly words: string;
  }[];
}

/** Stands in until src/check is there. */
export function checkSentence(sentence: string, cited: readonly CheckedPassage[]): SentenceVerdict {
  const held = new Set(cited.flatMap(({ text, context }) => termsOf(`${text} ${context}`)));
  const missing = termsOf(sentence).filter((term) => !held.has(term));
  return {
    supported: missing.length === 0,
    faults: missing.map((words) => ({ kind: 'uncovered' as const, words })),
  };
}
