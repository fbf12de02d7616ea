import type { ChildProcess } from 'node:child_process';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { endOf, letGo, startChild } from '../processes/index.js';
import type { Job, View } from '../response/index.js';
import type { BuiltIndex } from '../service.js';
import {
  type Answered,
  type AnsweringData,
  type Asked,
  type Opened,
  type OpenedIndex,
  type Outcome,
  resultOf,
} from './messages.js';

/** Performs jobs, a certain number at a time. */
export interface Performer {
  /** Jobs that it performs at a time. */
  readonly width: number;
  /** The one that answers. */
  readonly index: OpenedIndex;
  perform(job: Job): Promise<View>;
  /** Lets what runs finish, and closes. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly config: Config;
  readonly built: BuiltIndex;
  /** Told that a process ended that should not have; it is replaced. */
  readonly onCrash: (error: unknown) => void;
}

/** Time before a process that could not be replaced is tried again, in milliseconds. */
const RETRY_MS = 5_000;

/** A process that has opened the index. */
interface Member {
  readonly child: ChildProcess;
  readonly index: OpenedIndex;
  /** Null where the process ended before it answered. */
  ask(job: Job): Promise<Outcome<View> | null>;
  readonly ended: Promise<string>;
}

/**
 * Starts `config.workers` processes, each with its own encoder and index, all opened at the same time. Processes and not
 * threads: the encoder's runtime destroys memory where a second thread loads it, and what brings one process down leaves
 * the others.
 *
 * @throws ParaciteError `model`, or `index` where it is not an index of these documents or not whole
 */
export async function openPool({ config, built, onCrash }: PoolOptions): Promise<Performer> {
  const { workers: width } = config;
  const data: AnsweringData = { config, built };
  const members = new Set<Member>();
  const free: Member[] = [];
  const waiting: ((member: Member | null) => void)[] = [];
  const running = new Set<Promise<unknown>>();
  let closed = false;

  const offer = (member: Member) => {
    const next = waiting.shift();
    if (next) next(member);
    else free.push(member);
  };
  const add = (member: Member) => {
    members.add(member);
    void member.ended.then((end) => {
      members.delete(member);
      if (free.includes(member)) free.splice(free.indexOf(member), 1);
      if (closed) return;
      onCrash(new Error(`an answering process ${end}`));
      void replace();
    });
    offer(member);
  };
  const replace = async (): Promise<void> => {
    try {
      const member = await openMember(data);
      if (closed) await letGo(member.child);
      else add(member);
    } catch (error) {
      onCrash(error);
      if (!closed) setTimeout(replace, RETRY_MS).unref();
    }
  };

  /** Null where the process ended meanwhile. */
  const attempt = async (job: Job): Promise<Outcome<View> | null> => {
    const member = free.shift() ?? (await new Promise<Member | null>((resolve) => waiting.push(resolve)));
    if (closed || !member) throw new ParaciteError('not_ready', 'the server is stopping');
    const outcome = await member.ask(job);
    if (outcome) offer(member);
    return outcome;
  };
  // The next process gets a job whose process ended, once: it may be the job that ends them.
  const twice = async (job: Job): Promise<View> => {
    const outcome = (await attempt(job)) ?? (await attempt(job));
    if (!outcome) throw new Error('two processes ended while they answered the same request');
    return resultOf(outcome) as View;
  };
  const perform = (job: Job): Promise<View> => {
    const result = twice(job);
    running.add(result);
    return result.finally(() => running.delete(result));
  };
  const close = async () => {
    closed = true;
    for (const resolve of waiting.splice(0)) resolve(null);
    await Promise.allSettled(running);
    await Promise.all([...members].map(({ child }) => letGo(child)));
  };

  const opening = await Promise.allSettled(Array.from({ length: width }, () => openMember(data)));
  for (const result of opening) if (result.status === 'fulfilled') add(result.value);
  const failed = opening.find((result) => result.status === 'rejected');
  const [first] = members;
  if (failed || !first) {
    await close();
    throw failed?.reason;
  }
  return { width, index: first.index, perform, close };
}

/** @throws ParaciteError `model` or `index` */
async function openMember(data: AnsweringData): Promise<Member> {
  const child = startChild('workers/answering', data);
  const ended = endOf(child);
  let told: (message: unknown) => void = () => undefined;
  child.on('message', (message) => told(message));
  void ended.then(() => told(null));
  /** Null where it ends before it says anything more. */
  const next = <T>() =>
    new Promise<T | null>((resolve) => {
      told = (message) => resolve(message as T | null);
    });
  const message = await next<Opened>();
  if (!message) throw new ParaciteError('model', `a process that was to answer ${await ended}`);
  try {
    const index = resultOf(message.opened);
    return {
      child,
      index,
      ended,
      ask: async (job) => {
        if (!child.connected) return null;
        const answered = next<Answered>();
        // That it could not be sent is told by the end of the process.
        child.send({ job } satisfies Asked, () => undefined);
        return (await answered)?.answer ?? null;
      },
    };
  } catch (error) {
    await letGo(child);
    throw error;
  }
}
