import type { Span } from './types.js';

/**
 * Whether a quotation is what the source has at its spans, read without the code that made it: the slices joined,
 * without link targets, bold marks and footnote marks, a line or page break as a space.
 */
export function isVerbatim(source: string, quote: string, spans: readonly Span[]): boolean {
  const ordered = spans.every(
    ([start, end], i) => start < end && start >= (spans[i - 1]?.[1] ?? 0) && end <= source.length,
  );
  const joined = spans.map(([start, end]) => source.slice(start, end)).join('');
  const wording = joined
    .replace(/\[([^\][]*)\]\([^()]*\)/gu, '$1')
    .replaceAll('**', '')
    .replace(/[⁰¹²³⁴-⁹]+/gu, '')
    .replace(/\s*\n\s*/gu, ' ');
  return ordered && quote !== '' && wording === quote;
}
