/** A term that looks like another. */
export interface Similar {
  readonly id: number;
  /** Letters that differ: Levenshtein's distance in UTF-16 code units, 1 or more. */
  readonly edits: number;
}

/** Ids kept at hand of terms that were asked for. */
const KNOWN = 4096;

/** The terms of an index in the order of their UTF-16 code units; the position of a term is its id. */
export class Terms {
  /** The terms one after another. */
  readonly units: Uint16Array;
  /** Where each begins, and the end of the last. */
  readonly starts: Uint32Array;
  readonly #known = new Map<string, number>();

  constructor(units: Uint16Array, starts: Uint32Array) {
    this.units = units;
    this.starts = starts;
  }

  /** @param terms as JavaScript sorts them */
  static of(terms: readonly string[]): Terms {
    const starts = new Uint32Array(terms.length + 1);
    for (const [id, { length }] of terms.entries()) starts[id + 1] = (starts[id] as number) + length;
    const units = new Uint16Array(starts[terms.length] as number);
    for (const [id, term] of terms.entries()) {
      const from = starts[id] as number;
      for (let i = 0; i < term.length; i += 1) units[from + i] = term.charCodeAt(i);
    }
    return new Terms(units, starts);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** -1 where there is none. */
  idOf(term: string): number {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const at = this.#firstWhere(0, (id) => this.#compare(id, term) >= 0);
    const id = at < this.size && this.#compare(at, term) === 0 ? at : -1;
    if (this.#known.size >= KNOWN) this.#known.clear();
    this.#known.set(term, id);
    return id;
  }

  lengthOf(id: number): number {
    return (this.starts[id + 1] as number) - (this.starts[id] as number);
  }

  /**
   * Terms that differ from one by at most so many letters, itself left out.
   *
   * Neighbours in the order share their beginning, and with it the first rows of the matrix of distances. Where no
   * entry of a row is small enough, no term that begins like this one can be near: all of them are stepped over. Only
   * the diagonals within `most` of the main one are kept, since what is further off costs more than `most`.
   */
  similar(term: string, most: number): Similar[] {
    const found: Similar[] = [];
    const { length } = term;
    const width = 2 * most + 1;
    const far = most + 1;
    // Cell `row * width + k` is the distance of the first `row` letters of a term to the first `row + k - most` of this.
    const cells = new Uint8Array((length + most + 2) * width).fill(far);
    for (let k = most; k < width; k += 1) cells[k] = k - most;
    /** Rows that hold for the last term that was looked at. */
    let depth = 0;
    let last = 0;
    for (let id = 0; id < this.size; ) {
      const own = this.lengthOf(id);
      depth = this.#shared(last, id, depth);
      while (depth < own && this.#nextRow(cells, term, most, depth + 1, this.#unit(id, depth)) <= most) {
        depth += 1;
      }
      last = id;
      if (depth < own) {
        const end = depth + 1;
        id = this.#firstWhere(id + 1, (other) => this.#shared(id, other, end) < end);
        continue;
      }
      const k = length - own + most;
      const edits = k >= 0 && k < width ? (cells[own * width + k] as number) : far;
      if (edits > 0 && edits <= most) found.push({ id, edits });
      id += 1;
    }
    return found;
  }

  /** Fills a row of the matrix for one more letter; the least of it. */
  #nextRow(cells: Uint8Array, term: string, most: number, row: number, unit: number): number {
    const { length } = term;
    const far = most + 1;
    if (row > length + most) return far;
    const width = 2 * most + 1;
    const here = row * width;
    const above = here - width;
    let least = far;
    for (let k = 0; k < width; k += 1) {
      const column = row + k - most;
      let cost = far;
      if (column === 0) cost = row;
      else if (column > 0 && column <= length) {
        const replaced = (cells[above + k] as number) + (unit === term.charCodeAt(column - 1) ? 0 : 1);
        const left = k + 1 < width ? (cells[above + k + 1] as number) + 1 : far;
        const added = k > 0 ? (cells[here + k - 1] as number) + 1 : far;
        cost = Math.min(replaced, left, added, far);
      }
      cells[here + k] = cost;
      if (cost < least) least = cost;
    }
    return least;
  }

  #unit(id: number, position: number): number {
    return this.units[(this.starts[id] as number) + position] as number;
  }

  /** Letters that two terms begin with in common, at most so many. */
  #shared(one: number, other: number, most: number): number {
    const end = Math.min(most, this.lengthOf(one), this.lengthOf(other));
    let length = 0;
    while (length < end && this.#unit(one, length) === this.#unit(other, length)) length += 1;
    return length;
  }

  /** Below 0 where the term of an id stands before a text, above where it stands after. */
  #compare(id: number, text: string): number {
    const own = this.lengthOf(id);
    const end = Math.min(own, text.length);
    for (let i = 0; i < end; i += 1) {
      const difference = this.#unit(id, i) - text.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return own - text.length;
  }

  /** The first id from one on of which something holds that holds of all after it; how many there are where of none. */
  #firstWhere(from: number, holds: (id: number) => boolean): number {
    let low = from;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
