import { LRUCache } from 'lru-cache';
import { type Sentence, sentencesOf } from '../chunk/index.js';
import type { IndexedParagraph } from './types.js';

/** Paragraphs whose sentences are kept at hand: some 10 MB. */
const KEPT = 8_192;

/** Sentences of each paragraph, by ordinal: found when they are asked for, since most of a large record never are. */
export function sentencesReader(
  paragraphs: readonly IndexedParagraph[],
): (ordinal: number) => readonly Sentence[] {
  const known = new LRUCache<number, readonly Sentence[]>({ max: KEPT });
  return (ordinal) => {
    const before = known.get(ordinal);
    if (before) return before;
    const indexed = paragraphs[ordinal];
    if (!indexed) return [];
    const found = sentencesOf(indexed.paragraph, indexed.document.metadata.language);
    known.set(ordinal, found);
    return found;
  };
}
