import { Piscina } from 'piscina';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { shareFiles } from '../index/index.js';
import type { Job, View } from '../response/index.js';
import type { BuiltIndex } from '../service.js';
import { entryOf } from './entry.js';
import { type AnsweringData, type Outcome, resultOf } from './messages.js';

/** Performs jobs, a certain number at a time. */
export interface Performer {
  /** Jobs that it performs at a time. */
  readonly width: number;
  /** Identity of the index that answers. */
  readonly identity: string;
  perform(job: Job): Promise<View>;
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly config: Config;
  readonly built: BuiltIndex;
  /** Told that a thread ended that should not have; it is replaced. */
  readonly onCrash: (error: unknown) => void;
}

/**
 * Starts `config.workers` threads, each with its own encoder and index, all opened at the same time. The vectors are in
 * memory once.
 *
 * @throws ParaciteError `model`, or `index` where it is not an index of these documents or not whole
 */
export async function openPool({ config, built, onCrash }: PoolOptions): Promise<Performer> {
  const { workers: width } = config;
  const shared = await shareFiles(config.indexDirectory, built.pointer);
  const data: AnsweringData = { config, built: { ...built, shared } };
  const pool = new Piscina<Job | null, Outcome<View | string>>({
    filename: entryOf('answering-thread'),
    minThreads: width,
    maxThreads: width,
    workerData: data,
    recordTiming: false,
  });
  // A thread that ends while it has nothing to do: whoever has a job in it is told by the job.
  pool.on('error', onCrash);
  let closed = false;
  const close = async () => {
    closed = true;
    await pool.destroy();
  };
  // Errors of the job itself are outcomes: what rejects is the thread's end, and another gets the job once.
  const perform = async (job: Job): Promise<View> => {
    const outcome = await pool.run(job).catch((error: unknown) => {
      if (closed) throw new ParaciteError('not_ready', 'the server is stopping');
      onCrash(error);
      return pool.run(job);
    });
    return resultOf(outcome) as View;
  };
  try {
    // A thread takes one job at a time, so each is asked once.
    const opened = await Promise.all(Array.from({ length: width }, () => pool.run(null)));
    const [identity] = opened.map((outcome) => resultOf(outcome) as string);
    return { width, identity: identity ?? '', perform, close };
  } catch (error) {
    await close();
    throw error;
  }
}
