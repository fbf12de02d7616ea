/** What is taken one by one: an array, or what makes or reads each item when it is asked for. */
export interface List<T> {
  readonly length: number;
  at(index: number): T | undefined;
}

/** Items of lists, one list after the other. */
export function joined<T>(lists: readonly List<T>[]): List<T> {
  const ends: number[] = [];
  for (const { length } of lists) ends.push((ends.at(-1) ?? 0) + length);
  return {
    length: ends.at(-1) ?? 0,
    at: (index) => {
      const which = ends.findIndex((end) => index < end);
      return lists[which]?.at(index - (ends[which - 1] ?? 0));
    },
  };
}

/** Items of a list from one on and before another. */
export function partOf<T>(list: List<T>, from: number, to: number): List<T> {
  return { length: to - from, at: (index) => list.at(from + index) };
}

/** All items at once, of a list that lacks none. */
export function arrayOf<T>(list: List<T>): T[] {
  return Array.from({ length: list.length }, (_, index) => list.at(index) as T);
}

/** Position of the first of numbers in order that is no less than one. */
export function firstFrom(ordered: Uint32Array, number: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
