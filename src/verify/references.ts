import type { RecordDocument } from '../corpus/index.js';
import type { DraftRange } from './quotes.js';

/** A draft's mention of paragraphs of the record. */
export interface Reference {
  readonly paragraphs: readonly number[];
  /** Where it stands, with the brackets around it where it has some. */
  readonly range: DraftRange;
  readonly inBrackets: boolean;
}

const REFERENCE =
  /(?<![\p{L}\p{N}])(?<other>(?:operative|preambular|sub)[\s-]+)?(?:paragraphs?|paras?\.?|¶{1,2}|§{1,2})\s*(?<list>\d{1,4}(?:\s*(?:[-–—,&]|to|and|or|, and)\s*\d{1,4}(?![\d%]))*)/giu;
/** "paragraph 62 of the Kyoto Declaration": of another text. */
const OF_OTHER =
  /^\s*(?:\([a-z]\)\s*)?of\s+(?:the\s+|its\s+)?(?:[\p{L}\d'’.-]+\s+){0,5}?(?:declaration|resolution|convention|covenant|charter|protocol|treaty|agenda|rules|principles|[A-Z]\/)/iu;
const OF_RECORD = /summar|report|record|minutes/iu;
const RANGE = /(\d{1,4})\s*(?:[-–—]|to)\s*(\d{1,4})|(\d{1,4})/giu;
/** Paragraphs that a range may have. */
const MAX_RANGE = 500;

/** Mentions of paragraphs in a draft, in order. Those of other texts are left out. */
export function referencesIn(draft: string): Reference[] {
  return [...draft.matchAll(REFERENCE)].flatMap((match): Reference[] => {
    const end = match.index + match[0].length;
    const after = draft.slice(end, end + 120);
    const other = OF_OTHER.exec(after)?.[0];
    if (match.groups?.other !== undefined || (other !== undefined && !OF_RECORD.test(other))) return [];
    const paragraphs = numbersOf(match.groups?.list ?? '');
    const brackets = bracketsAround(draft, match.index, end);
    return [{ paragraphs, range: brackets ?? [match.index, end], inBrackets: brackets !== null }];
  });
}

function numbersOf(list: string): number[] {
  const numbers = [...list.matchAll(RANGE)].flatMap(([, from, to, single]) => {
    if (single !== undefined) return [Number(single)];
    const length = Math.min(MAX_RANGE, Math.max(1, Number(to) - Number(from) + 1));
    return Array.from({ length }, (_, index) => Number(from) + index);
  });
  return [...new Set(numbers)];
}

/** The nearest brackets around a mention, within a short distance. */
function bracketsAround(draft: string, start: number, end: number): DraftRange | null {
  const before = draft.slice(Math.max(0, start - 120), start);
  const open = /[([][^)(\][]*$/u.exec(before);
  const close = /^[^)(\][]{0,120}[)\]]/u.exec(draft.slice(end));
  return open && close ? [start - (before.length - open.index), end + close[0].length] : null;
}

/** The one document that a passage of a draft names by its id, symbol or title. */
export function documentNamed(passage: string, documents: readonly RecordDocument[]): string | undefined {
  const named = documents.filter(({ metadata: { id, symbol, title, shortTitle } }) =>
    [id, symbol, title, shortTitle].some((name) => name && passage.includes(name)),
  );
  return named.length === 1 ? named[0]?.metadata.id : undefined;
}
