import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begunAhead, readVerified } from '../../src/index/verified.js';
import { workspace } from '../support/small-corpus.js';

let space: Awaited<ReturnType<typeof workspace>>;

beforeAll(async () => {
  space = await workspace();
});
afterAll(() => space.remove());

describe('a file that is read and hashed', () => {
  // Hashed on this thread, and beside it.
  it.each([0, 1, 4_096, 1 << 20, (1 << 20) + 17])(
    'of %i bytes is what it is, or told to be another',
    async (length) => {
      const file = path.join(space.folder, `${length}.bin`);
      const bytes = Uint8Array.from({ length }, (_, i) => i * 31);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await writeFile(file, bytes);
      expect(Buffer.from(await readVerified(file, 'it', sha256)).equals(bytes)).toBe(true);
      await writeFile(file, Uint8Array.from([...bytes.subarray(0, -1), 7, 7]));
      await expect(readVerified(file, 'it', sha256)).rejects.toThrow('it is not as it was written');
    },
  );
});

describe('reads that are begun ahead', () => {
  it('give each what it reads once, while those that follow are under way', async () => {
    const begun: number[] = [];
    const reads = begunAhead(
      [0, 1, 2, 3, 4].map((position) => async () => {
        begun.push(position);
        return position * 10;
      }),
    );
    expect(await reads[0]?.()).toBe(0);
    expect(begun).toEqual([0, 1, 2]);
    for (const position of [1, 2, 3, 4]) expect(await reads[position]?.()).toBe(position * 10);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('tell what went wrong where it is asked for, and nowhere else', async () => {
    const reads = begunAhead([
      async () => 1,
      async () => {
        throw new Error('gone');
      },
    ]);
    expect(await reads[0]?.()).toBe(1);
    await expect(reads[1]?.()).rejects.toThrow('gone');
  });
});
