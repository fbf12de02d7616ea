import type { Child } from 'hono/jsx';
import type { RecordDocument, Span, Wording } from '../../corpus/index.js';
import type { Hit } from './find.js';

/** A footnote's mark in a text: the number, and where it stands in the text. */
export interface Reference {
  readonly mark: number;
  readonly at: number;
}

export interface Highlights {
  /** What is quoted, as `[start, end)` of the text. */
  readonly quoted: readonly Span[];
  readonly hits: readonly Hit[];
  /** Number of the hit to stand at. */
  readonly current: number;
  readonly references: readonly Reference[];
  readonly reference: (mark: number) => Child;
}

/** A text, character for character, with what is quoted and what is searched for marked, and its footnotes' marks. */
export function highlighted(text: string, highlights: Highlights): Child[] {
  const { quoted, hits, current, references, reference } = highlights;
  if (quoted.length + hits.length + references.length === 0) return [text];
  const places = [0, text.length, ...quoted.flat(), ...hits.flatMap(({ start, end }) => [start, end])];
  const cuts = [...new Set([...places, ...references.map(({ at }) => at)])].sort((a, b) => a - b);
  const named = new Set<number>();
  return cuts.flatMap((start, index): Child[] => {
    const end = cuts[index + 1] ?? start;
    const marksHere = references.filter(({ at }) => at === start).map(({ mark }) => reference(mark));
    const piece = text.slice(start, end);
    const isQuoted = quoted.some(([from, to]) => start >= from && start < to);
    const hit = hits.find((own) => start >= own.start && start < own.end);
    if (piece === '' || (!isQuoted && !hit)) return [...marksHere, piece];
    const first = hit !== undefined && !named.has(hit.number);
    if (hit) named.add(hit.number);
    return [
      ...marksHere,
      <mark
        class={[isQuoted ? 'quoted' : '', hit ? 'hit' : ''].filter(Boolean).join(' ')}
        id={first ? `hit-${hit.number}` : undefined}
        aria-current={first && hit.number === current ? 'true' : undefined}
      >
        {piece}
      </mark>,
    ];
  });
}

/** The cells of a table's row, each as `highlighted` gives it. */
export function cellsOf(text: string, highlights: Highlights): Child[][] {
  const bars = [...text.matchAll(/\s*\|\s*/gu)].map(({ 0: bar, index }): Span => [index, index + bar.length]);
  const starts = [0, ...bars.map(([, end]) => end)];
  const ends = [...bars.map(([start]) => start), text.length];
  return starts.map((start, cell) => {
    const end = ends[cell] ?? text.length;
    const inside = <T extends { readonly start: number; readonly end: number }>(range: T): T[] => {
      const cut = {
        ...range,
        start: Math.max(range.start, start) - start,
        end: Math.min(range.end, end) - start,
      };
      return cut.start < cut.end ? [cut] : [];
    };
    return highlighted(text.slice(start, end), {
      ...highlights,
      quoted: highlights.quoted.flatMap(([from, to]) =>
        inside({ start: from, end: to }).map((cut): Span => [cut.start, cut.end]),
      ),
      hits: highlights.hits.flatMap(inside),
      references: highlights.references
        .filter(({ at }) => at >= start && at <= end)
        .map((reference) => ({ ...reference, at: reference.at - start })),
    });
  });
}

/** Which parts of a wording stand inside spans of the source, as `[start, end)` of the wording. */
export function rangesIn({ runs }: Wording, spans: readonly Span[]): Span[] {
  return runs.flatMap(({ at, source, length }) =>
    spans.flatMap(([from, to]): Span[] => {
      const start = Math.max(from, source);
      const end = Math.min(to, source + length);
      return start < end ? [[at + start - source, at + end - source]] : [];
    }),
  );
}

/** Where the marks of footnotes stand in a wording: the source has them between its runs, before the line ends. */
export function referencesIn({ source }: RecordDocument, { runs }: Wording, known: ReadonlySet<number>) {
  return runs.flatMap(({ at, source: from, length }, index): Reference[] => {
    const gapStart = from + length;
    const next = runs[index + 1]?.source ?? source.length;
    const lineBreak = source.indexOf('\n', gapStart);
    const gap = source.slice(gapStart, Math.min(next, lineBreak === -1 ? source.length : lineBreak));
    return [...gap.replace(/\([^()\s]*\)/gu, '').matchAll(/[⁰¹²³⁴-⁹]+/gu)].flatMap(([digits]) => {
      const mark = numberOf(digits);
      return known.has(mark) ? [{ mark, at: at + length }] : [];
    });
  });
}

function numberOf(superscript: string): number {
  return Number([...superscript].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join(''));
}
