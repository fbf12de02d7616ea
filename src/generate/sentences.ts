import { type Range, splitSentences } from '../chunk/index.js';

/** A sentence as a model wrote it. */
export interface Drafted {
  /** Without marks. */
  readonly text: string;
  /** Numbers of the passages that it cites, each once, in its order. */
  readonly cites: readonly number[];
}

/** Sentences of a text that comes in pieces, each as soon as the next has begun. */
export interface SentenceReader {
  push(piece: string): Drafted[];
  /** What is left when nothing more comes. */
  end(): Drafted[];
}

/** "[1]", "[1, 2]", "[1-3]", "[id 1]", with the spaces before it. */
const MARK = /[ \t]*\[(?:(?:id|passage)s? *)?(\d{1,3}(?: *[,;–-] *\d{1,3})*)\]/giu;
/** Longest range of passages that a mark may name. */
const MAX_RANGE = 20;
/** What could be the beginning of a mark, or of what follows a full stop that is none. */
const UNSURE = /^\W*\w{0,2}$|^\[[^\]]*$/u;
/** Ends of sentences that are none where a number follows. */
const REFERENCE = /\b(?:paras?|arts?|nos?|res|pp?|sect?|vol|chap)\.$/iu;
const LIST_MARK = /^\s*(?:[-*•]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)/u;

/** @param language BCP 47 tag */
export function sentenceReader(language: string): SentenceReader {
  let rest = '';
  return {
    push: (piece) => {
      rest += piece.replaceAll('\r', '');
      const lines = rest.split('\n');
      const open = lines.pop() ?? '';
      const whole = lines.flatMap((line) => sentencesIn(line, language).map(({ drafted }) => drafted));
      const sentences = sentencesIn(open, language);
      const last = sentences.at(-1);
      const begun = last && !UNSURE.test(last.drafted.text) ? last.start : 0;
      rest = open.slice(begun);
      return begun === 0 ? whole : [...whole, ...sentences.slice(0, -1).map(({ drafted }) => drafted)];
    },
    end: () => {
      const sentences = sentencesIn(rest, language).map(({ drafted }) => drafted);
      rest = '';
      return sentences;
    },
  };
}

/** All sentences of a text. */
export function draftedIn(text: string, language: string): Drafted[] {
  return text.split('\n').flatMap((line) => sentencesIn(line, language).map(({ drafted }) => drafted));
}

/** Sentences of a line, and where each begins in it. Marks are read off first: they stand before a full stop or after it. */
function sentencesIn(
  line: string,
  language: string,
): { readonly drafted: Drafted; readonly start: number }[] {
  const skipped = LIST_MARK.exec(line)?.[0].length ?? 0;
  const marks: { readonly at: number; readonly length: number; readonly cites: readonly number[] }[] = [];
  let removed = 0;
  const plain = line.slice(skipped).replace(MARK, (mark, numbers: string, at: number) => {
    marks.push({ at: at - removed, length: mark.length, cites: numbersIn(numbers) });
    removed += mark.length;
    return '';
  });
  const ranges = joined(plain, splitSentences(plain, language));
  return ranges.map(([start, end], position) => {
    const next = ranges[position + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const own = marks.filter(({ at }) => (position === 0 || at > start) && at <= next);
    const before = marks
      .filter(({ at }) => at <= start && position > 0)
      .reduce((sum, { length }) => sum + length, 0);
    return {
      drafted: {
        text: plain.slice(start, end).replaceAll('**', '').replaceAll('__', ''),
        cites: [...new Set(own.flatMap(({ cites }) => cites))],
      },
      start: position === 0 ? 0 : skipped + start + before,
    };
  });
}

/** Joins what was cut after an abbreviation that a number follows: "para. 71". */
function joined(text: string, ranges: readonly Range[]): Range[] {
  const whole: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = whole.at(-1);
    if (last && REFERENCE.test(text.slice(...last)) && /^\d/u.test(text.slice(start, end))) last[1] = end;
    else whole.push([start, end]);
  }
  return whole;
}

function numbersIn(list: string): number[] {
  return list.split(/[,;]/u).flatMap((part) => {
    const [from = 0, to = from] = part.split(/[–-]/u).map(Number);
    return to < from || to - from > MAX_RANGE
      ? [from, to]
      : Array.from({ length: to - from + 1 }, (_, step) => from + step);
  });
}

/** A sentence with its marks before its full stop, or after the quotation that it ends with. */
export function marked(text: string, ids: readonly number[]): string {
  const marks = ids.map((id) => `[${id}]`).join('');
  const [, body = text, stop = ''] = /^(.*[\p{L}\p{N})%])([.!?])$/su.exec(text) ?? [];
  return `${body} ${marks}${stop}`;
}
