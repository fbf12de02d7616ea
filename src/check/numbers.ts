import type { Token } from './tokens.js';

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ORDINALS = new Map<string, number>(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, index) => [word, index + 1]),
);
const MULTIPLES = new Map([
  ['hundred', 100],
  ['hundreds', 100],
  ['thousand', 1000],
  ['thousands', 1000],
  ['million', 1e6],
  ['millions', 1e6],
  ['billion', 1e9],
  ['billions', 1e9],
  ['trillion', 1e12],
  ['dozen', 12],
  ['dozens', 12],
]);
const WORDS = new Map([
  ['half', '1/2'],
  ['halves', '1/2'],
  ['halved', '1/2'],
  ['quarter', '1/4'],
  ['quarters', '1/4'],
  ['double', '2x'],
  ['doubled', '2x'],
  ['doubling', '2x'],
  ['twice', '2x'],
  ['twofold', '2x'],
  ['triple', '3x'],
  ['tripled', '3x'],
  ['tripling', '3x'],
  ['threefold', '3x'],
  ['thrice', '3x'],
  ['tenfold', '10x'],
  ['single', '1'],
  ['sole', '1'],
  ['pair', '2'],
  ['both', '2'],
  ['firstly', '1'],
  ['secondly', '2'],
  ['thirdly', '3'],
  ['decade', '10y'],
  ['decades', '10y'],
  ['century', '100y'],
  ['centuries', '100y'],
  ['percent', '%'],
  ['percentage', '%'],
]);
const MONTHS = new Map(
  'january february march april may june july august september october november december'
    .split(' ')
    .flatMap((month, index): [string, number][] => [
      [month, index + 1],
      [month.slice(0, 3), index + 1],
      [`${month}.`, index + 1],
    ]),
);
const DAYS = new Set('monday tuesday wednesday thursday friday saturday sunday'.split(' '));
const ROMAN = /^(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})$/u;

/** A number of a text, in digits or words. */
export interface Figure {
  readonly first: number;
  readonly last: number;
  /** Written the same for the same number: "2/3", "1500", "14", "2x", "%". */
  readonly value: string;
  /** Whether it is a month or weekday, a day beside a month, or a year. */
  readonly date: boolean;
  /** A day of a month. */
  readonly month: number | null;
}

/** Numbers of a text in order. "one" counts only where it counts something. */
export function figuresIn(tokens: readonly Token[]): Figure[] {
  const found: Figure[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const read = readAt(tokens, at);
    if (!read) continue;
    found.push({ first: at, last: read.last, value: read.value, date: false, month: null });
    at = read.last;
  }
  return found.map((figure) => withDate(figure, tokens));
}

function readAt(tokens: readonly Token[], at: number): { value: string; last: number } | null {
  const token = tokens[at];
  if (!token) return null;
  const { key, written } = token;
  if (isMonth(token)) return { value: `m${MONTHS.get(key)}`, last: at };
  if (DAYS.has(key)) return { value: key, last: at };
  const digits = /^(\d[\d.,]*)(?:st|nd|rd|th|s)?$/u.exec(key)?.[1];
  if (digits !== undefined) {
    const multiple = MULTIPLES.get(tokens[at + 1]?.key ?? '');
    const plain = digits.replace(/,(?=\d{3})/gu, '');
    if (multiple !== undefined) return { value: String(Number(plain) * multiple), last: at + 1 };
    const below = fractionBelow(tokens, at);
    if (below !== null) return { value: `${plain}/${below}`, last: at + 1 };
    return { value: plain, last: at };
  }
  if (/\d/u.test(key)) return { value: key, last: at };
  if (ROMAN.test(written) && written !== 'I' && written !== '') return { value: `r${written}`, last: at };
  if (
    written === 'I' &&
    /^(?:pillar|part|annex|chapter|phase|title|round)s?$/u.test(tokens[at - 1]?.key ?? '')
  ) {
    return { value: 'rI', last: at };
  }
  const words = readWords(tokens, at);
  if (words) {
    const below = fractionBelow(tokens, words.last);
    if (below !== null) return { value: `${words.value}/${below}`, last: words.last + 1 };
    if (words.value === '1' && !counts(tokens, at)) return null;
    return { value: String(words.value), last: words.last };
  }
  const fixed = WORDS.get(key);
  if (fixed !== undefined) {
    if (key === 'both' || key === 'sole' || key === 'single') return null;
    return { value: fixed, last: at };
  }
  const third = /^(third|fourth|fifth|tenth)s$/u.exec(key)?.[1];
  if (third) return { value: `1/${ORDINALS.get(third)}`, last: at };
  return null;
}

