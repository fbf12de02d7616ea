import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { ParaciteError } from '../../errors.js';

/** What `npm run build` makes of `src/client`; the same way up from `src` and from `dist`. */
const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../dist/client');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Scripts and styles of the pages, read once. */
export interface Assets {
  /** Where a file is served: the folder's name is a hash of all of them, so that a browser may keep what it has. */
  url(name: string): string;
  readonly routes: Hono;
}

/** @throws ParaciteError `config` where they are not compiled */
export function openAssets(): Assets {
  const files = new Map(
    namesIn(FOLDER)
      .filter((name) => path.extname(name) in TYPES)
      .sort()
      .map((name) => [name, readFileSync(path.join(FOLDER, name))]),
  );
  if (files.size === 0) throw new ParaciteError('config', `no page scripts in ${FOLDER}; run npm run build`);
  const hash = createHash('sha256');
  for (const [name, bytes] of files) hash.update(name).update('\0').update(bytes).update('\0');
  const root = `/assets/${hash.digest('hex').slice(0, 16)}`;

  const routes = new Hono();
  for (const [name, bytes] of files) {
    routes.get(`${root}/${name}`, (c) =>
      c.body(new Uint8Array(bytes), 200, {
        'Content-Type': TYPES[path.extname(name)] ?? '',
        'Cache-Control': 'public, max-age=31536000, immutable',
      }),
    );
  }
  return { url: (name) => `${root}/${name}`, routes };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
