import type { Print } from '../types.js';
import type { ReadNumber } from './numbers.js';

/** A heading as labels need it. */
export interface NamedPlace {
  readonly title: string;
  readonly level: number;
}

/** What is known of a paragraph before it is named. */
export interface Unnamed {
  readonly number: ReadNumber | null;
  readonly path: readonly NamedPlace[];
  /** Headings between it and the numbered paragraph before. */
  readonly opened: readonly NamedPlace[];
  readonly page: number | null;
}

export interface Named {
  /** Unique in the document. */
  readonly number: number;
  /** Null where the number says it all. */
  readonly print: Print | null;
}

const NAMED =
  /^(annex|appendix|schedule|part|chapter|section|article|rule|title|book)\b(?:\s+([\dIVXLC]+|[A-Z])\b)?/iu;
const NUMBERED = /^(?:([IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.)]|\(([a-z]+|\d+)\))\s/u;
const MAX_NAME = 60;

/**
 * Names each paragraph as people cite it. Where the printed numbers are all different and go up, they are the numbers; where
 * they begin anew, the number is the place in order and the label has the printed one with what it begins anew in; where
 * there are none, the label says which paragraph of the text it is, and on which page.
 */
export function named(paragraphs: readonly Unnamed[]): Named[] {
  const plain = paragraphs.every(({ number }, index) => {
    const before = paragraphs[index - 1]?.number?.parts[0] ?? 0;
    return number !== null && number.parts.length === 1 && (number.parts[0] ?? 0) > before;
  });
  const runs = plain ? paragraphs.map(() => null) : runNames(paragraphs);
  return paragraphs.map(({ number: read, page }, index) => {
    const number = plain ? (read?.parts[0] ?? 0) : index + 1;
    if (read === null) {
      const label = `paragraph ${number} of the text${page === null ? '' : `, p. ${page}`}`;
      return { number, print: { printed: null, label, page, mark: `¶ ${number}` } };
    }
    const { style, printed } = read;
    const self = style === 'section' ? `§ ${printed}` : `para. ${printed}`;
    const run = runs[index] ?? null;
    const label = run === null ? self : `${run}, ${self}`;
    if (plain && style !== 'section' && page === null) return { number, print: null };
    return { number, print: { printed, label, page, mark: style === 'section' ? self : `${printed}.` } };
  });
}

/** What each paragraph's numbering stands in, where it begins anew in the document; null for the first where it has no such heading. */
function runNames(paragraphs: readonly Unnamed[]): (string | null)[] {
  const runs: { readonly heading: NamedPlace | null; readonly path: readonly NamedPlace[] }[] = [];
  let last: readonly number[] = [];
  const runOf = paragraphs.map(({ number, opened, path }) => {
    if (number !== null && (runs.length === 0 || !goesUp(last, number.parts))) {
      const [outermost = null] = [...opened].sort((a, b) => a.level - b.level);
      runs.push({ heading: outermost, path });
    }
    if (number !== null) last = number.parts;
    return number === null ? null : runs.length - 1;
  });
  if (runs.length < 2) return paragraphs.map(() => null);
  const second = runs[1]?.heading ?? null;
  const level = second?.level;
  const names = runs.map(({ heading, path }, index) => {
    // What comes first is the document itself, unless it is one of many of a kind.
    const own =
      index === 0 && (heading?.level !== level || isAdded(second)) && !isAdded(heading) ? null : heading;
    return own && { own: shortName(own.title), whole: path.map(({ title }) => shortName(title)).join(', ') };
  });
  const shared = (own: string) => names.filter((name) => name?.own === own).length > 1;
  return runOf.map((run) => {
    const name = run === null ? null : names[run];
    if (!name) return null;
    return shared(name.own) ? name.whole : name.own;
  });
}

/** Whether a heading is that of something added to a document. */
function isAdded(heading: NamedPlace | null): boolean {
  return /^(?:annex|appendix|schedule)/iu.test(heading?.title ?? '');
}

function goesUp(last: readonly number[], next: readonly number[]): boolean {
  const level = next.findIndex((part, index) => part !== last[index]);
  return level !== -1 && (next[level] ?? 0) > (last[level] ?? 0);
}

/** "annex I" of "Annex I. Terms of reference", "section II" of "II. Conditions", else the heading itself. */
export function shortName(title: string): string {
  const [, kind, which] = NAMED.exec(title) ?? [];
  if (kind !== undefined) return [kind.toLowerCase(), ...(which === undefined ? [] : [which])].join(' ');
  const [, plain, lettered] = NUMBERED.exec(title) ?? [];
  if (plain !== undefined) return `section ${plain}`;
  if (lettered !== undefined) return `section (${lettered})`;
  return title.length <= MAX_NAME ? `“${title}”` : `“${title.slice(0, MAX_NAME).replace(/\s+\S*$/u, '')} …”`;
}
