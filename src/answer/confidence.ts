import type { SearchIndex } from '../index/index.js';
import type { Retrieval } from '../retrieve/index.js';

/** Placeholder until calibrated: best question cosine. */
export function confidenceOf(_index: SearchIndex, _text: string, retrieval: Retrieval): number {
  const [best] = retrieval.passages;
  return best ? Math.min(1, Math.max(0, Math.max(best.signals.question, best.signals.chunk))) : 0;
}

export const DEFAULT_ABSTAIN_THRESHOLD = 0.4;
