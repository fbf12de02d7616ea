import { type Config, isDatabase } from '../config.js';
import { LocalEmbeddings, type Progress } from '../embed/index.js';
import { ParaciteError } from '../errors.js';
import { type ComposedIndex, type Manifest, openIndex, writeIndex } from '../index/index.js';
import { PostgresStore } from '../postgres/index.js';
import { readDocuments } from '../service.js';
import { progressBar } from './progress.js';

/**
 * `paracite index --to`: moves the index in use, of INDEX_URL or INDEX_DIR, to a database or a folder, without encoding anything.
 *
 * @param to address of a database, or path of a folder
 */
export async function moveIndex(config: Config, to: string): Promise<number> {
  const from = config.indexUrl ?? config.indexDirectory;
  if (to === from) throw new ParaciteError('bad_request', '--to names where the index is already');
  const bar = progressBar();
  const started = performance.now();
  const embeddings = await LocalEmbeddings.open({
    name: config.embeddingModel,
    cacheDirectory: config.modelCacheDirectory,
    progress: bar.progress,
  });
  try {
    const manifest = await write(config, to, await read(config, embeddings, bar.progress), bar.progress);
    bar.stop();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const where = isDatabase(to) ? 'the database' : to;
    console.log(`index ${manifest.identity} moved to ${where} in ${seconds} s`);
  } finally {
    bar.stop();
    await embeddings.close();
  }
  return 0;
}

async function read(config: Config, embeddings: LocalEmbeddings, progress: Progress): Promise<ComposedIndex> {
  if (config.indexUrl !== undefined) {
    return within(config, config.indexUrl, (store) => store.read(embeddings, progress));
  }
  const documents = await readDocuments(config.corpusDirectory, () => undefined);
  const found = await openIndex({ directory: config.indexDirectory, documents, embeddings });
  if ('reason' in found)
    throw new ParaciteError(
      'index',
      `the index in ${config.indexDirectory} is ${found.reason}: ${found.detail}; run npm run index`,
    );
  return found;
}

function write(config: Config, to: string, index: ComposedIndex, progress: Progress): Promise<Manifest> {
  return isDatabase(to) ? within(config, to, (store) => store.load(index, progress)) : writeIndex(to, index);
}

async function within<T>(
  config: Config,
  url: string,
  work: (store: PostgresStore) => Promise<T>,
): Promise<T> {
  const store = new PostgresStore({ url, statementTimeoutMs: config.requestTimeoutMs });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
