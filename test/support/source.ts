import type { Span } from '../../src/corpus/index.js';

/** Everything between the spans of a source, joined without anything between. */
export function joined(source: string, spans: readonly Span[]): string {
  return spans.map(([start, end]) => source.slice(start, end)).join('');
}

/**
 * Takes from a piece of source what is not wording, written without a look at `src/`: link targets, bold and note
 * marks, footnote marks; a line or page break becomes one space.
 */
export function withoutMarks(text: string): string {
  return text
    .replace(/\[([^\][]*)\]\([^()\s]*\)/gu, '$1')
    .replace(/\*+/gu, '')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, '')
    .replace(/[ \t\r]*\n\s*/gu, ' ');
}
