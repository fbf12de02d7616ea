import type { Fragment, Step } from './align.js';
import { spansFrom, type Text, wordsFrom } from './texts.js';
import type { Change, DiffPart, Match } from './types.js';
import type { Word } from './words.js';

/** A passage as a match. */
export function matchOf(
  text: Text,
  first: number,
  last: number,
  similarity = 1,
  changes: readonly Change[] = [],
): Match {
  const { document, paragraph } = text;
  return {
    document,
    paragraph,
    quote: wordsFrom(text, first, last),
    spans: spansFrom(text, first, last),
    similarity,
    changes,
    pieces: [],
    diff: [],
  };
}

/** A fragment with what is equal and what differs. */
export interface FragmentMatch {
  readonly match: Match;
  readonly text: Text;
  /** Words that are the same. */
  readonly equal: readonly Word[];
  /** Words that are not, on the side that has more of them in each change. */
  readonly changed: number;
}

/** Fragments as matches; what was given between them goes with the one before. */
export function matchesFrom(
  fragments: readonly Fragment[],
  quote: string,
  given: readonly Word[],
): FragmentMatch[] {
  return fragments.map((fragment, index) => {
    const firstGiven = fragments[index]?.steps[0]?.given ?? 0;
    const nextGiven = fragments[index + 1]?.steps[0]?.given ?? given.length;
    const lastGiven = fragment.steps.at(-1)?.given ?? 0;
    const before = index === 0 ? edge(fragment, 0, firstGiven, -1) : [];
    const after = edge(fragment, lastGiven + 1, nextGiven, index === fragments.length - 1 ? 1 : 0);
    return fragmentMatch(
      { text: fragment.text, steps: [...before, ...fragment.steps, ...after] },
      quote,
      given,
    );
  });
}

/**
 * Steps for the given words from `from` to `to` that stand before (-1) or after (1) the words of a fragment: as many
 * words of the sentence as were given were replaced. With 0 they were put in.
 */
function edge({ text, steps }: Fragment, from: number, to: number, side: -1 | 0 | 1): Step[] {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const end = (side === -1 ? steps[0] : steps.at(-1))?.source ?? 0;
  return numbers.map((number) => {
    const source = side === -1 ? end - (to - number) : end + (number - from) + 1;
    const replaced = side !== 0 && source >= 0 && text.sentences[source] === text.sentences[end];
    return { source: replaced ? source : -1, given: number, equal: false, afterGap: false };
  });
}

function fragmentMatch({ text, steps }: Fragment, quote: string, given: readonly Word[]): FragmentMatch {
  const source = steps.map((step) => step.source).filter((number) => number !== -1);
  const equal = steps.flatMap((step) => (step.equal && given[step.given] ? [given[step.given] as Word] : []));
  const givenWords = steps.filter((step) => step.given !== -1).length;
  const changes = changesOf(steps);
  const match = matchOf(
    text,
    source[0] ?? 0,
    source.at(-1) ?? 0,
    (2 * equal.length) / (source.length + givenWords),
    changes.map((change) => ({
      source: stretch(text.text, text.words, change.source),
      given: stretch(quote, given, change.given),
    })),
  );
  const changed = changes.reduce(
    (sum, change) => sum + Math.max(change.source.length, change.given.length),
    0,
  );
  return { match: { ...match, diff: diffOf(steps, text, quote, given) }, text, equal, changed };
}

/** Numbers of the words, on either side, that follow each other and differ. */
function changesOf(steps: readonly Step[]): { readonly source: number[]; readonly given: number[] }[] {
  const changes: { source: number[]; given: number[] }[] = [];
  let open: { source: number[]; given: number[] } | null = null;
  for (const { source, given, equal, afterGap } of steps) {
    if (equal || afterGap) open = null;
    if (equal) continue;
    if (!open) {
      open = { source: [], given: [] };
      changes.push(open);
    }
    if (source !== -1) open.source.push(source);
    if (given !== -1) open.given.push(given);
  }
  return changes;
}

/** What is the same and what differs, in order, as it is written. */
function diffOf(steps: readonly Step[], text: Text, quote: string, given: readonly Word[]): DiffPart[] {
  const parts: DiffPart[] = [];
  let same: number[] = [];
  let changed: Step[] = [];
  const push = (kind: DiffPart['kind'], words: string): void => {
    if (words !== '') parts.push({ kind, text: words });
  };
  const close = (): void => {
    push('same', stretch(text.text, text.words, same));
    for (const change of changesOf(changed)) {
      push('record', stretch(text.text, text.words, change.source));
      push('given', stretch(quote, given, change.given));
    }
    same = [];
    changed = [];
  };
  for (const step of steps) {
    if (step.afterGap) {
      close();
      push('omitted', '…');
    }
    if (step.equal) {
      if (changed.length > 0) close();
      same.push(step.source);
    } else {
      changed.push(step);
    }
  }
  close();
  return parts;
}

/** What a text has from the first of the words to the last, as it is written. */
function stretch(text: string, words: readonly Word[], numbers: readonly number[]): string {
  const first = words[numbers[0] ?? -1];
  const last = words[numbers.at(-1) ?? -1];
  return first && last ? text.slice(first.start, last.end) : '';
}
