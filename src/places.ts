import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the package, above `src` and `dist`. */
const PACKAGE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Folder of the record that comes with the package. */
export const RECORD = path.join(PACKAGE, 'corpus');

/** Version of the package. */
export const VERSION: string = (
  JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
).version;

/**
 * Where index and encoder of the record that comes with the package are kept: not in the folder that one happens to be in, which an
 * assistant chooses and may not be one to write to. An index belongs to a version, so that two of them do not take turns at building.
 */
export function userCache(environment: Readonly<Record<string, string | undefined>>): {
  readonly INDEX_DIR: string;
  readonly MODEL_CACHE_DIR: string;
} {
  const folder = path.join(cacheHome(environment), 'paracite');
  return { INDEX_DIR: path.join(folder, `index-${VERSION}`), MODEL_CACHE_DIR: path.join(folder, 'models') };
}

/** The folder that a system has for what can be made again. */
function cacheHome({ XDG_CACHE_HOME, LOCALAPPDATA }: Readonly<Record<string, string | undefined>>): string {
  // The specification has relative ones ignored.
  if (XDG_CACHE_HOME !== undefined && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  return path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
