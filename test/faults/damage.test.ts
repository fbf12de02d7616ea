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

/** Damages files, one after another, and looks whether a start heals each. */
async function heals(
  where: Place,
  damages: readonly (readonly [how: string, file: () => Promise<string> | string])[],
): Promise<void> {
  const fresh = await freshAnswers('before');
  for (const [how, file] of damages) {
    const target = await file();
    await DAMAGES[how]?.(target);
    const server = await started(where);
    expect(await answersOf(server.url), `${target} ${how}`).toEqual(fresh);
    await stop(server);
  }
}

describe('a file that is damaged while nothing runs', () => {
  // Each file in each way, in one process, is the business of `test/index/open.test.ts`: here each in one way.
  it('of the index is found at the next start, and the index built anew', async () => {
    const where = await place({ WORKERS: '0' });
    await stop(await started(where));
    // Each build gives its folder another name.
    const folder = async () =>
      path.join(where.index, (await readFile(path.join(where.index, 'CURRENT'), 'utf8')).split(' ')[0] ?? '');
    const files = [
      ...(await readdir(await folder())).map((name) => async () => path.join(await folder(), name)),
      () => path.join(where.index, 'CURRENT'),
    ];
    expect(files).toHaveLength(14);
    const hows = Object.keys(DAMAGES);
    await heals(
      where,
      files.map((file, i) => [hows[i % hows.length] ?? '', file] as const),
    );
  }, 600_000);

  it.each(Object.keys(DAMAGES))(
    'of the stored vectors is %s: none of what is not whole gets into an index that is built of them',
    async (how) => {
      const fresh = await freshAnswers('before');
      const where = await place({ WORKERS: '0' });
      await stop(await started(where));
      for (const file of await filesBelow(path.join(where.index, 'vectors'))) await DAMAGES[how]?.(file);
      await rm(path.join(where.index, 'CURRENT'));
      const server = await started(where);
      expect(await answersOf(server.url)).toEqual(fresh);
      await stop(server);
    },
    240_000,
  );

  it('of the encoder is found at the next start, and the encoder exported anew', async () => {
    const where = await place({ WORKERS: '0' });
    await stop(await started(where));
    const files = await filesBelow(path.join(where.models, 'bundled'));
    expect(files.length).toBeGreaterThanOrEqual(3);
    await heals(
      where,
      Object.keys(DAMAGES).flatMap((how) => files.map((file) => [how, () => file] as const)),
    );
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
