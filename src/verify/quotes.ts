/** `[start, end)` in UTF-16 code units of a draft. */
export type DraftRange = readonly [start: number, end: number];

/** Text that a draft gives as a quotation. */
export interface FoundQuote {
  readonly kind: 'quotation' | 'block';
  /** What is quoted, without its outer marks. */
  readonly text: string;
  /** Where that stands. */
  readonly range: DraftRange;
  /** The same with its marks. */
  readonly outer: DraftRange;
  /** Quotations inside it. */
  readonly inner: readonly FoundQuote[];
}

/** Opening marks with what may close them. Straight and single marks have rules of their own. */
const CLOSING: Readonly<Record<string, string>> = {
  '“': '”“',
  '„': '“”',
  '«': '»',
  '»': '«',
  '‹': '›',
  '「': '」',
  '『': '』',
  '"': '"',
  '‘': '’',
  '‚': '‘’',
  "'": "'’",
};
const MARK = /[“”„«»‹›「」『』"‘’‚']/gu;
const SINGLE = new Set(["'", '‘', '‚']);
/** Characters in which a quotation in marks must end. */
const MAX_LENGTH = 10_000;
/** Quotations inside each other: with more, the marks are something else. */
const MAX_DEPTH = 8;

const LETTER = /[\p{L}\p{N}]/u;
const SPACE = /\s/u;

/** A mark with what it may do where it stands. */
interface Mark {
  readonly at: number;
  readonly character: string;
  readonly opens: boolean;
  readonly closes: boolean;
}

/**
 * Quotations in marks of a stretch of a draft, in order; those inside others are their `inner`.
 *
 * @param start where the stretch starts; a quotation does not go over its ends
 */
export function quotesIn(draft: string, start: number, end: number): FoundQuote[] {
  const marks = [...draft.slice(start, end).matchAll(MARK)].map(({ 0: character, index }): Mark => {
    const at = start + index;
    return { at, character, opens: canOpen(draft, at), closes: canClose(draft, at) };
  });
  return quotesFrom(draft, marks);
}

function quotesFrom(draft: string, marks: readonly Mark[]): FoundQuote[] {
  const found: FoundQuote[] = [];
  for (let number = 0; number < marks.length; number += 1) {
    const open = marks[number];
    const closing = open?.opens ? closingOf(draft, marks, number) : null;
    const close = marks[closing ?? -1];
    if (!open || closing === null || !close) continue;
    const range: DraftRange = [open.at + 1, close.at];
    const text = draft.slice(...range);
    if (LETTER.test(text)) {
      const inner = quotesFrom(draft, marks.slice(number + 1, closing));
      found.push({ kind: 'quotation', text, range, outer: [open.at, close.at + 1], inner });
    }
    number = closing;
  }
  return found;
}

function canOpen(draft: string, at: number): boolean {
  const mark = draft.charAt(at);
  if (!Object.hasOwn(CLOSING, mark)) return false;
  const before = draft.charAt(at - 1);
  const after = draft.charAt(at + 1);
  const free = before === '' || !LETTER.test(before);
  if (mark === '"' || mark === "'" || mark === '»') {
    return free && !/[.,;:!?]/u.test(before) && after !== '' && !SPACE.test(after);
  }
  return free || !SINGLE.has(mark);
}

/** The number of the mark that closes another; null where none does. */
function closingOf(draft: string, marks: readonly Mark[], number: number): number | null {
  const open = marks[number];
  if (!open) return null;
  const closing = CLOSING[open.character] ?? '';
  const single = SINGLE.has(open.character);
  let depth = 1;
  let doubtful: number | null = null;
  for (let next = number + 1; next < marks.length; next += 1) {
    const mark = marks[next];
    if (!mark || mark.at - open.at > MAX_LENGTH) break;
    if (mark.closes && closing.includes(mark.character)) {
      if (single && isPossessive(draft, mark.at)) {
        doubtful = next;
        continue;
      }
      depth -= 1;
      if (depth === 0) return next;
    } else if (mark.opens && single && SINGLE.has(mark.character) && doubtful !== null) {
      break;
    } else if (mark.opens && mark.character === open.character) {
      depth += 1;
      if (depth > MAX_DEPTH) break;
    }
  }
  return doubtful;
}

function canClose(draft: string, at: number): boolean {
  const mark = draft.charAt(at);
  const before = draft.charAt(at - 1);
  const after = draft.charAt(at + 1);
  if (mark === '"') return !(SPACE.test(before) && after !== '' && LETTER.test(after));
  if (mark === "'" || mark === '’' || mark === '‘') return !SPACE.test(before) && !LETTER.test(after);
  if (mark === '“') return !LETTER.test(after) && !SPACE.test(before);
  return true;
}

/** "victims' rights": an apostrophe rather than the end. */
function isPossessive(draft: string, at: number): boolean {
  return draft.charAt(at - 1) === 's' && /^\s\p{Ll}/u.test(draft.slice(at + 1, at + 4));
}

const QUOTED_LINE = /^ {0,3}> ?/u;

/** Block quotes, with a quotation for each of their paragraphs, and the paragraphs of the text between. */
export function layoutOf(draft: string): {
  readonly blocks: FoundQuote[];
  readonly paragraphs: DraftRange[];
} {
  const blocks: FoundQuote[] = [];
  const paragraphs: DraftRange[] = [];
  let open: { quoted: boolean; start: number; end: number; lines: string[] } | null = null;
  const close = (): void => {
    if (!open) return;
    const { quoted, start, end, lines } = open;
    if (quoted) {
      const range: DraftRange = [start, end];
      blocks.push({ kind: 'block', text: lines.join('\n'), range, outer: range, inner: [] });
    } else {
      paragraphs.push([start, end]);
    }
    open = null;
  };
  let at = 0;
  for (const line of draft.split('\n')) {
    const mark = QUOTED_LINE.exec(line)?.[0];
    const content = line.slice(mark?.length ?? 0);
    const quoted = mark !== undefined;
    if (content.trim() === '') close();
    else {
      if (open && (open as { quoted: boolean }).quoted !== quoted) close();
      open ??= { quoted, start: at + (mark?.length ?? 0), end: 0, lines: [] };
      open.lines.push(content);
      open.end = at + line.trimEnd().length;
    }
    at += line.length + 1;
  }
  close();
  return { blocks, paragraphs };
}
