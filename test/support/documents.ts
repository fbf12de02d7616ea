import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NIGHT_TRAIN_GUIDE } from '../documents/night-train-guide.js';
import { RESERVOIR_INSPECTION } from '../documents/reservoir-inspection.js';
import { SEED_LIBRARY_RESOLUTION } from '../documents/seed-library-resolution.js';
import { ROOT } from './fixtures.js';
import { printed } from './print.js';
import { wordFile } from './word.js';

export const DOCUMENTS = path.join(ROOT, 'test/documents');

/** Writes the six documents of the tests into a folder, as the files that a user has. */
export async function writeDocuments(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of [
    'harbour-council-minutes.md',
    'allotment-ordinance.html',
    'lindqvist-v-port-authority.txt',
  ]) {
    await copyFile(path.join(DOCUMENTS, name), path.join(folder, name));
  }
  await writeFile(
    path.join(folder, 'seed-library-resolution.docx'),
    await wordFile(SEED_LIBRARY_RESOLUTION, { title: 'Document1', language: 'en-GB' }),
  );
  await writeFile(
    path.join(folder, 'reservoir-inspection.pdf'),
    await printed(RESERVOIR_INSPECTION, { language: 'en', running: 'Inspectorate of Dams' }),
  );
  await writeFile(path.join(folder, 'night-train-guide.pdf'), await printed(NIGHT_TRAIN_GUIDE));
}
