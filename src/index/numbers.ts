/** A list of whole numbers in as few bytes as their kind takes. */
export class Numbers<A extends Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>> {
  readonly #kind: new (
    length: number,
  ) => A;
  #values: A;
  #length = 0;

  constructor(kind: new (length: number) => A) {
    this.#kind = kind;
    this.#values = new kind(1024);
  }

  get length(): number {
    return this.#length;
  }

  at(position: number): number {
    return this.#values[position] as number;
  }

  set(position: number, value: number): void {
    this.#values[position] = value;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new this.#kind(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** All of them, in an array that is no longer than that; the list is empty then. */
  take(): A {
    const all = this.#values.slice(0, this.#length) as A;
    this.#values = new this.#kind(0);
    this.#length = 0;
    return all;
  }
}
