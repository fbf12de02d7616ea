import { availableParallelism } from 'node:os';
import { ParaciteError } from '../errors.js';
import { endOf, letGo, startChild } from '../processes/index.js';
import type { ModelProfile } from './types.js';

/** What an encoding process is started with. */
export interface EncodingData {
  /** File of the graph for passages. */
  readonly graph: string;
  readonly profile: ModelProfile;
}

/** What it is sent: token ids of texts, all of one length. */
export interface Rows {
  readonly id: number;
  readonly count: number;
  /** One row after another. */
  readonly tokens: Int32Array;
}

/** What it says first: it listens. */
export const LISTENS = 'listens';

/** What it says to rows: their vectors one after another, or why there are none. */
export type Encoded = { readonly id: number } & (
  | { readonly vectors: Float32Array }
  | { readonly failed: string }
);

/** Encoders in processes of their own, with one thread each. */
export interface EncodingProcesses {
  readonly pids: readonly number[];
  /**
   * Vectors of inputs of one length, by the process that has the least to do.
   *
   * @throws ParaciteError `model` where that one could not, or ended before it did
   */
  encode(inputs: readonly (readonly number[])[]): Promise<Float32Array[]>;
  /** Ends them. */
  close(): Promise<void>;
}

/** How many encode a corpus: one a core, and no more than the processes that answer. */
export function encodingProcesses({ workers }: { readonly workers: number }): number {
  return Math.max(1, Math.min(workers, availableParallelism()));
}

export function startEncodingProcesses(count: number, data: EncodingData): EncodingProcesses {
  const members = Array.from({ length: count }, () => startMember(data));
  return {
    pids: members.map(({ pid }) => pid),
    encode: async (inputs) => {
      const running = members.filter((member) => member.runs());
      if (running.length === 0) throw new ParaciteError('model', 'every process that encodes has ended');
      const idlest = running.reduce((best, other) => (other.load() < best.load() ? other : best));
      return rowsOf(await idlest.encode(inputs), inputs.length);
    },
    close: async () => {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

function startMember(data: EncodingData) {
  const child = startChild('embed/encoding', data);
  const waiting = new Map<number, (encoded: Encoded) => void>();
  let next = 0;
  let running = true;
  // What is sent before a process listens is lost.
  const listens = new Promise<void>((resolve) => {
    child.on('message', (message: typeof LISTENS | Encoded) => {
      if (message === LISTENS) resolve();
      else waiting.get(message.id)?.(message);
    });
  });
  void endOf(child).then((end) => {
    running = false;
    for (const [id, told] of waiting) told({ id, failed: `a process that encoded ${end}` });
  });
  return {
    pid: child.pid ?? 0,
    runs: () => running,
    /** Batches that it has not answered. */
    load: () => waiting.size,
    encode: async (inputs: readonly (readonly number[])[]): Promise<Float32Array> => {
      const id = next;
      next += 1;
      const rows: Rows = { id, count: inputs.length, tokens: Int32Array.from(inputs.flat()) };
      const answered = new Promise<Encoded>((resolve) => waiting.set(id, resolve));
      // That it could not be sent is told by the end of the process.
      void listens.then(() => child.send(rows, () => undefined));
      const encoded = await answered;
      waiting.delete(id);
      if ('failed' in encoded) throw new ParaciteError('model', encoded.failed);
      return encoded.vectors;
    },
    close: () => letGo(child),
  };
}

function rowsOf(vectors: Float32Array, count: number): Float32Array[] {
  const dimension = vectors.length / count;
  return Array.from({ length: count }, (_, row) => vectors.slice(row * dimension, (row + 1) * dimension));
}
