import { candidatesFor } from './align.js';
import { contentAfter, contentBefore } from './cues.js';
import { type Figure, figuresIn } from './numbers.js';
import { ofSource } from './source.js';
import type { Fault } from './types.js';
import { type View, wordsOfView } from './view.js';

/** Words of the source within which a number belongs to a word. */
const NEAR = 7;

const figuresOf = ofSource(({ tokens }) => figuresIn(tokens));
const figuresAround = ofSource(({ context }) => new Set(figuresIn(context).map(({ value }) => value)));

/** Numbers and dates that the source does not have, or has with something else. */
export function figureFaults(view: View): Fault[] {
  const { tokens, source } = view;
  const own = figuresIn(tokens);
  if (own.length === 0) return [];
  const theirs = figuresOf(source);
  const outside = figuresAround(source);
  return own
    .filter((figure) => !stands(figure, view, theirs, outside))
    .map(({ first, last, date }) => ({
      kind: date ? ('date' as const) : ('number' as const),
      words: wordsOfView(view, first, last),
    }));
}

function stands(
  figure: Figure,
  view: View,
  theirs: readonly Figure[],
  outside: ReadonlySet<string>,
): boolean {
  const { source, tokens, used } = view;
  const same = theirs.filter((other) => isSame(figure, other));
  const inUse = same.filter(({ first }) => used.has(source.tokens[first]?.sentence ?? -1));
  if (figure.date) {
    if (figure.month !== null) return [...inUse, ...same].some(({ month }) => month === figure.month);
    return inUse.length > 0 || outside.has(figure.value);
  }
  // What names a part of the record: "Pillar II", "the second round".
  if (outside.has(figure.value) && isLabel(figure, view)) return true;
  const beside = [...contentAfter(tokens, figure.last, 2), ...contentBefore(tokens, figure.first, 1)];
  if (beside.length === 0) return inUse.length > 0;
  return inUse.some(({ first, last }) =>
    beside.some((at) => {
      const token = tokens[at];
      if (!token) return false;
      return candidatesFor(token, source).some(
        ({ at: place }) =>
          place >= first - NEAR &&
          place <= last + NEAR &&
          source.tokens[place]?.sentence === source.tokens[first]?.sentence,
      );
    }),
  );
}

function isLabel({ first, last }: Figure, { tokens, source }: View): boolean {
  return [first - 1, last + 1].some((at) => {
    const token = tokens[at];
    return token?.bases.some((base) => source.contextBases.has(base));
  });
}

function isSame(own: Figure, other: Figure): boolean {
  if (own.value === other.value) return true;
  const plain = (value: string): string => value.replace(/\.0+$/u, '');
  return plain(own.value) === plain(other.value);
}
