import { closeSync, openSync, readSync } from 'node:fs';
import type { List } from '../lists.js';
import { recordBytes, vectorOf } from './segment.js';

/** Where the vectors of numbered texts lie. */
export class Places implements List<Float32Array> {
  readonly length: number;
  readonly #isHeld: boolean;
  readonly #dimension: number;
  readonly #held: Float32Array[] = [];
  /** By number: position among the files, plus 1. */
  readonly #files: Uint32Array;
  readonly #offsets: Float64Array;
  readonly #opened: { readonly file: string; readonly descriptor: number }[] = [];
  #known = 0;

  /**
   * @param length how many texts there are
   * @param isHeld whether their vectors are held in memory too
   */
  constructor(length: number, dimension: number, isHeld: boolean) {
    this.length = length;
    this.#isHeld = isHeld;
    this.#dimension = dimension;
    this.#files = new Uint32Array(length);
    this.#offsets = new Float64Array(length);
  }

  /** How many vectors are known. */
  get known(): number {
    return this.#known;
  }

  has(number: number): boolean {
    return this.#files[number] !== 0;
  }

  /**
   * Opens a segment, which may be removed then.
   *
   * @throws Error `ENOENT` where it is gone
   */
  open(file: string): number {
    this.#opened.push({ file, descriptor: openSync(file, 'r') });
    return this.#opened.length;
  }

  /** @param file what `open` gave */
  set(number: number, file: number, offset: number, vector: Float32Array): void {
    if (this.#files[number] === 0) this.#known += 1;
    this.#files[number] = file;
    this.#offsets[number] = offset;
    if (this.#isHeld) this.#held[number] = vector;
  }

  /** @throws Error where the file has not what it had */
  at(number: number): Float32Array | undefined {
    const held = this.#held[number];
    if (held) return held;
    const opened = this.#opened[(this.#files[number] ?? 0) - 1];
    if (!opened) return undefined;
    const record = Buffer.alloc(recordBytes({ dimension: this.#dimension }));
    const read = readSync(opened.descriptor, record, 0, record.length, this.#offsets[number] as number);
    const vector = read === record.length ? vectorOf(record) : null;
    if (!vector) throw new Error(`${opened.file} is not as it was`);
    return vector;
  }

  close(): void {
    for (const { descriptor } of this.#opened.splice(0)) closeSync(descriptor);
  }
}
