import { ParaciteError } from '../errors.js';

export interface QueueOptions<J, R> {
  /** Jobs that are performed at a time. */
  readonly width: number;
  /** Jobs that are handed over beside them, so that they lie ready. They wait, but are begun whatever becomes of who waits for them. */
  readonly ahead?: number;
  /** Jobs that may wait beside those performed. */
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

export function jobQueue<J, R>(options: QueueOptions<J, R>): JobQueue<J, R> {
  const { width, ahead = 0, limit, timeoutMs, perform } = options;
  const waiting = new Set<Entry<J, R>>();
  const whenIdle = new Set<() => void>();
  /** Jobs that were handed over. */
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
      if (running >= width + ahead) return;
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
        if (running + waiting.size >= width + limit) {
          throw new ParaciteError(
            'overloaded',
            `${running + waiting.size - width} requests are waiting already; try again soon`,
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
    stats: () => ({
      waiting: waiting.size + Math.max(0, running - width),
      running: Math.min(running, width),
      completed,
    }),
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
