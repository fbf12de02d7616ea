import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JSON_TYPE } from '../support/app.js';
import {
  answersOf,
  answerTo,
  FIXED_QUESTIONS,
  freshAnswers,
  type Place,
  place,
  READY_MS,
  started,
  stop,
} from '../support/faults.js';
import { pause, run, type Server, serve, untilReady } from '../support/program.js';

const shell = promisify(execFile);

async function indexOf({ url }: Server): Promise<string> {
  return ((await (await fetch(`${url}/readyz`)).json()) as { index: string }).index;
}

async function reindexed(server: Server, before: string): Promise<string> {
  server.process.kill('SIGHUP');
  const started = performance.now();
  for (;;) {
    const now = await indexOf(server);
    if (now !== before) return now;
    if (performance.now() - started > READY_MS) throw new Error('not re-indexed');
    await pause(50);
  }
}

describe('builders', () => {
  it.each([2, 3])(
    '%i at once leave one whole index, beside a server too',
    async (number) => {
      const fresh = await freshAnswers('before');
      const where = await place();
      const build = () => run(['index'], where.settings, where.folder);
      const ended = await Promise.all(Array.from({ length: number }, build));
      expect(ended.map(({ code }) => code)).toEqual(Array.from({ length: number }, () => 0));
      const server = await started(where);
      expect((await build()).code).toBe(0);
      expect(await answersOf(server.url)).toEqual(fresh);
      await stop(server);
      const again = await started(where);
      expect(await answersOf(again.url)).toEqual(fresh);
      await stop(again);
    },
    240_000,
  );
});

describe('a corpus that changes under a server', () => {
  it('changes no answer until it is told, and a broken document never does', async () => {
    const fresh = { before: await freshAnswers('before'), after: await freshAnswers('after') };
    const where = await place();
    const server = await started(where);
    const first = await indexOf(server);
    await where.set('after');
    expect(await answersOf(server.url)).toEqual(fresh.before);
    const second = await reindexed(server, first);
    expect(await answersOf(server.url)).toEqual(fresh.after);
    await writeFile(path.join(where.corpus, 'prisons.json'), '{');
    server.process.kill('SIGHUP');
    await server.logged('not re-indexed');
    expect(await indexOf(server)).toBe(second);
    expect(await answersOf(server.url)).toEqual(fresh.after);
    await where.set('before');
    expect(await reindexed(server, second)).toBe(first);
    expect(await answersOf(server.url)).toEqual(fresh.before);
    await stop(server);
  }, 240_000);

  it('costs none of a thousand requests, each answered by one index or the other', async () => {
    const where = await place({ WORKERS: '2' });
    const fresh = { before: await freshAnswers('before'), after: await freshAnswers('after') };
    const expected = new Map<unknown, unknown[]>();
    for (const answers of Object.values(fresh)) {
      expected.set((answers[0] as { index: string }).index, answers);
    }
    const server = await started(where);
    const first = await indexOf(server);
    let over = false;
    const seen: unknown[] = [];
    const clients = Array.from({ length: 16 }, async (_, client) => {
      for (let i = client; !over || seen.length < 1000; i += 16) {
        const position = i % FIXED_QUESTIONS.length;
        const answer = await answerTo(server.url, FIXED_QUESTIONS[position] ?? '');
        expect(answer).toEqual(expected.get(answer.index)?.[position]);
        seen.push(answer.index);
      }
    });
    await where.set('after');
    const second = await reindexed(server, first);
    over = true;
    await Promise.all(clients);
    expect(seen.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(seen)).toEqual(new Set([first, second]));
    await stop(server);
  }, 240_000);
});

describe('SIGTERM under load', () => {
  it('loses no request that was accepted', async () => {
    const where = await place({ WORKERS: '2', CACHE_ENTRIES: '0' });
    const server = await started(where);
    const whole = new Set<string>();
    const broken: string[] = [];
    let told = false;
    const clients = Array.from({ length: 16 }, async (_, client) => {
      for (let i = client; ; i += 16) {
        const id = randomUUID();
        try {
          const response = await fetch(`${server.url}/v1/ask`, {
            method: 'POST',
            headers: { ...JSON_TYPE, 'X-Request-Id': id },
            body: JSON.stringify({ question: FIXED_QUESTIONS[i % FIXED_QUESTIONS.length] }),
          });
          const begun = response.status;
          const body = await response.text().catch(() => null);
          if (begun === 200 && body !== null && JSON.parse(body)) whole.add(id);
          else broken.push(`${id} ${begun} ${body}`);
        } catch {
          // Refused before it was accepted; the log says whether that is so.
          if (told) return;
        }
      }
    });
    await pause(500);
    told = true;
    server.process.kill('SIGTERM');
    await Promise.all(clients);
    const { code, stdout } = await server.finished;
    expect(code).toBe(0);
    expect(broken).toEqual([]);
    const accepted = stdout
      .split('\n')
      .filter((line) => line.includes('"/v1/ask"'))
      .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
    expect(accepted.length).toBeGreaterThan(16);
    expect(accepted.filter((id) => !whole.has(id))).toEqual([]);
  }, 120_000);
});

describe.skipIf(process.getuid?.() !== 0)('a full disk', () => {
  it('stops a build with one line, harms no index that is served, and is got over', async () => {
    const fresh = { before: await freshAnswers('before'), after: await freshAnswers('after') };
    const where = await place({ WORKERS: '0' });
    await mkdir(where.index);
    await mounted(where, '120k');
    const failed = await run(['index'], where.settings, where.folder);
    expect(failed.code).toBe(3);
    expect(failed.stderr.trim().split('\n').at(-1)).toMatch(/^paracite: .*(?:no space|ENOSPC|disk)/u);
    await shell('mount', ['-o', 'remount,size=8m', where.index]);
    const server = await started(where);
    const first = await indexOf(server);
    expect(await answersOf(server.url)).toEqual(fresh.before);
    // Fill what is left, and ask for another index.
    await writeFile(path.join(where.index, 'filler'), Buffer.alloc(7_900_000)).catch(() => undefined);
    await where.set('after');
    server.process.kill('SIGHUP');
    await server.logged('not re-indexed');
    expect(await indexOf(server)).toBe(first);
    expect(await answersOf(server.url)).toEqual(fresh.before);
    await shell('mount', ['-o', 'remount,size=64m', where.index]);
    await reindexed(server, first);
    expect(await answersOf(server.url)).toEqual(fresh.after);
    await stop(server);
    const again = await started(where);
    expect(await answersOf(again.url)).toEqual(fresh.after);
    await stop(again);
  }, 240_000);
});

async function mounted({ index }: Place, size: string): Promise<void> {
  await shell('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', index]);
  onTestFinished(async () => {
    await shell('umount', ['-l', index]);
  });
}

describe('memory', () => {
  it.skipIf(process.platform !== 'linux')(
    'is what it was after five re-indexings',
    async () => {
      const where = await place();
      const server = await serve(where.settings, where.folder);
      await untilReady(server.url, READY_MS);
      const states = ['after', 'before'] as const;
      const memory = async () => {
        await answersOf(server.url);
        const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024;
      };
      let identity = await indexOf(server);
      await where.set('after');
      identity = await reindexed(server, identity);
      const once = await memory();
      for (let round = 1; round <= 5; round += 1) {
        await where.set(states[round % 2] ?? 'before');
        identity = await reindexed(server, identity);
      }
      expect(await memory()).toBeLessThan(once + 60);
      await stop(server);
    },
    240_000,
  );
});
