/** The largest of some values, the largest first. Sorting all of a typed array costs more than the products do. */
export function largest(values: Float32Array, limit: number): Float32Array {
  const best = new BestRows(Math.min(limit, values.length));
  best.offer(values, values);
  return best.values.slice(0, best.count);
}

/** The rows with the largest values of all that were offered, the largest first. */
export class BestRows {
  /** As many as there are, `count`, are of rows. */
  readonly values: Float32Array;
  readonly rows: Uint32Array;
  count = 0;

  constructor(limit: number) {
    this.values = new Float32Array(limit);
    this.rows = new Uint32Array(limit);
  }

  /**
   * @param rows of the values
   * @param from what is added to each row
   */
  offer(values: ArrayLike<number>, rows: ArrayLike<number>, from = 0): void {
    const limit = this.values.length;
    let last =
      this.count === limit ? (this.values[limit - 1] ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] as number;
      if (value <= last) continue;
      let at = this.count < limit ? this.count : limit - 1;
      for (; at > 0 && (this.values[at - 1] as number) < value; at -= 1) {
        this.values[at] = this.values[at - 1] as number;
        this.rows[at] = this.rows[at - 1] as number;
      }
      this.values[at] = value;
      this.rows[at] = from + (rows[i] as number);
      if (this.count < limit) this.count += 1;
      if (this.count === limit) last = this.values[limit - 1] as number;
    }
  }
}
