import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MAX_HEAP_MB, MAX_TIME_MS } from './limits.js';
import { type ExtractedText, UnreadableFile } from './types.js';

/** What the process is sent, and what it says to it. */
export interface Asked {
  readonly file: string;
}
export type Outcome = { readonly extracted: ExtractedText } | { readonly refused: string };

/** Extracts files in a process with limits of memory and time: what a file does to it happens to nothing else. */
export interface Sandbox {
  /** @throws UnreadableFile where the file is refused, or takes more than it may */
  extract(file: string): Promise<ExtractedText>;
  close(): void;
}

export function openSandbox(limits: { readonly timeMs?: number; readonly heapMb?: number } = {}): Sandbox {
  const { timeMs = MAX_TIME_MS, heapMb = MAX_HEAP_MB } = limits;
  let child: ChildProcess | null = null;
  const close = () => {
    child?.removeAllListeners();
    child?.kill('SIGKILL');
    child = null;
  };
  const extract = async (file: string): Promise<ExtractedText> => {
    child ??= start(heapMb);
    const outcome = await ask(child, file, timeMs);
    if (typeof outcome === 'string') {
      // What it was about is not known any more: the next file gets another process.
      close();
      throw new UnreadableFile(outcome);
    }
    if ('refused' in outcome) throw new UnreadableFile(outcome.refused);
    return outcome.extracted;
  };
  return { extract, close };
}

/** Nothing of this process's settings goes with it: keys are none of its business. */
function start(heapMb: number): ChildProcess {
  return fork(entry(), [], {
    execArgv: [`--max-old-space-size=${heapMb}`],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** A text where the process gave no outcome. */
function ask(child: ChildProcess, file: string, timeMs: number): Promise<Outcome | string> {
  return new Promise((resolve) => {
    const told = (outcome: Outcome | string) => {
      clearTimeout(timer);
      child.removeAllListeners('message').removeAllListeners('exit').removeAllListeners('error');
      resolve(outcome);
    };
    const timer = setTimeout(
      () => told(`takes more than ${timeMs / 1000} s to read; divide it, or save it anew`),
      timeMs,
    );
    child.once('message', (outcome: Outcome) => told(outcome));
    child.once('exit', () => told('takes more memory to read than it may; divide it, or save it anew'));
    child.once('error', (error) =>
      told(`cannot be read: no process could be started for it (${error.message})`),
    );
    child.send({ file } satisfies Asked, () => undefined);
  });
}

/** Compiled code runs compiled code; where this is the source and the tests run it, what it was compiled to. */
function entry(): string {
  const beside = fileURLToPath(new URL('./child.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/extract/child.js', import.meta.url));
}
