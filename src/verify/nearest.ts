import { lineOf, pairsOf, type Text, wordNumber } from './texts.js';
import type { Word } from './words.js';

/** Texts that share most with the whole of what was given. */
const NEAREST = 8;
/** Texts for each run of words. */
const PER_RUN = 3;
/** Shortest run of words that counts as taken from the record. */
const MIN_RUN = 4;
/** Most comparisons of a word given with a word of the record: bounds the time and memory that a long text takes. */
const MAX_COMPARISONS = 16_000_000;

/** The texts that what was given can come from, the likeliest first. */
export function nearestTexts(all: readonly Text[], given: readonly Word[]): Text[] {
  const chosen = [...new Set([...mostShared(all, given), ...withRuns(all, given)])];
  let comparisons = 0;
  return chosen.filter(({ words }, index) => {
    comparisons += words.length * given.length;
    return index === 0 || comparisons <= MAX_COMPARISONS;
  });
}

/** By words and pairs of neighbouring words in common, the rare ones counting more. */
function mostShared(all: readonly Text[], given: readonly Word[]): Text[] {
  const scores = new Map<Text, number>();
  const count = (wanted: readonly string[], setOf: (text: Text) => ReadonlySet<string>): void => {
    for (const words of new Set(wanted)) {
      const having = all.filter((text) => setOf(text).has(words));
      const weight = Math.log(1 + all.length / having.length);
      for (const text of having) scores.set(text, (scores.get(text) ?? 0) + weight);
    }
  };
  count(
    given.map(({ key }) => key),
    (text) => text.vocabulary,
  );
  count(pairsOf(given), (text) => text.pairs);
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, NEAREST)
    .map(([text]) => text);
}

/** Texts that have the longest runs of the words given, whatever else these say. */
function withRuns(all: readonly Text[], given: readonly Word[]): Text[] {
  const found: Text[] = [];
  for (let from = 0; from + MIN_RUN <= given.length; ) {
    const words = given.slice(from, from + MIN_RUN);
    const pairs = pairsOf(words);
    const line = lineOf(words);
    const runs = all
      .filter((text) => pairs.every((pair) => text.pairs.has(pair)) && text.line.includes(line))
      .map((text) => ({ text, length: longestRun(text, line, given, from) }))
      .sort((a, b) => b.length - a.length);
    const longest = runs[0]?.length ?? 0;
    found.push(
      ...runs
        .filter(({ length }) => length === longest)
        .slice(0, PER_RUN)
        .map(({ text }) => text),
    );
    // The next run may start with the last words of this one.
    from += Math.max(1, longest - MIN_RUN + 1);
  }
  return found;
}

function longestRun(text: Text, line: string, given: readonly Word[], from: number): number {
  let longest = 0;
  for (let at = text.line.indexOf(line); at !== -1; at = text.line.indexOf(line, at + 1)) {
    const first = wordNumber(text.line, at);
    let length = MIN_RUN;
    while (from + length < given.length && text.words[first + length]?.key === given[from + length]?.key) {
      length += 1;
    }
    longest = Math.max(longest, length);
  }
  return longest;
}
