import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { breathe } from '../breathe.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { hold, isLeftOver } from '../hold.js';
import type { List } from '../lists.js';
import { Places } from './places.js';
import {
  type Key,
  keyOf,
  type PlacedVector,
  prefixOf,
  readSegment,
  recordBytes,
  SegmentWriter,
  type StoredVector,
} from './segment.js';

const SEGMENT = '.vectors';
const USER = '.user-';
const TEMPORARY = '.tmp-';
/** The store is written anew where it is longer than what is needed of it by more than this. */
const MOST_LENGTH = 2;
/** Most files: each build that encodes something begins one. */
const MOST_SEGMENTS = 16;

/** Vectors that are held in memory beside their files: some 130 MB. Those of more texts are read when they are asked for. */
const MOST_HELD = 65_536;
/** Texts taken before others have their turn: some 10 ms. */
const TEXTS_IN_A_ROW = 2_048;

export interface Counts {
  /** Different texts that were encoded now. */
  readonly embedded: number;
  /** Different texts whose vector was stored before. */
  readonly reused: number;
}

/**
 * Vectors on disk by encoder and text, so that a text is encoded once. A process appends to a segment of its own and
 * reads those of others; a segment is removed only by one who has written what is needed of it into another.
 */
export class VectorStore {
  readonly #directory: string;
  readonly #embeddings: LocalEmbeddings;
  readonly #user: string;
  readonly #mostHeld: number;
  readonly #letGo: () => void;
  readonly #damaged = new Set<string>();
  readonly #needed = new Set<Key>();
  readonly #places: Places[] = [];
  #segment: SegmentWriter | null = null;
  /** File of the segment. */
  #own = '';
  #counts: Counts = { embedded: 0, reused: 0 };

  private constructor(directory: string, embeddings: LocalEmbeddings, user: string, mostHeld: number) {
    this.#mostHeld = mostHeld;
    this.#directory = directory;
    this.#embeddings = embeddings;
    this.#user = user;
    this.#letGo = hold(user);
  }

  /**
   * Opens the store in a folder, which is made where it is not there. While it is open nobody else compacts it.
   *
   * @param mostHeld texts up to which vectors are held in memory; those of more are read when they are asked for
   */
  static async open(
    directory: string,
    embeddings: LocalEmbeddings,
    mostHeld = MOST_HELD,
  ): Promise<VectorStore> {
    await mkdir(directory, { recursive: true });
    const user = path.join(directory, `${USER}${randomUUID()}`);
    await writeFile(user, '');
    return new VectorStore(directory, embeddings, user, mostHeld);
  }

  get counts(): Counts {
    return this.#counts;
  }

  /**
   * Vectors of passages, in the order of `texts`: to the last bit what the encoder gives, stored before or encoded now. They
   * can be read as long as the store is open.
   *
   * @param progress of what is encoded now; what it is told of is stored
   */
  async embed(texts: List<string>, progress: Progress): Promise<List<Float32Array>> {
    const numbers = new Map<Key, number>();
    /** By text: its number; texts that are equal have the same. */
    const numberOf = new Uint32Array(texts.length);
    /** By number: the first text that has it. */
    const firsts = new Uint32Array(texts.length);
    for (let index = 0; index < texts.length; index += 1) {
      if (index % TEXTS_IN_A_ROW === 0) await breathe();
      const key = keyOf(texts.at(index) ?? '');
      const number = numbers.get(key) ?? numbers.size;
      if (number === numbers.size) {
        numbers.set(key, number);
        this.#needed.add(key);
        firsts[number] = index;
      }
      numberOf[index] = number;
    }
    const places = new Places(
      numbers.size,
      this.#embeddings.profile.dimension,
      numbers.size <= this.#mostHeld,
    );
    this.#places.push(places);
    await this.#findIn(numbers, places);
    this.#counts = { ...this.#counts, reused: this.#counts.reused + places.known };
    await this.#encode(numbers, places, (number) => texts.at(firsts[number] ?? 0) ?? '', progress);
    return { length: texts.length, at: (index) => places.at(numberOf[index] ?? -1) };
  }

