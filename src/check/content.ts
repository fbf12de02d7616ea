import { isSpeaker } from './kinds.js';
import { tokensOf } from './tokens.js';

/** Stems of the words by which a text says something of its own: without glue, and without what only reports that something was said. */
export function contentOf(text: string): ReadonlySet<string> {
  const words = tokensOf(text).filter(
    ({ content, reporting, key }) => content && !reporting && !isSpeaker(key),
  );
  return new Set(words.map(({ bases }) => bases[0] ?? ''));
}
