import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, ParaciteError } from './errors.js';

/**
 * Writes a file whole or not at all: under another name beside it, then renamed. Makes the folders above it.
 *
 * @throws ParaciteError `bad_request` that names the file
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    throw new ParaciteError('bad_request', `${file} cannot be written: ${messageOf(error)}`);
  } finally {
    // Where it cannot be removed it was never made.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
