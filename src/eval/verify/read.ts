import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RecordDocument } from '../../corpus/index.js';
import { messageOf, ParaciteError } from '../../errors.js';
import { generateCases } from './generate.js';
import { type VerifyCase, verifyCaseSchema } from './types.js';

/**
 * All cases: those made from the record, and those written by hand.
 *
 * @param directory has `handwritten.jsonl`, a case a line, and `elsewhere.txt`, a sentence of another text a line
 * @throws ParaciteError `bad_request`
 */
export async function readVerifyCases(document: RecordDocument, directory: string): Promise<VerifyCase[]> {
  const elsewhere = await linesOf(path.join(directory, 'elsewhere.txt'));
  const file = path.join(directory, 'handwritten.jsonl');
  const written = (await linesOf(file)).map((line, index) => {
    try {
      return verifyCaseSchema.parse(JSON.parse(line));
    } catch (error) {
      throw new ParaciteError('bad_request', `${file}:${index + 1}: not a case: ${messageOf(error)}`);
    }
  });
  return [...generateCases(document, elsewhere), ...written];
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ParaciteError('bad_request', `${file} cannot be read: ${messageOf(error)}`);
  });
  return text.split('\n').filter((line) => line.trim() !== '');
}
