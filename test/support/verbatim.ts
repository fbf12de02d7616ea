import type { Span } from '../../src/corpus/index.js';

const FOOTNOTE_MARKS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * What the source says at spans, read by the rule of the interface and nothing of `src/`: the slices joined, without
 * bold marks, link targets and footnote marks, a line or page break as one space.
 */
export function wordingAt(source: string, spans: readonly Span[]): string {
  const joined = spans.map(([start, end]) => source.slice(start, end)).join('');
  let wording = '';
  for (let at = 0; at < joined.length; ) {
    const character = joined.charAt(at);
    if (joined.startsWith('**', at)) {
      at += 2;
    } else if (character === '[' && /^\[[^\][]*\]\(/u.test(joined.slice(at))) {
      at += 1;
    } else if (joined.startsWith('](', at)) {
      at = joined.indexOf(')', at) + 1;
    } else if (FOOTNOTE_MARKS.includes(character)) {
      at += 1;
    } else if (character === '\n') {
      wording = `${wording.trimEnd()} `;
      while (/\s/u.test(joined.charAt(at))) at += 1;
    } else {
      wording += character;
      at += 1;
    }
  }
  return wording;
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
