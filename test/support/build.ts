import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from './fixtures.js';

/** Compiles the program and the pages' scripts, which the tests start and serve. */
export async function build(): Promise<void> {
  await promisify(execFile)('npm', ['run', '-s', 'build'], { cwd: ROOT });
}
