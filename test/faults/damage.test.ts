import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersOf, freshAnswers, type Place, place, started, stop } from '../support/faults.js';

const DAMAGES: Readonly<Record<string, (file: string) => Promise<void>>> = {
  removed: (file) => rm(file),
  truncated: async (file) => truncate(file, Math.floor((await readFile(file)).length / 2)),
  'flipped in one bit': async (file) => {
    const bytes = await readFile(file);
    const at = Math.floor(bytes.length / 3);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    await writeFile(file, bytes);
  },
};

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Damages each file below a folder in each way, one after another, and looks whether a start heals it. */
async function heals(where: Place, folder: string): Promise<number> {
  const fresh = await freshAnswers('before');
  let damaged = 0;
  for (const how of Object.keys(DAMAGES)) {
    for (const name of (await filesBelow(folder)).map((file) => path.relative(folder, file))) {
      const file = path.join(folder, name);
      const present = await readFile(file).then(
        ({ length }) => length > 0,
        () => false,
      );
      // A build gives its folder another name: that file is another by now.
      const target = present ? file : await sameKind(folder, name);
      if (target === null) continue;
      await DAMAGES[how]?.(target);
      const server = await started(where);
      expect(await answersOf(server.url), `${name} ${how}`).toEqual(fresh);
      await stop(server);
      damaged += 1;
    }
  }
  return damaged;
}

/** The newest file with the same name below another folder; null where there is none. */
async function sameKind(folder: string, name: string): Promise<string | null> {
  const current = (await readFile(path.join(folder, 'CURRENT'), 'utf8').catch(() => '')).split(' ')[0] ?? '';
  const file = path.join(folder, current, path.basename(name));
  return (await readFile(file).catch(() => null))?.length ? file : null;
}

describe('a file that is damaged while nothing runs', () => {
  it('of the index is found at the next start, and the index built anew', async () => {
    const where = await place({ WORKERS: '0' });
    await stop(await started(where));
    expect(await heals(where, where.index)).toBeGreaterThanOrEqual(3 * 14);
  }, 600_000);

  it('of the encoder is found at the next start, and the encoder exported anew', async () => {
    const where = await place({ WORKERS: '0' });
    await stop(await started(where));
    expect(await heals(where, path.join(where.models, 'bundled'))).toBeGreaterThanOrEqual(3 * 3);
  }, 600_000);
});

describe('files that are damaged under a server', () => {
  it('change nothing that it says, and the next start heals them', async () => {
    const fresh = await freshAnswers('before');
    const where = await place();
    const server = await started(where);
    for (const file of [...(await filesBelow(where.index)), ...(await filesBelow(where.models))])
      await writeFile(file, 'damaged');
    expect(await answersOf(server.url)).toEqual(fresh);
    await stop(server);
    const again = await started(where);
    expect(await answersOf(again.url)).toEqual(fresh);
    await stop(again);
  }, 240_000);
});
