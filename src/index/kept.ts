import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { FORMAT, hashOf, MANIFEST, readPointer } from './build.js';
import type { KeptGraphs } from './segment.js';
import type { Manifest } from './types.js';

/** Graphs of the index in use that are as they were written. An edit leaves most of them what they are. */
export async function keptGraphs(directory: string): Promise<KeptGraphs> {
  const pointer = await readPointer(directory);
  if (pointer === null) return async () => null;
  const folder = path.join(directory, pointer.folder);
  const written = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => '');
  if (hashOf(written) !== pointer.manifestSha256) return async () => null;
  const { format, graphs, files } = JSON.parse(written) as Manifest;
  if (format !== FORMAT) return async () => null;
  const names = new Map(Object.entries(graphs).map(([name, key]) => [key, name]));
  return async (key) => {
    const name = names.get(key);
    if (name === undefined) return null;
    const file = path.join(folder, name);
    const bytes = await readFile(file).catch(() => null);
    return bytes !== null && hashOf(bytes) === files[name] ? file : null;
  };
}
