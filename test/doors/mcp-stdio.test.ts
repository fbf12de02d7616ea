import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ROOT } from '../support/fixtures.js';
import { call, connected, overStdio } from '../support/mcp.js';
import { run } from '../support/program.js';
import { SETTINGS } from '../support/service.js';
import { temporaryFolder } from '../support/temporary.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
const INITIALIZE = {
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'shell', version: '1' } },
};
const ASK = { method: 'tools/call', params: { name: 'ask', arguments: { question: QUESTION } } };

/** The program, fed with messages and then the end of its input; or a signal instead, once it answered; or nothing where it stays `open`. */
async function piped(
  messages: readonly (object | string)[],
  {
    settings = {},
    signal,
    open = false,
  }: { settings?: Record<string, string>; signal?: NodeJS.Signals; open?: boolean } = {},
) {
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli/main.js'), 'mcp'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...SETTINGS, LOG_LEVEL: 'info', ...settings },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close');
  for (const [at, message] of messages.entries()) {
    const line =
      typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', id: at, ...message });
    child.stdin.write(`${line}\n`);
  }
  if (signal) {
    await expect.poll(() => stdout.split('\n').length, { timeout: 60_000 }).toBeGreaterThan(messages.length);
    child.kill(signal);
  } else if (!open) child.stdin.end();
  const [code] = (await closed) as [number | null];
  const lines = stdout.split('\n').filter((line) => line !== '');
  return {
    code,
    answers: lines.map((line) => JSON.parse(line) as { id: number; result: unknown }),
    stderr,
  };
}

describe('paracite mcp in a pipe', () => {
  it('answers every message before it ends, and writes nothing else to standard output', async () => {
    const { code, answers, stderr } = await piped([INITIALIZE, ASK, { method: 'tools/list' }, ASK]);
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id).sort()).toEqual([0, 1, 2, 3]);
    for (const { result } of answers.filter(({ id }) => id === 1 || id === 3)) {
      expect(result).toMatchObject({ structuredContent: { status: 'answered' } });
    }
    expect(stderr).toMatch(/"tool":"ask","failed":false/u);
    expect(stderr).not.toContain('overcrowding');
  });

  it('logs questions where that is wanted', async () => {
    const { stderr } = await piped([INITIALIZE, ASK], { settings: { LOG_QUESTIONS: 'true' } });
    expect(stderr).toContain(QUESTION);
  });

  it('goes on after what it cannot read, and does not log that', async () => {
    const { code, answers, stderr } = await piped([INITIALIZE, 'What is this secret?', ASK]);
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual([0, 2]);
    expect(stderr).toContain('a message could not be read');
    expect(stderr).not.toContain('secret');
  });

  it('does not wait for what was called off', async () => {
    const cancel = { id: undefined, method: 'notifications/cancelled', params: { requestId: 1 } };
    const { code, answers } = await piped([INITIALIZE, ASK, cancel]);
    expect(code).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual([0]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well at %s', async (signal) => {
    expect((await piped([INITIALIZE, ASK], { signal })).code).toBe(0);
  });

  it('says on standard error why it cannot answer', async () => {
    const folder = await temporaryFolder();
    const { code, answers, stderr } = await piped([], { settings: { CORPUS_DIR: folder }, open: true });
    expect(code).toBe(3);
    expect(answers).toEqual([]);
    expect(stderr).toMatch(/^paracite: .*document/u);
  });

  it('takes no arguments', async () => {
    const folder = await temporaryFolder();
    expect((await run(['mcp', '--http'], {}, folder)).code).toBe(2);
  });
});

describe('a client of paracite mcp that comes while there is no index', () => {
  it('waits for the answer until there is one', async () => {
    const folder = await temporaryFolder();
    const client = await connected(overStdio({ INDEX_DIR: folder }));
    const { failed, body } = await call(client, 'ask', { question: QUESTION });
    expect(failed).toBe(false);
    expect(body).toMatchObject({ status: 'answered' });
    await client.close();
  }, 180_000);
});
