/** The usual styles in which paragraphs are numbered: `12.`, `12)`, `(12)`, `§ 12`, `[12]`, `12.3`. */
export type NumberStyle = 'dot' | 'paren' | 'parens' | 'section' | 'bracket' | 'decimal';

/** A number at the start of a text. */
export interface ReadNumber {
  readonly style: NumberStyle;
  /** `12.3` is [12, 3]. */
  readonly parts: readonly number[];
  /** As a label has it: "12", "12.3". */
  readonly printed: string;
  /** Length of the number with what stands around it, in UTF-16 code units. */
  readonly length: number;
}

/** A number that may be that of a paragraph, in the order of the document. */
export interface Candidate {
  readonly number: ReadNumber | null;
  /** Whether a heading stands between it and the text before, where the numbering may begin anew. */
  readonly afterHeading: boolean;
}

const STYLES: readonly (readonly [NumberStyle, RegExp])[] = [
  ['decimal', /^(\d{1,3}(?:\.\d{1,3})+)[.)]?\s+(?=\S)/u],
  ['dot', /^(\d{1,4})\.\s+(?=\S)/u],
  ['paren', /^(\d{1,4})\)\s+(?=\S)/u],
  ['parens', /^\((\d{1,4})\)\s+(?=\S)/u],
  ['section', /^§\s*(\d{1,4})\.?\s+(?=\S)/u],
  ['bracket', /^\[(\d{1,4})\]\s+(?=\S)/u],
];
/** How many numbers may be missing in a sequence: a file may leave some out, or its reader lose them. */
const MAX_GAP = 3;
/** Share of the texts that are numbered, from which a document is one of numbered paragraphs. */
const NUMBERED_SHARE = 0.4;

/** The number that a text begins with, or null. */
export function readNumber(text: string): ReadNumber | null {
  for (const [style, pattern] of STYLES) {
    const match = pattern.exec(text);
    const printed = match?.[1];
    if (match && printed !== undefined)
      return { style, parts: printed.split('.').map(Number), printed, length: match[0].length };
  }
  return null;
}

export interface Numbering<T extends Candidate> {
  /** Those that number paragraphs. */
  readonly accepted: ReadonlySet<T>;
  /** Whether most of the text stands in numbered paragraphs, so that text without a number goes on with the one before. */
  readonly throughout: boolean;
}

/**
 * Which candidates number the paragraphs: those of the style with the longest sequences. A number that is not the next one
 * is a number in a text, and a list inside a paragraph does not begin the numbering anew.
 *
 * @param texts how many texts there are, where some are numbered
 */
export function numberingOf<T extends Candidate>(
  candidates: readonly T[],
  texts: (numbered: ReadonlySet<T>) => number,
): Numbering<T> {
  const styles = [...new Set(candidates.flatMap(({ number }) => number?.style ?? []))];
  const best = styles
    .map((style) => sequences(candidates.filter(({ number }) => number?.style === style)))
    .reduce<T[]>((most, accepted) => (accepted.length > most.length ? accepted : most), []);
  return {
    accepted: new Set(best.length > 1 ? best : []),
    throughout: best.length > 1 && best.length >= NUMBERED_SHARE * texts(new Set(best)),
  };
}

function sequences<T extends Candidate>(candidates: readonly T[]): T[] {
  const accepted: T[] = [];
  let last: readonly number[] | null = null;
  let restarts = false;
  for (const [index, candidate] of candidates.entries()) {
    const parts = candidate.number?.parts ?? [];
    restarts ||= candidate.afterHeading;
    const next = candidates[index + 1]?.number?.parts ?? [];
    const begins: boolean =
      (last === null || restarts) &&
      (parts.every((part) => part === 1) || (last === null && follows(parts, next)));
    if (!begins && !(last !== null && follows(last, parts))) continue;
    accepted.push(candidate);
    last = parts;
    restarts = false;
  }
  return accepted;
}

/** Whether a number may be the next after another: "13" after "12", "12.1" after "12", "13" after "12.4". */
function follows(last: readonly number[], next: readonly number[]): boolean {
  const level = next.findIndex((part, index) => part !== last[index]);
  if (level === -1) return false;
  const step = (next[level] ?? 0) - (last[level] ?? 0);
  const deeper = next.slice(level + 1);
  return step >= 1 && step <= MAX_GAP && deeper.every((part) => part === 1);
}
