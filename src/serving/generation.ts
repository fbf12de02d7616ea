import type { Config } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import type { Pointer } from '../index/index.js';
import { inProcess, type Job, perform, type View } from '../response/index.js';
import { type BuiltIndex, Service } from '../service.js';
import type { IndexStore } from '../stores.js';
import { openPool, type Performer, type PoolOptions } from '../workers/index.js';
import { type JobQueue, jobQueue } from './queue.js';

/** One index being served, with all that answers from it. Another index is another generation. */
export interface Generation {
  readonly documents: readonly RecordDocument[];
  /** Identity of the index. */
  readonly identity: string;
  /** ISO 8601 time at which it was built. */
  readonly builtAt: string;
  readonly pointer: Pointer;
  readonly queue: JobQueue<Job, View>;
  /** Lets what was handed in finish, and closes. */
  retire(): Promise<void>;
  /** Closes at once. */
  close(): Promise<void>;
}

/** @throws ParaciteError `model`, or `index` where the index is not of these documents or not whole */
export async function openGeneration(store: IndexStore, options: PoolOptions): Promise<Generation> {
  const { config, built } = options;
  const { documents, pointer } = built;
  const release = store.hold(pointer);
  try {
    const performer = await (config.workers > 0 ? openPool(options) : openHere(config, built));
    const queue = jobQueue({
      width: performer.width,
      ahead: performer.ahead,
      limit: config.queueLimit,
      timeoutMs: config.requestTimeoutMs,
      perform: performer.perform,
    });
    const close = async () => {
      release();
      await performer.close();
    };
    const retire = async () => {
      await queue.idle();
      await close();
    };
    return { documents, ...performer.index, pointer, queue, retire, close };
  } catch (error) {
    release();
    throw error;
  }
}

/** Answers in this thread, one request after another. */
async function openHere(config: Config, built: BuiltIndex): Promise<Performer> {
  const service = await Service.openBuilt(config, built);
  const responder = inProcess(service);
  return {
    width: 1,
    ahead: 0,
    index: { identity: responder.identity, builtAt: responder.builtAt },
    perform: (job) => perform(responder, job),
    close: () => service.close(),
  };
}
