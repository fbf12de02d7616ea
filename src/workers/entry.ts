import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the program is compiled to, seen from the sources. */
const COMPILED = '../../dist/workers/';

/**
 * The file that a thread runs. Threads run compiled code, also where this is the source and the tests run it.
 *
 * @param name without its extension
 */
export function entryOf(name: string): string {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL(`${COMPILED}${name}.js`, import.meta.url));
}
