import path from 'node:path';
import type { ModelProfile } from '../embed/index.js';
import { keyOf, prefixOf, readSegment } from './segment.js';
import { segmentsOf } from './store.js';

export interface StoreInspection {
  /** What is wrong, a line each. */
  readonly faults: readonly string[];
  /** Vectors that are as they were written, of whatever encoder. */
  readonly vectors: number;
}

/** A text with what reads the vector that must be stored for it, where it must be a certain one. */
export type StoredText = readonly [text: string, vector: (() => Float32Array | null) | null];

/**
 * Checks every vector of a store, and that it has those of an index.
 *
 * @param texts that must be stored
 */
export async function inspectStore(
  directory: string,
  profile: ModelProfile,
  texts: Iterable<StoredText>,
): Promise<StoreInspection> {
  const faults: string[] = [];
  const missing = new Set<string>();
  const expected = new Map<string, () => Float32Array | null>();
  for (const [text, vector] of texts) {
    const key = keyOf(text);
    missing.add(key);
    if (vector) expected.set(key, vector);
  }
  let vectors = 0;
  let others = 0;
  for (const name of await segmentsOf(directory).catch(() => [])) {
    const ours = name.startsWith(prefixOf(profile));
    try {
      const state = await readSegment(path.join(directory, name), ours ? profile : null, (records) => {
        if (!ours) return;
        for (const [key, vector] of records) {
          missing.delete(key);
          const wanted = expected.get(key)?.();
          if (wanted && !sameBits(wanted, vector)) others += 1;
        }
      });
      vectors += state.whole;
      if (state.damaged > 0) {
        const what = `${state.damaged} vector(s), or what stands before them, are not as they were written`;
        faults.push(
          `${path.join(directory, name)}: ${what}${ours ? '' : '; it is of another encoder, remove it'}`,
        );
      }
    } catch (error) {
      // Somebody else may have written its vectors into another file meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  if (others > 0) faults.push(`${directory}: ${others} vector(s) are not those of the index`);
  if (missing.size > 0) faults.push(`${directory}: ${missing.size} text(s) of the index have no vector`);
  return { faults, vectors };
}

function sameBits(one: Float32Array, other: Float32Array): boolean {
  return bytesOf(one).equals(bytesOf(other));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