/** "one speaker" counts, "one of", "one's" and "the one" do not. */
function counts(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.key;
  const next = tokens[at + 1]?.key ?? '';
  return (
    before !== 'the' &&
    before !== 'no' &&
    next !== '' &&
    !/^(?:of|another|that|which|who|and|or|hand)$/u.test(next)
  );
}

function readWords(tokens: readonly Token[], at: number): { value: string; last: number } | null {
  let total = 0;
  let current = -1;
  let last = at - 1;
  let ordinal = false;
  for (let next = at; next < tokens.length && !ordinal; next += 1) {
    const key = tokens[next]?.key ?? '';
    if (key === 'and' && current >= 100 && valueOfWord(tokens[next + 1]?.key ?? '') !== null) continue;
    const multiple = MULTIPLES.get(key);
    if (multiple !== undefined) {
      if (next === at && multiple !== 12) return { value: `${multiple}+`, last: at };
      current = Math.max(current, 1) * multiple;
      if (multiple >= 1000) {
        total += current;
        current = 0;
      }
      last = next;
      continue;
    }
    const value = valueOfWord(key);
    if (value === null) break;
    // "one two": two numbers; "twenty one": one.
    if (current > 0 && !(current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && value < 10)))
      break;
    current = Math.max(current, 0) + value;
    ordinal = ORDINALS.has(key);
    last = next;
  }
  return last < at ? null : { value: String(total + Math.max(current, 0)), last };
}

function valueOfWord(key: string): number | null {
  const small = SMALL.indexOf(key);
  if (small !== -1) return small;
  const tens = TENS.indexOf(key);
  if (tens > 1) return tens * 10;
  return ORDINALS.get(key) ?? null;
}

/** "two-thirds", "three quarters": what stands below the line. */
function fractionBelow(tokens: readonly Token[], at: number): string | null {
  const key = tokens[at + 1]?.key ?? '';
  if (/^quarters?$/u.test(key)) return '4';
  if (/^hal(?:f|ves)$/u.test(key)) return '2';
  const ordinal = /^(third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s$/u.exec(key)?.[1];
  const single = tokens[at]?.key === 'one' || tokens[at]?.key === 'a' ? ORDINALS.get(key) : undefined;
  if (ordinal) return String(ORDINALS.get(ordinal));
  return single !== undefined && single > 2 ? String(single) : null;
}

/** "may" and "march" are months only where they are written so. */
function isMonth({ key, written }: Token): boolean {
  return MONTHS.has(key) && /^\p{Lu}/u.test(written) && key !== 'mar' && key !== 'dec' && key !== 'sec';
}

const MONTH_NEAR = 4;

function withDate(figure: Figure, tokens: readonly Token[]): Figure {
  const { first, last, value } = figure;
  if (/^m\d|day$/u.test(value)) return { ...figure, date: true };
  if (/^(?:19|20)\d\d$/u.test(value)) return { ...figure, date: true };
  if (!/^(?:[1-9]|[12]\d|3[01])$/u.test(value)) return figure;
  for (let way = 1; way <= MONTH_NEAR; way += 1) {
    for (const near of [last + way, first - way]) {
      const token = tokens[near];
      if (!token || token.sentence !== tokens[first]?.sentence || !isMonth(token)) continue;
      const between = tokens.slice(Math.min(near, last) + 1, Math.max(near, first));
      const joins = ({ key }: Token): boolean =>
        /^(?:to|and|of|the|from|on|\d{1,2}(?:st|nd|rd|th)?)$/u.test(key);
      if (between.every(joins)) return { ...figure, date: true, month: MONTHS.get(token.key) ?? null };
    }
  }
  return figure;
}
