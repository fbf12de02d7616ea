import { bestExtract } from '../answer/index.js';
import type { AnyIndex } from '../index/index.js';
import type { Passage } from '../retrieve/index.js';
import type { Asked } from './run.js';
import { DEPTH } from './systems.js';
import { isSingle } from './types.js';

/** Most misses that are shown, and paragraphs that stood before the right one of each. */
const MISSES = 20;
const INSTEAD = 3;
/** Longest snippet in UTF-16 code units. */
const MAX_SNIPPET = 240;

/** A paragraph as a reader finds it again. */
export interface Place {
  readonly label: string;
  readonly section: readonly string[];
  readonly snippet: string;
  /** 0 to 1. */
  readonly score: number;
}

export interface Miss {
  readonly asked: Asked;
  /** Of the first right paragraph, from 2; null where it is not among the first 15. */
  readonly rank: number | null;
  /** Best of what stood before it. */
  readonly instead: readonly Place[];
}

/** Questions whose right paragraph is not first: the deepest first, of those the ones whose wrong one scored highest. */
export function worstMisses(index: AnyIndex, asked: readonly Asked[]): Miss[] {
  const missed = asked.flatMap((one) => {
    const passages = one.answer.retrieval.passages.slice(0, DEPTH);
    const position = passages.findIndex(({ paragraph }) => one.question.gold.includes(paragraph.number));
    if (!isSingle(one.question) || position === 0) return [];
    const before = position === -1 ? passages : passages.slice(0, position);
    return [{ one, rank: position === -1 ? null : position + 1, before }];
  });
  const depth = (rank: number | null) => rank ?? Number.POSITIVE_INFINITY;
  return missed
    .sort(
      (a, b) =>
        Number(depth(b.rank) > depth(a.rank)) - Number(depth(a.rank) > depth(b.rank)) ||
        (b.before[0]?.score ?? 0) - (a.before[0]?.score ?? 0),
    )
    .slice(0, MISSES)
    .map(({ one, rank, before }) => ({
      asked: one,
      rank,
      instead: before.slice(0, INSTEAD).map((passage) => placeOf(index, one, passage)),
    }));
}

/** Answerable questions that were refused, the surest refusal first. */
export function wronglyRefused(asked: readonly Asked[]): Asked[] {
  return asked
    .filter(({ question, answer }) => question.gold.length > 0 && answer.status === 'not_found')
    .sort((a, b) => a.answer.confidence - b.answer.confidence);
}

/** Questions without an answer in the record that were answered, the surest first. */
export function wronglyAnswered(asked: readonly Asked[]): Asked[] {
  return asked
    .filter(({ question, answer }) => question.gold.length === 0 && answer.status === 'answered')
    .sort((a, b) => b.answer.confidence - a.answer.confidence);
}

export function placeOf(index: AnyIndex, { question, answer }: Asked, passage: Passage): Place {
  const { paragraph, score } = passage;
  const extract = bestExtract(index, passage, answer.retrieval, question.question);
  return {
    label: labelOf(paragraph.number),
    section: paragraph.section,
    snippet: shorten(extract?.quote ?? paragraph.wording.text),
    score,
  };
}

/** "para. 71", "front matter" */
export function labelOf(number: number): string {
  return number === 0 ? 'front matter' : `para. ${number}`;
}

function shorten(text: string): string {
  return text.length <= MAX_SNIPPET ? text : `${text.slice(0, MAX_SNIPPET).replace(/\s+\S*$/u, '')} …`;
}
