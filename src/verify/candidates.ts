import type { Places } from './postings.js';
import type { Shingles } from './shingles.js';
import type { Text } from './texts.js';
import type { Word } from './words.js';

/** A part of a text: words from `from` to before `to`. */
export interface Window {
  readonly text: Text;
  readonly from: number;
  readonly to: number;
}

/** Windows that share most with the whole of what was given. */
const NEAREST = 6;
/** Windows for each run of words. */
const PER_RUN = 3;
/** Shortest run of words that counts as taken from the record. */
const MIN_RUN = 4;
/** A word or pair that stands in more places says too little about where. */
const MAX_PLACES = 400;
/** Most comparisons of a word given with a word of the record: bounds the time and memory that a long text takes. */
const MAX_COMPARISONS = 4_000_000;

/** What counting shared words needs. */
interface Search {
  readonly all: readonly Shingles[];
  readonly given: readonly Word[];
  readonly weigh: (key: string) => number;
}

/**
 * Where what was given can come from, the likeliest first.
 *
 * @param whole whether words may have been left out openly, so that a window must have all of its text
 */
export function windowsFor(search: Search, whole: boolean): Window[] {
  const { given } = search;
  const slack = 12 + Math.ceil(given.length / 4);
  const found = [...mostShared(search), ...withRuns(search)];
  const windows: Window[] = [];
  for (const { text, from } of found) {
    const window = whole
      ? { text, from: 0, to: text.words.length }
      : {
          text,
          from: Math.max(0, from - slack),
          to: Math.min(text.words.length, from + given.length + slack),
        };
    merge(windows, window);
  }
  let comparisons = 0;
  return windows.filter(({ from, to }, index) => {
    comparisons += (to - from) * given.length;
    return index === 0 || comparisons <= MAX_COMPARISONS;
  });
}

/** Adds a window, to one that it overlaps where there is one. */
function merge(windows: Window[], added: Window): void {
  const index = windows.findIndex(
    ({ text, from, to }) => text === added.text && added.from <= to && from <= added.to,
  );
  const other = windows[index];
  if (!other) windows.push(added);
  else {
    windows[index] = {
      text: added.text,
      from: Math.min(other.from, added.from),
      to: Math.max(other.to, added.to),
    };
  }
}

/** Where the first word given would stand in a text. */
interface Start {
  readonly text: Text;
  readonly from: number;
}

/** By words and pairs of neighbouring words in common at about the same distance, the rare ones counting more. */
function mostShared({ all, given, weigh }: Search): Start[] {
  const band = Math.max(4, given.length >> 1);
  const ranked: (Start & { readonly score: number })[] = [];
  for (const shingles of all) {
    const scores = new Map<number, number>();
    const perText = Math.ceil((shingles.size + given.length) / band) + 2;
    const count = (places: Places, index: number, weight: number): void => {
      if (places.length > MAX_PLACES) return;
      let text = -1;
      let start = 0;
      let end = 0;
      for (let i = 0; i < places.length; i += 1) {
        const place = places[i] as number;
        // In order: most stand in the text of the one before, or soon after it.
        if (place >= end) {
          text = shingles.textAt(place);
          start = shingles.startOf(text) + index - given.length;
          end = shingles.startOf(text + 1);
        }
        const cell = text * perText + Math.floor((place - start) / band) + 1;
        // Bands overlap by half, so that neighbours on either side of a limit count together.
        scores.set(cell, (scores.get(cell) ?? 0) + weight);
        scores.set(cell - 1, (scores.get(cell - 1) ?? 0) + weight);
      }
    };
    for (const [index, { key }] of given.entries()) {
      const next = given[index + 1];
      count(shingles.placesOfWord(key), index, weigh(key));
      if (next) count(shingles.placesOfPair(key, next.key), index, weigh(key) + weigh(next.key));
    }
    for (const [cell, score] of scores) {
      const text = shingles.texts[Math.floor(cell / perText)];
      const from = ((cell % perText) - 1) * band - given.length + (band >> 1);
      if (text) ranked.push({ text, from, score });
    }
  }
  const chosen: Start[] = [];
  for (const start of ranked.sort((a, b) => b.score - a.score)) {
    if (chosen.length === NEAREST) break;
    const near = chosen.some(({ text, from }) => text === start.text && Math.abs(from - start.from) <= band);
    if (!near) chosen.push(start);
  }
  return chosen;
}

/** Where the longest runs of the words given stand, whatever else these say. */
function withRuns({ all, given }: Search): Start[] {
  const found: Start[] = [];
  for (let from = 0; from + MIN_RUN <= given.length; ) {
    const runs = all.flatMap((shingles) =>
      Array.from(shingles.placesOfPair(given[from]?.key ?? '', given[from + 1]?.key ?? ''), (place) => ({
        shingles,
        place,
        length: runLength(shingles, place, given, from),
      })),
    );
    const longest = runs.reduce((most, { length }) => Math.max(most, length), 0);
    if (longest >= MIN_RUN) {
      const best = runs.filter(({ length }) => length === longest).slice(0, PER_RUN);
      for (const { shingles, place } of best) {
        const number = shingles.textAt(place);
        const text = shingles.texts[number];
        if (text) found.push({ text, from: place - shingles.startOf(number) - from });
      }
    }
    // The next run may start with the last words of this one.
    from += Math.max(1, longest - MIN_RUN + 1);
  }
  return found;
}

function runLength({ keyAt }: Shingles, place: number, given: readonly Word[], from: number): number {
  let length = 2;
  while (from + length < given.length && keyAt(place + length) === given[from + length]?.key) length += 1;
  return length;
}
