/** Milliseconds since a time of `performance.now()`, to a tenth. */
export function since(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}
