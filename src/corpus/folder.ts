import path from 'node:path';
import { ParaciteError } from '../errors.js';
import { extractFolder, type FileProgress } from '../extract/index.js';
import { describeProblem, loadCorpus } from './load.js';
import type { Corpus, CorpusProblem } from './types.js';

export type CorpusProgress = FileProgress;

/**
 * Reads a folder of files of any kind that is known: what is new or changed is extracted first, then everything is loaded.
 *
 * @param progress told how many files have been looked at
 * @throws ParaciteError `corpus` where the folder itself cannot be read or holds no document
 */
export async function readCorpus(directory: string, progress?: CorpusProgress): Promise<Corpus> {
  const refused = (await extractFolder(directory, progress)).map(
    ({ file, message }): CorpusProblem => ({ file, line: 0, message }),
  );
  try {
    const { documents, problems } = await loadCorpus(
      directory,
      new Set(refused.map(({ file }) => path.basename(file))),
    );
    return { documents, problems: [...refused, ...problems] };
  } catch (error) {
    if (!(error instanceof ParaciteError) || refused.length === 0) throw error;
    throw new ParaciteError(
      'corpus',
      `no document in ${directory} can be read: ${refused.map(describeProblem).join('; ')}`,
      { cause: error },
    );
  }
}
