import type { ChildProcess } from 'node:child_process';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { endOf, letGo, startChild } from '../processes/index.js';
import type { Job, JobKind, View } from '../response/index.js';
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
  /** Jobs that may be handed to it beside those, to lie ready. */
  readonly ahead: number;
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

/**
 * Jobs that a process has at a time: while it answers one, the next lies ready, so that it need not wait for this process (a tenth more
 * answers a second). What may take long counts as so many, because nothing is to lie behind it.
 */
const AT_A_TIME = 2;
const LONG: ReadonlySet<JobKind> = new Set(['digest', 'verify', 'verifyDraft']);

/** Time before a process that could not be replaced is tried again, in milliseconds. */
const RETRY_MS = 5_000;

/** A process ended while it answered a job, or before it began. */
type Unanswered = 'ended' | 'not begun';

interface Waiting {
  readonly job: Job;
  /** Null where it is not given to a process any more. */
  settle(outcome: Outcome<View> | Unanswered | null): void;
}

/** A process that has opened the index. */
interface Member {
  readonly child: ChildProcess;
  readonly index: OpenedIndex;
  /** Jobs that it has. */
  load(): number;
  /** Unanswered where there is no process any more. */
  ask(job: Job): Promise<Outcome<View> | Unanswered>;
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
  const waiting = new Set<Waiting>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  /** The one with the least to do, of those that can be given a job. */
  const free = (): Member | undefined =>
    [...members].filter(({ load }) => load() < AT_A_TIME).sort((a, b) => a.load() - b.load())[0];
  const advance = () => {
    for (const waiter of waiting) {
      const member = free();
      if (!member) return;
      waiting.delete(waiter);
      void member.ask(waiter.job).then((outcome) => {
        waiter.settle(outcome);
        advance();
      });
    }
  };
  const add = (member: Member) => {
    members.add(member);
    void member.ended.then((end) => {
      members.delete(member);
      if (closed) return;
      onCrash(new Error(`an answering process ${end}`));
      void replace();
    });
    advance();
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

  const given = (job: Job) =>
    new Promise<Outcome<View> | Unanswered | null>((settle) => {
      waiting.add({ job, settle });
      advance();
    });
  /** Null where the process ended while it answered. */
  const attempt = async (job: Job): Promise<Outcome<View> | null> => {
    for (;;) {
      const outcome = closed ? null : await given(job);
      if (outcome === null) throw new ParaciteError('not_ready', 'the server is stopping');
      if (outcome === 'ended') return null;
      if (outcome !== 'not begun') return outcome;
    }
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
    for (const { settle } of waiting) settle(null);
    waiting.clear();
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
  return { width, ahead: width * (AT_A_TIME - 1), index: first.index, perform, close };
}

/** @throws ParaciteError `model` or `index` */
async function openMember(data: AnsweringData): Promise<Member> {
  const child = startChild('workers/answering', data);
  const ended = endOf(child);
  /** Who is told what it says next, in order. */
  const told: ((message: unknown) => void)[] = [];
  child.on('message', (message) => told.shift()?.(message));
  /** It does one thing after another: what it does when it ends is the first. */
  let load = 0;
  void ended.then(() => {
    load = Number.POSITIVE_INFINITY;
    for (const [place, tell] of told.splice(0).entries()) tell(place === 0 ? 'ended' : 'not begun');
  });
  const next = <T>() =>
    new Promise<T | Unanswered>((resolve) => {
      told.push((message) => resolve(message as T | Unanswered));
    });
  const message = await next<Opened>();
  if (typeof message === 'string')
    throw new ParaciteError('model', `a process that was to answer ${await ended}`);
  try {
    const index = resultOf(message.opened);
    return {
      child,
      index,
      ended,
      load: () => (child.connected ? load : Number.POSITIVE_INFINITY),
      ask: async (job) => {
        const own = LONG.has(job.kind) ? AT_A_TIME : 1;
        load += own;
        const answered = next<Answered>();
        // That it could not be sent is told by the end of the process.
        child.send({ job } satisfies Asked, () => undefined);
        const said = await answered;
        load -= own;
        return typeof said === 'string' ? said : said.answer;
      },
    };
  } catch (error) {
    await letGo(child);
    throw error;
  }
}
