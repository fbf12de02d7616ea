import type { Span } from '../../src/corpus/index.js';
import { joined, withoutMarks } from './source.js';

/** What the source says at spans, by the rule of the interface and nothing of `src/`. */
export function wordingAt(source: string, spans: readonly Span[]): string {
  return withoutMarks(joined(source, spans));
}

/** Whether spans are in order, apart from each other, and inside the source. */
export function inOrder(source: string, spans: readonly Span[]): boolean {
  return (
    spans.length > 0 &&
    spans.every(
      ([start, end], index) =>
        Number.isInteger(start) &&
        Number.isInteger(end) &&
        start < end &&
        start >= (spans[index - 1]?.[1] ?? 0) &&
        end <= source.length,
    )
  );
}
