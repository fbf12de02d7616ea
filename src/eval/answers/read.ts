import { readFile } from 'node:fs/promises';
import { messageOf, ParaciteError } from '../../errors.js';
import { type GroundingCase, groundingCaseSchema } from './types.js';

/** @throws ParaciteError `bad_request` that names file and line */
export async function readGroundingCases(file: string): Promise<GroundingCase[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ParaciteError('bad_request', `the sentences cannot be read: ${messageOf(error)}`);
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [groundingCaseSchema.parse(JSON.parse(line))];
    } catch (error) {
      throw new ParaciteError(
        'bad_request',
        `${file}:${index + 1}: not such a sentence: ${messageOf(error)}`,
      );
    }
  });
}
