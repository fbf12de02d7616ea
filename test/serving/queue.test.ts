import { describe, expect, it } from 'vitest';
import { jobQueue } from '../../src/serving/queue.js';

/** Jobs that end when they are told to, in the order they were begun. */
function jobs(width: number, limit: number, timeoutMs = 60_000) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const queue = jobQueue<string, string>({
    width,
    limit,
    timeoutMs,
    perform: (job) => {
      begun.push(job);
      return new Promise((resolve, reject) => {
        ends.push(() => (job.startsWith('bad') ? reject(new Error(job)) : resolve(job.toUpperCase())));
      });
    },
  });
  const end = () => ends.shift()?.();
  return { queue, begun, end };
}

describe('the queue', () => {
  it('performs as many jobs at a time as it is wide, in the order they came', async () => {
    const { queue, begun, end } = jobs(2, 10);
    const results = Promise.all(['a', 'b', 'c', 'd'].map((job) => queue.submit(job)));
    expect(begun).toEqual(['a', 'b']);
    expect(queue.stats()).toEqual({ waiting: 2, running: 2, completed: 0 });
    for (let i = 0; i < 4; i += 1) {
      end();
      await new Promise(setImmediate);
    }
    expect(await results).toEqual(['A', 'B', 'C', 'D']);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
    expect(queue.stats()).toEqual({ waiting: 0, running: 0, completed: 4 });
  });

  it('refuses what cannot wait, and takes more as soon as there is room', async () => {
    const { queue, end } = jobs(1, 1);
    const first = queue.submit('a');
    const second = queue.submit('b');
    await expect(queue.submit('c')).rejects.toMatchObject({ code: 'overloaded' });
    end();
    expect(await first).toBe('A');
    const third = queue.submit('d');
    end();
    await second;
    end();
    expect(await third).toBe('D');
  });

  it('never begins a job whose client went away or whose time was up', async () => {
    const { queue, begun, end } = jobs(1, 10, 20);
    const running = queue.submit('a');
    const client = new AbortController();
    const gone = queue.submit('b', client.signal);
    const late = queue.submit('c');
    client.abort();
    expect(queue.stats().waiting).toBe(1);
    await Promise.all([
      expect(gone).rejects.toMatchObject({ code: 'cancelled' }),
      expect(late).rejects.toMatchObject({ code: 'timeout' }),
      expect(running).rejects.toMatchObject({ code: 'timeout' }),
    ]);
    expect(queue.stats()).toEqual({ waiting: 0, running: 1, completed: 0 });
    end();
    await queue.idle();
    expect(begun).toEqual(['a']);
    await expect(queue.submit('d', client.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(queue.stats()).toEqual({ waiting: 0, running: 0, completed: 1 });
  });

  it('passes on what a job throws, and goes on', async () => {
    const { queue, end } = jobs(1, 10);
    const bad = queue.submit('bad');
    const good = queue.submit('good');
    end();
    await expect(bad).rejects.toThrow('bad');
    end();
    expect(await good).toBe('GOOD');
  });

  it('is idle only when nothing waits and nothing runs', async () => {
    const { queue, end } = jobs(1, 10);
    await queue.idle();
    const work = [queue.submit('a'), queue.submit('b')];
    let idle = false;
    const told = queue.idle().then(() => {
      idle = true;
    });
    end();
    await work[0];
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    end();
    await Promise.all(work);
    await told;
    expect(idle).toBe(true);
  });
});
