import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from './fixtures.js';
import { SETTINGS } from './service.js';

const MAIN = path.join(ROOT, 'dist/cli/main.js');

export type Settings = Readonly<Record<string, string>>;

export interface Finished {
  /** Exit code, or the signal that ended the program. */
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program in a folder without a `.env`, and ends it when the test is over. */
function start(args: readonly string[], settings: Settings, folder: string) {
  const program = launch(args, settings, folder);
  onTestFinished(() => {
    program.child.kill('SIGKILL');
  });
  return program;
}

function launch(args: readonly string[], settings: Settings, folder: string) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...(PATH !== undefined && { PATH }), ...SETTINGS, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = once(child, 'close').then(([code, signal]): Finished => {
    return { code: (code ?? signal) as Finished['code'], stdout, stderr };
  });
  return { child, finished, output: () => ({ stdout, stderr }) };
}

/** Runs the program to its end. */
export function run(args: readonly string[], settings: Settings, folder: string): Promise<Finished> {
  return start(args, settings, folder).finished;
}

export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Waits until the log has a message. */
  logged(message: string): Promise<void>;
}

const SERVER: Settings = { PORT: '0', LOG_LEVEL: 'info' };

/** Starts the server on a free port, waits until it listens, and ends it when the test is over. */
export async function serve(settings: Settings, folder: string): Promise<Server> {
  return listening(start(['serve'], { ...SERVER, ...settings }, folder));
}

/** Like `serve`, for all tests of a file: end its `process` in `afterAll`. */
export async function serveForAll(settings: Settings, folder: string): Promise<Server> {
  return listening(launch(['serve'], { ...SERVER, ...settings }, folder));
}

async function listening(program: ReturnType<typeof launch>): Promise<Server> {
  const logged = async (message: string): Promise<void> => {
    while (!program.output().stdout.includes(`"msg":"${message}`)) {
      if (program.child.exitCode !== null)
        throw new Error(`ended with ${program.child.exitCode}: ${program.output().stderr}`);
      await pause(20);
    }
  };
  await logged('listening');
  const { url } = JSON.parse(program.output().stdout.split('\n')[0] ?? '') as { url: string };
  return { url, process: program.child, finished: program.finished, logged };
}

export function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Asks for `/readyz` until it is ready, and gives the time that took, in milliseconds. */
export async function untilReady(url: string, limitMs: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    await response.text();
    const tookMs = performance.now() - started;
    if (response.status === 200) return tookMs;
    if (tookMs > limitMs) throw new Error(`not ready after ${limitMs} ms`);
    await pause(50);
  }
}
