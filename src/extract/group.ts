import {
  decimalLevel,
  endsSentence,
  headingLevel,
  isTitleLike,
  startsItem,
  startsWithNumber,
} from './lines.js';
import type { BlockKind } from './types.js';

/** A line of a format that knows nothing but lines. */
export interface Line {
  readonly text: string;
  /** Whether more than a line break stands before it. */
  readonly afterGap: boolean;
  readonly page?: number;
  /** What its print says: larger or bolder than the text, or smaller. */
  readonly print?: 'heading' | 'note';
}

export interface Group<L extends Line> {
  readonly kind: BlockKind;
  readonly level?: number;
  readonly lines: readonly L[];
}

const NOTE = /^[⁰¹²³⁴-⁹]+\s*\S/u;
const ROW = /^\|.*\|$/u;
/** "Introduction ........ 3" */
const CONTENTS = /(?:\.\s?){4,}\s*\d*$/u;
/** Share of lines longer than this that tell a text of one line a paragraph. */
const LONG_LINE = 120;
const LONG_SHARE = 0.3;
/** Levels of headings that only their numbers or their surroundings tell. */
const NUMBERED_LEVEL = 3;
const PLAIN_LEVEL = 7;
const NUMBER = /^[(§[]?\s*(\d+)/u;

/** Lines that belong together, with what they are. Lines of a table of contents and rules are left out. */
export function groupLines<L extends Line>(lines: readonly L[]): Group<L>[] {
  const long = lines.filter(({ text }) => text.length > LONG_LINE).length;
  const unwrapped = long > LONG_SHARE * lines.length;
  const groups: L[][] = [];
  let open = false;
  let gap = false;
  for (const line of lines) {
    if (!/[\p{L}\p{N}]/u.test(line.text) || CONTENTS.test(line.text)) {
      gap = true;
      continue;
    }
    const group = groups.at(-1);
    if (open && group && !unwrapped && !begins({ ...line, afterGap: line.afterGap || gap }, group))
      group.push(line);
    else groups.push([line]);
    open = true;
    gap = false;
  }
  return groups.map((group, index) => classified(group, groups[index - 1], groups[index + 1]));
}

/** Whether a line begins something new after a group. */
function begins(line: Line, group: readonly Line[]): boolean {
  const before = group.at(-1);
  if (!before) return true;
  const { text } = line;
  if (line.print !== before.print || NOTE.test(text) || ROW.test(text) || startsItem(text)) return true;
  const finished = endsSentence(before.text);
  if (line.page !== before.page && !finished && /^\p{Ll}/u.test(text)) return false;
  if (line.afterGap) return true;
  if (ROW.test(before.text)) return true;
  const single = group.length === 1 ? before.text : '';
  return (
    (startsWithNumber(text) && (finished || headingLevel(single) !== null || isNextTo(single, text))) ||
    (headingLevel(text) !== null && finished) ||
    headingLevel(single) !== null
  );
}

/** Whether a line goes on with the numbers of a title before it, or begins under it; a year in a text does neither. */
function isNextTo(title: string, text: string): boolean {
  const [before, next] = [title, text].map((line) => Number(NUMBER.exec(line)?.[1]));
  return (
    startsWithNumber(title) &&
    isTitleLike(title) &&
    (next === 1 || next === before || next === (before ?? 0) + 1)
  );
}

function classified<L extends Line>(
  lines: readonly L[],
  before: readonly L[] | undefined,
  after: readonly L[] | undefined,
): Group<L> {
  const [first] = lines;
  const text = lines.map((line) => line.text).join(' ');
  if (!first) return { kind: 'text', lines };
  if (NOTE.test(first.text) || (first.print === 'note' && startsWithNumber(first.text)))
    return { kind: 'note', lines };
  if (ROW.test(first.text)) return { kind: 'row', lines };
  if (startsItem(first.text)) return { kind: 'item', lines };
  if (before === undefined && after && isTitleLike(text) && !startsWithNumber(text))
    return { kind: 'heading', level: 0, lines };
  const level = levelOf(text, lines, before, after);
  return level === null ? { kind: 'text', lines } : { kind: 'heading', level, lines };
}

function levelOf(
  text: string,
  lines: readonly Line[],
  before: readonly Line[] | undefined,
  after: readonly Line[] | undefined,
): number | null {
  const [next] = after ?? [];
  if (!next || !isTitleLike(text) || lines.length > 2) return null;
  const marked = headingLevel(text);
  if (marked !== null) return marked;
  if (startsWithNumber(text)) {
    const successor = Number(NUMBER.exec(text)?.[1]) + 1 === Number(NUMBER.exec(next.text)?.[1]);
    const list = startsWithNumber(next.text) && successor && lines[0]?.print !== 'heading';
    return list ? null : NUMBERED_LEVEL + (decimalLevel(text) ?? 1) - 1;
  }
  if (lines[0]?.print === 'heading') return PLAIN_LEVEL - 1;
  const last = before?.at(-1)?.text ?? '';
  const stands =
    lines[0]?.afterGap === true && next.afterGap && (endsSentence(last) || headingLevel(last) !== null);
  return stands && !startsItem(next.text) && endsSentence(after?.at(-1)?.text ?? '') ? PLAIN_LEVEL : null;
}