  /** Encodes the texts whose vectors are not known. */
  async #encode(
    numbers: ReadonlyMap<Key, number>,
    places: Places,
    textOf: (number: number) => string,
    progress: Progress,
  ): Promise<void> {
    const missing: (readonly [Key, number: number])[] = [];
    for (const [key, number] of numbers) if (!places.has(number)) missing.push([key, number]);
    const texts: List<string> = { length: missing.length, at: (i) => missing[i] && textOf(missing[i][1]) };
    let file = 0;
    await this.#embeddings.embedBatches(texts, async (batch, done) => {
      const records = batch.map(([index, vector]): StoredVector => [missing[index]?.[0] ?? '', vector]);
      if (!this.#segment) {
        const own = path.join(this.#directory, this.#newName());
        this.#segment = await SegmentWriter.create(own, this.#embeddings.profile);
        this.#own = own;
      }
      if (file === 0) file = places.open(this.#own);
      const offset = await this.#segment.append(records);
      const length = recordBytes(this.#embeddings.profile);
      for (const [row, [index, vector]] of batch.entries())
        places.set(missing[index]?.[1] ?? 0, file, offset + row * length, vector);
      this.#counts = { ...this.#counts, embedded: this.#counts.embedded + records.length };
      progress('encoding', done, missing.length);
    });
  }

  /** Looks for the vectors of texts in what is stored. */
  async #findIn(numbers: ReadonlyMap<Key, number>, places: Places): Promise<void> {
    const seen = new Set<string>();
    // Somebody may be writing several segments into a new one: looked for again until there is nothing new.
    for (;;) {
      const names = (await this.#segments()).filter((name) => this.#isOurs(name) && !seen.has(name));
      if (names.length === 0) return;
      for (const name of names) {
        seen.add(name);
        const file = openedIn(places, path.join(this.#directory, name));
        if (file === null) continue;
        await this.#read(name, (records) => {
          for (const [key, vector, offset] of records) {
            const number = numbers.get(key);
            if (number !== undefined) places.set(number, file, offset, vector);
          }
        });
      }
    }
  }

  async #read(name: string, each: (records: readonly PlacedVector[]) => void | Promise<void>): Promise<void> {
    const file = path.join(this.#directory, name);
    const state = await readSegment(file, this.#embeddings.profile, each).catch(nullWhereGone);
    if (state !== null && state.damaged > 0) this.#damaged.add(name);
  }

  /**
   * Writes the store anew with only what was asked for, where more than half of it is something else, or it is in many
   * files, or damaged. Not while somebody else has it open, who may count on what is not needed here.
   *
   * @returns whether it did
   */
  async compact(): Promise<boolean> {
    await this.#closeSegment();
    // In this order: whoever opens it from now on begins a segment that is not among these.
    const names = await this.#segments();
    if (await this.#isShared()) return false;
    const { profile } = this.#embeddings;
    const lengths = await Promise.all(names.map((name) => lengthOf(path.join(this.#directory, name))));
    const length = lengths.reduce((sum, bytes) => sum + bytes, 0);
    if (
      length <= MOST_LENGTH * (this.#needed.size + 1) * recordBytes(profile) &&
      names.length <= MOST_SEGMENTS &&
      !names.some((name) => this.#damaged.has(name))
    )
      return false;
    const name = this.#newName();
    const temporary = path.join(this.#directory, TEMPORARY + name);
    const segment = await SegmentWriter.create(temporary, profile);
    const written = new Set<Key>();
    try {
      for (const old of names.filter((candidate) => this.#isOurs(candidate))) {
        await this.#read(old, async (records) => {
          const kept = new Map(
            records
              .filter(([key]) => this.#needed.has(key) && !written.has(key))
              .map(([key, vector]) => [key, vector]),
          );
          for (const key of kept.keys()) written.add(key);
          await segment.append([...kept]);
        });
      }
      await segment.close();
      await rename(temporary, path.join(this.#directory, name));
    } finally {
      await segment.close();
      await rm(temporary, { force: true });
    }
    for (const old of names) await rm(path.join(this.#directory, old), { force: true });
    return true;
  }

  async close(): Promise<void> {
    this.#letGo();
    for (const places of this.#places) places.close();
    await this.#closeSegment();
    await rm(this.#user, { force: true });
  }

  async #closeSegment(): Promise<void> {
    await this.#segment?.close();
    this.#segment = null;
  }

  #newName(): string {
    return `${prefixOf(this.#embeddings.profile)}${randomUUID()}${SEGMENT}`;
  }

  #isOurs(name: string): boolean {
    return name.startsWith(prefixOf(this.#embeddings.profile));
  }

  #segments(): Promise<string[]> {
    return segmentsOf(this.#directory);
  }

  /** Whether somebody else has it open. Removes what killed processes left. */
  async #isShared(): Promise<boolean> {
    let shared = false;
    for (const name of await readdir(this.#directory)) {
      const file = path.join(this.#directory, name);
      if (file === this.#user || !(name.startsWith(USER) || name.startsWith(TEMPORARY))) continue;
      if (await isLeftOver(file)) await rm(file, { force: true });
      else if (name.startsWith(USER)) shared = true;
    }
    return shared;
  }
}

/** Names of the segments in a folder, of whatever encoder. */
export async function segmentsOf(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith(SEGMENT) && !name.startsWith(TEMPORARY)).sort();
}

/** Null where it is gone. */
function openedIn(places: Places, file: string): number | null {
  try {
    return places.open(file);
  } catch (error) {
    return nullWhereGone(error as NodeJS.ErrnoException);
  }
}

async function lengthOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

function nullWhereGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
