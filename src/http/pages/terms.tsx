import type { Child } from 'hono/jsx';
import { termsOf } from '../../index/index.js';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

export interface WithTermsProps {
  readonly text: string;
  /** As `termsOf` gives them. */
  readonly terms: ReadonlySet<string>;
}

/** A text, character for character, with the words marked that are searched as one of the terms. */
export function WithTerms({ text, terms }: WithTermsProps) {
  const parts: Child[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!termsOf(word).some((term) => terms.has(term))) continue;
    parts.push(text.slice(from, index), <mark class="term">{word}</mark>);
    from = index + word.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

/** The words of a question as they are searched. */
export function termsIn(question: string): ReadonlySet<string> {
  return new Set(termsOf(question));
}
