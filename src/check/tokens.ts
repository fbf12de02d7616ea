import { splitSentences } from '../chunk/index.js';
import { wordsOf } from '../verify/index.js';
import { isGlue, isReporting } from './kinds.js';
import { basesOf } from './stems.js';

/** A word as the checks see it. */
export interface Token {
  readonly key: string;
  readonly bases: readonly string[];
  /** In UTF-16 code units of the text it was read from. */
  readonly start: number;
  readonly end: number;
  /** As it is written. */
  readonly written: string;
  /** Whether it says something of its own; what only reports that something was said does, glue does not. */
  readonly content: boolean;
  readonly reporting: boolean;
  readonly capital: boolean;
  /** Number of its sentence, and of its part between commas and the like; both count on through a text. */
  readonly sentence: number;
  readonly clause: number;
  /** Whether a hyphen joins it with the word before. */
  readonly joined: boolean;
}

const LANGUAGE = 'en';
/** What stands between two words and ends a part of the sentence. */
const BREAK = /[,;:()[\]–—]|\s-\s/u;
const BREAKING = new Set(
  'but which while although though whereas because if unless whether since despite that who whose until'.split(
    ' ',
  ),
);

/** The words of a text with their sentences; a line of a text is a sentence of its own. */
export function tokensOf(text: string): Token[] {
  const starts = sentencesOf(text).map(([start]) => start);
  const tokens: Token[] = [];
  let clause = 0;
  let sentence = -1;
  let end = 0;
  for (const word of wordsOf(text)) {
    const between = text.slice(end, word.start);
    while (sentence + 1 < starts.length && (starts[sentence + 1] ?? 0) <= word.start) {
      sentence += 1;
      clause += 1;
    }
    if (BREAK.test(between) || BREAKING.has(word.key)) clause += 1;
    const written = text.slice(word.start, word.end);
    // The month, which is no modal.
    const isFirst = tokens.at(-1)?.sentence !== sentence;
    tokens.push({
      ...word,
      key: written === 'May' && !isFirst ? 'may.' : word.key.replace(/[⁰¹²³⁴-⁹]+$/u, '') || word.key,
      bases: basesOf(word.key),
      written,
      content: !isGlue(word.key) && /[\p{L}\p{N}]/u.test(word.key),
      reporting: isReporting(word.key),
      capital: /^\p{Lu}/u.test(written),
      sentence,
      clause,
      joined: /^[-‐‑]$/u.test(between),
    });
    end = word.end;
  }
  return tokens;
}

/** `[start, end)` of each sentence of a text. */
export function sentencesOf(text: string): [number, number][] {
  const found: [number, number][] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    for (const [start, end] of splitSentences(line, LANGUAGE)) found.push([at + start, at + end]);
    at += line.length + 1;
  }
  return found;
}
