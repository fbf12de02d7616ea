import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import { hold, isLeftOver } from '../hold.js';
import {
  type Key,
  keyOf,
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
  readonly #letGo: () => void;
  readonly #damaged = new Set<string>();
  readonly #needed = new Set<Key>();
  #segment: SegmentWriter | null = null;
  #counts: Counts = { embedded: 0, reused: 0 };

  private constructor(directory: string, embeddings: LocalEmbeddings, user: string) {
    this.#directory = directory;
    this.#embeddings = embeddings;
    this.#user = user;
    this.#letGo = hold(user);
  }

  /** Opens the store in a folder, which is made where it is not there. While it is open nobody else compacts it. */
  static async open(directory: string, embeddings: LocalEmbeddings): Promise<VectorStore> {
    await mkdir(directory, { recursive: true });
    const user = path.join(directory, `${USER}${randomUUID()}`);
    await writeFile(user, '');
    return new VectorStore(directory, embeddings, user);
  }

  get counts(): Counts {
    return this.#counts;
  }

  /**
   * Vectors of passages, in the order of `texts`: to the last bit what the encoder gives, stored before or encoded now.
   *
   * @param progress of what is encoded now; what it is told of is stored
   */
  async embed(texts: readonly string[], progress: Progress): Promise<Float32Array[]> {
    const byKey = new Map(texts.map((text) => [keyOf(text), text]));
    for (const key of byKey.keys()) this.#needed.add(key);
    const vectors = await this.#stored(byKey);
    const missing = [...byKey.keys()].filter((key) => !vectors.has(key));
    this.#counts = { ...this.#counts, reused: this.#counts.reused + vectors.size };
    await this.#embeddings.embedBatches(
      missing.map((key) => byKey.get(key) ?? ''),
      async (batch, done) => {
        const records = batch.map(([index, vector]): StoredVector => [missing[index] ?? '', vector]);
        this.#segment ??= await SegmentWriter.create(
          path.join(this.#directory, this.#newName()),
          this.#embeddings.profile,
        );
        await this.#segment.append(records);
        for (const [key, vector] of records) vectors.set(key, vector);
        this.#counts = { ...this.#counts, embedded: this.#counts.embedded + records.length };
        progress('encoding', done, missing.length);
      },
    );
    return texts.map((text) => vectors.get(keyOf(text)) ?? new Float32Array(0));
  }

  async #stored(wanted: ReadonlyMap<Key, string>): Promise<Map<Key, Float32Array>> {
    const vectors = new Map<Key, Float32Array>();
    const seen = new Set<string>();
    // Somebody may be writing several segments into a new one: looked for again until there is nothing new.
    for (;;) {
      const names = (await this.#segments()).filter((name) => this.#isOurs(name) && !seen.has(name));
      if (names.length === 0) return vectors;
      for (const name of names) {
        seen.add(name);
        await this.#read(name, (records) => {
          for (const [key, vector] of records) if (wanted.has(key)) vectors.set(key, vector);
        });
      }
    }
  }

  async #read(name: string, each: (records: readonly StoredVector[]) => void | Promise<void>): Promise<void> {
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
          const kept = new Map(records.filter(([key]) => this.#needed.has(key) && !written.has(key)));
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
