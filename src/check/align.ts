import { groupsOf } from './lexicon.js';
import { meantBy } from './meaning.js';
import type { Source } from './source.js';
import type { Token } from './tokens.js';

/** Where words of a sentence stand in the passages. */
export interface Alignment {
  /** For each word of the sentence the position of its word in the source; -1 where there is none. */
  readonly at: readonly number[];
  /** For each word, how far its word in the source is from it: 0 the same, 1 derived, 2 of the same meaning. */
  readonly distance: readonly number[];
}

interface Candidate {
  readonly at: number;
  readonly distance: number;
}

/** What it costs to take a word that is not the same, by its distance. */
const PRICE = [0, 0.1, 0.35] as const;
const BACKWARDS = 0.1;
const STEP = 0.03;
const FAR = 20;
const OTHER_SENTENCE = 1;
const OTHER_PASSAGE = 1.4;

/** The words of the source that a sentence most likely took its own from: near each other, in few sentences. */
export function alignWords(tokens: readonly Token[], source: Source): Alignment {
  const at = tokens.map(() => -1);
  const distance = tokens.map(() => 0);
  const rows = tokens.flatMap((token, index) => {
    const candidates = token.content ? candidatesFor(token, source) : [];
    return candidates.length > 0 ? [{ index, candidates, costs: [] as number[], from: [] as number[] }] : [];
  });
  for (const [number, row] of rows.entries()) {
    const before = rows[number - 1];
    for (const candidate of row.candidates) {
      let best = 0;
      let from = -1;
      if (before) {
        best = Number.POSITIVE_INFINITY;
        for (const [other, { at: place }] of before.candidates.entries()) {
          const cost = (before.costs[other] ?? 0) + jump(source, place, candidate.at);
          if (cost < best) {
            best = cost;
            from = other;
          }
        }
      }
      row.costs.push(best + (PRICE[candidate.distance] ?? 0));
      row.from.push(from);
    }
  }
  const last = rows.at(-1);
  let choice = last ? last.costs.indexOf(Math.min(...last.costs)) : -1;
  for (const row of rows.reverse()) {
    const candidate = row.candidates[choice];
    at[row.index] = candidate?.at ?? -1;
    distance[row.index] = candidate?.distance ?? 0;
    choice = row.from[choice] ?? -1;
  }
  return { at, distance };
}

/** Positions that a word may stand for, each with its distance. */
export function candidatesFor(token: Token, source: Source): Candidate[] {
  const found = new Map<number, number>();
  const note = (places: readonly number[] | undefined, distance: number): void => {
    for (const place of places ?? []) if (!found.has(place)) found.set(place, distance);
  };
  const [stem = '', ...derived] = token.bases;
  note(source.byBase.get(stem), 0);
  for (const base of derived) note(source.byBase.get(base), 1);
  for (const group of groupsOf(token.bases)) note(source.byGroup.get(group), 2);
  for (const [place, how] of meantBy(token, source)) if (how === 'same') note([place], 2);
  return [...found].map(([place, distance]) => ({ at: place, distance }));
}

function jump({ tokens }: Source, from: number, to: number): number {
  const before = tokens[from];
  const after = tokens[to];
  if (!before || !after) return 0;
  const way = STEP * Math.min(Math.abs(to - from), FAR) + (to < from ? BACKWARDS : 0);
  if (before.sentence === after.sentence) return way;
  return before.passage === after.passage ? OTHER_SENTENCE + way : OTHER_PASSAGE;
}
