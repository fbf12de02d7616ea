import { ParaciteError } from '../errors.js';

export interface QueueOptions<J, R> {
  /** Jobs that are performed at a time. */
  readonly width: number;
  /** Jobs that may wait beside them. */
  readonly limit: number;
  /** Longest time from handing in a job to its result, in milliseconds. */
  readonly timeoutMs: number;
  readonly perform: (job: J) => Promise<R>;
}

export interface QueueStats {
  readonly waiting: number;
  readonly running: number;
  /** Jobs that were performed, well or with an error, since the start. */
  readonly completed: number;
}

/** Jobs in the order they came. */
export interface JobQueue<J, R> {
  /**
   * Rejects with what the job threw, or ParaciteError `overloaded` where no more can wait, `timeout`, or `cancelled`
   * where the signal came first. A job that was not begun by then is never performed; one that was is not interrupted,
   * and nobody hears of its result.
   */
  submit(job: J, signal?: AbortSignal): Promise<R>;
  stats(): QueueStats;
  /** Resolves as soon as nothing waits and nothing runs. */
  idle(): Promise<void>;
}

interface Entry<J, R> {
  readonly job: J;
  settle(outcome: PromiseSettledResult<R>): void;
}

export function jobQueue<J, R>({ width, limit, timeoutMs, perform }: QueueOptions<J, R>): JobQueue<J, R> {
  const waiting = new Set<Entry<J, R>>();
  const whenIdle = new Set<() => void>();
  let running = 0;
  let completed = 0;

  const begin = async (entry: Entry<J, R>): Promise<void> => {
    running += 1;
    const [outcome] = await Promise.allSettled([perform(entry.job)]);
    running -= 1;
    completed += 1;
    entry.settle(outcome);
    advance();
  };
  const advance = () => {
    for (const entry of waiting) {
      if (running >= width) return;
      waiting.delete(entry);
      void begin(entry);
    }
    if (running > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle.clear();
  };

  return {
    submit: (job, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) throw cancelled();
        if (running >= width && waiting.size >= limit) {
          throw new ParaciteError(
            'overloaded',
            `${waiting.size} requests are waiting already; try again soon`,
          );
        }
        const giveUp = (error: ParaciteError) => {
          waiting.delete(entry);
          entry.settle({ status: 'rejected', reason: error });
        };
        const onAbort = () => giveUp(cancelled());
        const timer = setTimeout(
          () => giveUp(new ParaciteError('timeout', `not answered within ${timeoutMs} ms; try again later`)),
          timeoutMs,
        );
        signal?.addEventListener('abort', onAbort, { once: true });
        const entry: Entry<J, R> = {
          job,
          settle: (outcome) => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
            if (outcome.status === 'fulfilled') resolve(outcome.value);
            else reject(outcome.reason);
          },
        };
        waiting.add(entry);
        advance();
      }),
    stats: () => ({ waiting: waiting.size, running, completed }),
    idle: () =>
      new Promise((resolve) => {
        if (running === 0 && waiting.size === 0) resolve();
        else whenIdle.add(resolve);
      }),
  };
}

function cancelled(): ParaciteError {
  return new ParaciteError('cancelled', 'the client went away before it was answered');
}
