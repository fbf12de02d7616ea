import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemIn } from '../support/app.js';
import { ROOT } from '../support/fixtures.js';
import { type Server, serve, untilReady } from '../support/program.js';
import { QUESTIONS } from '../support/questions.js';
import { askShape } from '../support/shapes.js';
import { temporaryFolder } from '../support/temporary.js';

const READY_MS = 30_000;

function ask({ url }: Server, question: string): Promise<Response> {
  return fetch(`${url}/v1/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ question }),
  });
}

describe('an answering process that ends', () => {
  it('is replaced, its request is answered by another, and others are not disturbed', async () => {
    const folder = await temporaryFolder();
    const server = await serve(
      {
        WORKERS: '2',
        NODE_OPTIONS: `--import ${path.join(ROOT, 'test/support/crash.mjs')}`,
        CRASHED_ONCE: path.join(folder, 'crashed'),
      },
      folder,
    );
    await untilReady(server.url, READY_MS);
    const others = QUESTIONS.slice(0, 4).map((question) => ask(server, question));
    const response = await ask(server, 'Why is prison overcrowding crashonce an obstacle?');
    expect(response.status).toBe(200);
    expect(askShape.parse(await response.json()).passages[0]?.paragraph).toBe(71);
    for (const other of await Promise.all(others)) expect(other.status).toBe(200);
    await server.logged('an answering process ended');

    // A request that ends whoever answers it gets no third process; those that lay ready behind it are answered all the same.
    const behind = QUESTIONS.slice(0, 3);
    const before = ask(server, 'crashalways prisons');
    const ready = behind.map((question, place) => ask(server, `${question} ${place}`));
    const problem = await problemIn(await before, 500);
    expect(problem.detail).toMatch(/server log/u);
    for (const other of await Promise.all(ready)) expect(other.status).toBe(200);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const after = await ask(server, QUESTIONS[1]);
    expect(after.status).toBe(200);
    server.process.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });
});
