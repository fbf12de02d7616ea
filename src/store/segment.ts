import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';

/**
 * A segment is a file that one process appends to: the key of the encoder (32 bytes) and the length of its vectors
 * (uint32), then records of one length: the key of a text (32 bytes), its vector (float32), and the first bytes of the
 * SHA-256 of both, all little-endian. A record that is not whole, or not as it was written, is no record; those around
 * it still are.
 */
const KEY_BYTES = 32;
const HEADER_BYTES = KEY_BYTES + 4;
const CHECK_BYTES = 16;
/** Read at once: some 1 MB at 512 dimensions. */
const RECORDS_AT_ONCE = 512;
/** More than any encoder has: a damaged length. */
const MOST_DIMENSIONS = 65_536;

/** SHA-256 of a text, base64. */
export type Key = string;

export type StoredVector = readonly [Key, Float32Array];
/** With where its record begins in the file. */
export type PlacedVector = readonly [Key, Float32Array, offset: number];

export interface Encoder {
  /** As in `ModelProfile`: the same identity gives the same vectors. */
  readonly identity: string;
  readonly dimension: number;
}

export function keyOf(text: string): Key {
  return createHash('sha256').update(text).digest('base64');
}

/** Length of a record. */
export function recordBytes({ dimension }: Pick<Encoder, 'dimension'>): number {
  return KEY_BYTES + dimension * Float32Array.BYTES_PER_ELEMENT + CHECK_BYTES;
}

function headerOf({ identity, dimension }: Encoder): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  createHash('sha256').update(`paracite vectors 2 ${dimension} ${identity}`).digest().copy(header);
  header.writeUInt32LE(dimension, KEY_BYTES);
  return header;
}

/** Names that the segments of an encoder begin with. */
export function prefixOf(encoder: Encoder): string {
  return prefixIn(headerOf(encoder));
}

function prefixIn(header: Buffer): string {
  return `${header.toString('hex', 0, 8)}-`;
}

export interface SegmentState {
  readonly whole: number;
  /** Records, or the header, that are not as they were written. */
  readonly damaged: number;
  /** Whether it ends within a record, as the segment of a process that was killed does. */
  readonly torn: boolean;
}

/**
 * Reads a segment once, from its beginning to its end.
 *
 * @param encoder whose segment it is; null for whoever's it says
 * @param each given the records that are as they were written, some hundred at once, theirs to keep
 * @throws Error `ENOENT` where it is gone
 */
export async function readSegment(
  file: string,
  encoder: Encoder | null,
  each: (records: readonly PlacedVector[]) => void | Promise<void>,
): Promise<SegmentState> {
  const handle = await open(file, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    if ((await fill(handle, header)) < HEADER_BYTES) return { whole: 0, damaged: 0, torn: true };
    const known = encoder
      ? header.equals(headerOf(encoder))
      : path.basename(file).startsWith(prefixIn(header));
    const dimension = header.readUInt32LE(KEY_BYTES);
    if (!known || dimension > MOST_DIMENSIONS) return { whole: 0, damaged: 1, torn: false };
    const length = recordBytes({ dimension });
    const buffer = Buffer.alloc(RECORDS_AT_ONCE * length);
    let whole = 0;
    let damaged = 0;
    let offset = HEADER_BYTES;
    for (;;) {
      const read = await fill(handle, buffer);
      const records: PlacedVector[] = [];
      for (let at = 0; at + length <= read; at += length) {
        const record = buffer.subarray(at, at + length);
        const vector = vectorOf(record);
        if (vector) records.push([record.toString('base64', 0, KEY_BYTES), vector, offset + at]);
        else damaged += 1;
      }
      offset += read;
      whole += records.length;
      await each(records);
      if (read < buffer.length) return { whole, damaged, torn: read % length > 0 };
    }
  } finally {
    await handle.close();
  }
}

/** The vector of a record, null where it is not as it was written. */
export function vectorOf(record: Buffer): Float32Array | null {
  const content = record.subarray(0, record.length - CHECK_BYTES);
  if (!checkOf(content).equals(record.subarray(content.length))) return null;
  const vector = new Float32Array((content.length - KEY_BYTES) / Float32Array.BYTES_PER_ELEMENT);
  Buffer.from(vector.buffer).set(content.subarray(KEY_BYTES));
  return vector;
}

/** Fills a buffer with what comes next in a file; fewer bytes only at its end. */
async function fill(handle: FileHandle, buffer: Buffer): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function checkOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest().subarray(0, CHECK_BYTES);
}

/** A new segment. What was appended outlives this process, however it ends. */
export class SegmentWriter {
  readonly #handle: FileHandle;
  #length = HEADER_BYTES;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws Error where the file is there already or cannot be written */
  static async create(file: string, encoder: Encoder): Promise<SegmentWriter> {
    const handle = await open(file, 'wx');
    await handle.appendFile(headerOf(encoder));
    return new SegmentWriter(handle);
  }

  /** @returns where the first of the records begins */
  async append(records: readonly StoredVector[]): Promise<number> {
    const parts = records.flatMap(([key, { buffer, byteOffset, byteLength }]) => {
      const content = Buffer.concat([
        Buffer.from(key, 'base64'),
        new Uint8Array(buffer, byteOffset, byteLength),
      ]);
      return [content, checkOf(content)];
    });
    const bytes = Buffer.concat(parts);
    const offset = this.#length;
    this.#length += bytes.length;
    await this.#handle.appendFile(bytes);
    return offset;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
