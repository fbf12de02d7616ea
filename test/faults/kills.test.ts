import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answersOf, chances, freshAnswers, place, type State, started, stop } from '../support/faults.js';
import { pause, type Server, serve } from '../support/program.js';

/** The server is killed this often, at moments of building, swapping and serving that a seed chooses. */
const KILLS = 50;
const SEED = 20_250_116;
/** Longest time until a kill, in milliseconds: a start that builds took some 1,200. */
const LONGEST_MS = 1_600;

async function childrenOf(server: Server): Promise<number[]> {
  const { pid } = server.process;
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(/\s+/u).filter(Boolean).map(Number));
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a server that is killed', () => {
  it(`starts again and answers as a fresh one would, ${KILLS} times (seed ${SEED})`, async () => {
    const fresh: Readonly<Record<State, unknown[]>> = {
      before: await freshAnswers('before'),
      after: await freshAnswers('after'),
    };
    expect(fresh.before).not.toEqual(fresh.after);
    const chance = chances(SEED);
    const where = await place();
    const orphans: number[] = [];
    let state: State = 'before';
    const change = async () => {
      state = state === 'before' ? 'after' : 'before';
      await where.set(state);
    };
    let server = await started(where);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // While it starts, which is while it builds where the corpus has changed; or while it serves, builds beside and swaps.
      if (chance() < 0.5) {
        await stop(server);
        if (chance() < 0.7) await change();
        server = await serve(where.settings, where.folder);
      } else if (chance() < 0.7) {
        await change();
        server.process.kill('SIGHUP');
      }
      await pause(chance() * LONGEST_MS);
      const children = await childrenOf(server);
      const [victim] = children;
      if (chance() < 0.2 && victim !== undefined && runs(victim)) process.kill(victim, 'SIGKILL');
      server.process.kill('SIGKILL');
      await server.finished;
      orphans.push(...children);
      server = await started(where);
      expect(await answersOf(server.url), `after kill ${kill}`).toEqual(fresh[state]);
    }
    await stop(server);
    // Whoever worked for a server that is gone ends by himself.
    await expect.poll(() => orphans.filter(runs), { timeout: 30_000 }).toEqual([]);
  }, 900_000);
});
