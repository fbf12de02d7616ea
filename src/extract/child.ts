import { readFile } from 'node:fs/promises';
import { messageOf } from '../errors.js';
import { extractBytes } from './extract.js';
import { checkContent, checkSize, kindOf } from './kinds.js';
import type { Asked, Outcome } from './sandbox.js';
import { UnreadableFile } from './types.js';

/** What the process of `openSandbox` runs: extracts one file after another until it is let go. */

process.on('message', (asked: Asked) => {
  void outcomeOf(asked).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit(0));

async function outcomeOf({ file }: Asked): Promise<Outcome> {
  try {
    const kind = kindOf(file);
    const bytes = await readFile(file);
    checkSize(bytes.length);
    checkContent(kind, bytes);
    return { extracted: await extractBytes(kind, bytes) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { refused: error.message };
    return { refused: `cannot be read (${messageOf(error).slice(0, 200)}); save it anew` };
  }
}
