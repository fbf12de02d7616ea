import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What runs in a process of its own, seen from the folder of the program. */
export type ChildName = 'workers/answering' | 'workers/building' | 'embed/encoding';

/** Where the program is compiled to, seen from the sources. */
const COMPILED = '../../dist/';

/**
 * Starts a process of this program and hands it what it works on. It ends by itself when this one lets go of it, or dies.
 *
 * @param name file that it runs, without the extension
 */
export function startChild(name: ChildName, data: object): ChildProcess {
  // Errors of a child are messages; what it writes is a warning of the runtime.
  const child = fork(entryOf(name), [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // That it could not be sent is told by the end of the process.
  child.send(data, () => undefined);
  return child;
}

/** Resolves when a child has ended, or could not be started. */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(error.message);
    });
  });
}

/** Lets a child end, and waits for that. */
export async function letGo(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = endOf(child);
  if (child.connected) child.disconnect();
  await ended;
}

/** Compiled code runs compiled code; where this is the source and the tests run it, what it was compiled to. */
function entryOf(name: string): string {
  const beside = fileURLToPath(new URL(`../${name}.js`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`${COMPILED}${name}.js`, import.meta.url));
}
