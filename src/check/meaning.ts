import { wordNet } from '../wordnet/index.js';
import { ofSource, type Source } from './source.js';
import type { Token } from './tokens.js';

/** How a word of the sentence may stand for one of the source by what both mean. */
export type Meant = 'same' | 'general' | 'special';

/** Rarer meanings of both words together say little. */
const MOST_RANKS = { same: 6, general: 5, special: 5 } as const;

interface Index {
  /** Positions of words by their meanings, with the rank. */
  readonly own: ReadonlyMap<number, readonly (readonly [place: number, rank: number])[]>;
  /** The same by what is above their meanings. */
  readonly above: ReadonlyMap<number, readonly (readonly [place: number, rank: number])[]>;
}

const indexOf = ofSource(({ tokens }): Index => {
  const own = new Map<number, [number, number][]>();
  const above = new Map<number, [number, number][]>();
  const net = wordNet();
  for (const [place, token] of tokens.entries()) {
    if (!token.content) continue;
    for (const { synset, rank } of net.sensesOf(token.bases[0] ?? '')) {
      note(own, synset, [place, rank]);
      for (const other of net.above(synset)) note(above, other, [place, rank]);
    }
  }
  return { own, above };
});

function note<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Positions of the source whose words a word may stand for, with how. */
export function meantBy(token: Token, source: Source): ReadonlyMap<number, Meant> {
  const stem = token.bases[0] ?? '';
  const known = foundOf(source);
  const found = known.get(stem) ?? findMeant(stem, source);
  known.set(stem, found);
  return found;
}

const foundOf = ofSource(() => new Map<string, ReadonlyMap<number, Meant>>());

function findMeant(stem: string, source: Source): Map<number, Meant> {
  const net = wordNet();
  const { own, above } = indexOf(source);
  const found = new Map<number, Meant>();
  const take = (
    places: readonly (readonly [number, number])[] | undefined,
    rank: number,
    how: Meant,
  ): void => {
    for (const [place, other] of places ?? []) {
      if (rank + other > MOST_RANKS[how]) continue;
      const known = found.get(place);
      if (known === undefined || ORDER.indexOf(how) < ORDER.indexOf(known)) found.set(place, how);
    }
  };
  for (const { synset, rank } of net.sensesOf(stem)) {
    take(own.get(synset), rank, 'same');
    take(above.get(synset), rank, 'general');
    for (const head of net.above(synset)) take(own.get(head), rank, 'special');
  }
  return found;
}

/** What is taken where a word may stand for another in more than one way. */
const ORDER: readonly Meant[] = ['same', 'general', 'special'];
