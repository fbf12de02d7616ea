import { createHash, webcrypto } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Files from this length on are hashed beside this thread: for shorter ones handing them over costs more. */
const LARGE = 1 << 20;

/**
 * Reads a file whole.
 *
 * @param sha256 of its bytes, hexadecimal
 * @throws Error where the file is missing or not as it was written
 */
export async function readVerified(
  file: string,
  name: string,
  sha256: string | undefined,
): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array((await handle.stat()).size);
    // In one piece, which needs this thread only at its end.
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, filled, Math.min(bytes.length - filled, MOST_AT_ONCE));
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if ((await hashBeside(bytes)) !== sha256) throw new Error(`${name} is not as it was written`);
    return bytes;
  } finally {
    await handle.close();
  }
}

async function hashBeside(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.length < LARGE) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** Most that the system reads at once. */
const MOST_AT_ONCE = 1 << 30;

/** How many reads are begun before they are asked for: one that reads, one that hashes. */
const AHEAD = 2;

/** The same reads, to be asked for in their order: what comes next is begun while what came before is worked on. */
export function begunAhead<T>(reads: readonly (() => Promise<T>)[]): (() => Promise<T>)[] {
  const begun = new Map<number, Promise<T>>();
  const begin = (position: number) => {
    const read = reads[position];
    if (!read || begun.has(position)) return;
    const result = read();
    // It is thrown where it is asked for.
    result.catch(() => undefined);
    begun.set(position, result);
  };
  return reads.map((read, position) => () => {
    for (let next = position; next <= position + AHEAD; next += 1) begin(next);
    const own = begun.get(position) ?? read();
    begun.delete(position);
    return own;
  });
}
