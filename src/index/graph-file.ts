import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Whether a file has vectors of entries, in a graph or alone. */
export function hasVectors(file: string): boolean {
  return /-\d+\.(?:hnsw|f32)$/u.test(file);
}

/** Whether a file has the codes of vectors. */
export function hasCodes(file: string): boolean {
  return /-\d+\.i8$/u.test(file);
}

/** The file that is read whole when an index is opened: a graph, or of vectors alone their codes. */
export function readOf(file: string): string {
  return isGraph(file) ? file : file.replace(/\.f32$/u, '.i8');
}

/** Whether a file is a graph, and not vectors alone. */
export function isGraph(file: string): boolean {
  return file.endsWith('.hnsw');
}

/**
 * The vectors in a file: of an index in several segments one after the other, otherwise in one that hnswlib has written (`HierarchicalNSW::saveIndex` of version 0.8): sizes, then for each entry its links,
 * its vector and its label, all of one length. They are read from there, so that they are not stored twice.
 */
export interface Layout {
  /** Entries of the graph. */
  readonly count: number;
  /** Bytes from the beginning of the file to the first vector, and from each to the next. */
  readonly first: number;
  readonly stride: number;
}

const HEADER_BYTES = 96;
const NUMBER_BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * @param bytes the whole file
 * @throws Error where they are not a graph of such vectors whose labels count from 0
 */
export function layoutOf(file: string, bytes: Uint8Array, dimension: number): Layout {
  if (!isGraph(file)) return aloneIn(bytes.byteLength, dimension);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES) throw new Error('the graph is cut off');
  const [, , count = 0, stride = 0, label = 0, data = 0] = [0, 8, 16, 24, 32, 40].map((at) =>
    Number(view.getBigUint64(at, true)),
  );
  const fits = label - data === dimension * NUMBER_BYTES && label + 8 === stride;
  if (!fits || HEADER_BYTES + count * stride > bytes.byteLength)
    throw new Error(`the graph is not of vectors of ${dimension} numbers`);
  for (let row = 0; row < count; row += 1) {
    if (view.getUint32(HEADER_BYTES + row * stride + label, true) !== row)
      throw new Error(`the graph has no entry ${row} where it belongs`);
  }
  return { count, first: HEADER_BYTES + data, stride };
}

/** Vectors one after the other. */
export function aloneIn(byteLength: number, dimension: number): Layout {
  const stride = dimension * NUMBER_BYTES;
  if (byteLength % stride !== 0) throw new Error('the vectors are cut off');
  return { count: byteLength / stride, first: 0, stride };
}

/** Vectors written in one go. */
const WRITTEN_AT_ONCE = 1024;

export function writeVectors(file: string, count: number, vectorAt: (row: number) => Float32Array): void {
  const descriptor = openSync(file, 'w');
  try {
    for (let from = 0; from < count; from += WRITTEN_AT_ONCE) {
      const own: Uint8Array[] = [];
      for (let row = from; row < Math.min(count, from + WRITTEN_AT_ONCE); row += 1)
        own.push(bytesOf(vectorAt(row)));
      const bytes = Buffer.concat(own);
      if (writeSync(descriptor, bytes) !== bytes.length) throw new Error(`${file} cannot be written`);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A number that tells whether a vector is the one that was written (FNV-1a over its numbers as they are stored): vectors that are read one
 * by one are not worth reading all for a checksum of the file.
 */
export function checkOf({ buffer, byteOffset }: Float32Array, length: number): number {
  const words = new Uint32Array(buffer, byteOffset, length);
  let hash = 2_166_136_261;
  for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ (words[i] as number), 16_777_619);
  return hash >>> 0;
}

/** Copies a vector out of the bytes of a file. */
export function vectorIn(
  bytes: Uint8Array,
  { first, stride }: Layout,
  row: number,
  into: Float32Array,
): void {
  const from = first + row * stride;
  bytesOf(into).set(bytes.subarray(from, from + into.byteLength));
}

/** Reads vectors from the file where it lies; it stays open as long as the reader is held. */
export interface VectorReader {
  /** @param into the vectors one after the other, `dimension` numbers each */
  read(rows: ArrayLike<number>, into: Float32Array): void;
}

const forgotten = new FinalizationRegistry<number>(closeSync);

export function vectorReader(file: string, { first, stride }: Layout, dimension: number): VectorReader {
  const descriptor = openSync(file, 'r');
  const reader: VectorReader = {
    read: (rows, into) => {
      const bytes = bytesOf(into);
      const length = dimension * NUMBER_BYTES;
      for (let i = 0; i < rows.length; i += 1) {
        const at = first + (rows[i] as number) * stride;
        if (readSync(descriptor, bytes, i * length, length, at) !== length)
          throw new Error(`${file} is cut off`);
      }
    },
  };
  // The function and not the object: it is what others hold.
  forgotten.register(reader.read, descriptor);
  return reader;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
