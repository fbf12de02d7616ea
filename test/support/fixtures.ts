import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCorpus, type RecordDocument } from '../../src/corpus/index.js';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const CORPUS = path.join(ROOT, 'corpus');
export const MODEL_CACHE = path.join(ROOT, '.cache/models');
export const RECORD_ID = 'ccpcj-chairs-summaries-2021-2024';

/** The real record. */
export async function loadRecord(): Promise<RecordDocument> {
  const { documents } = await loadCorpus(CORPUS);
  const record = documents.find(({ metadata }) => metadata.id === RECORD_ID);
  if (!record) throw new Error('the record is missing');
  return record;
}
