import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Config, readConfig } from '../../src/config.js';
import { loadCorpus } from '../../src/corpus/index.js';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { buildIndex, type SearchIndex } from '../../src/index/index.js';
import { Service } from '../../src/service.js';
import { CORPUS, MODEL_CACHE, ROOT } from './fixtures.js';

/** The index that all tests share. */
export const INDEX = path.join(ROOT, '.cache/test-index');

/** Settings of a program that is started from here. */
export const SETTINGS = {
  CORPUS_DIR: CORPUS,
  INDEX_DIR: INDEX,
  MODEL_CACHE_DIR: MODEL_CACHE,
  LOG_LEVEL: 'silent',
} as const;

/** What an index is made by; another version of it makes another index. */
const MADE_BY = ['chunk', 'corpus', 'embed', 'index'];

export function testConfig(changes: Partial<Config> = {}): Config {
  return { ...readConfig(SETTINGS), ...changes };
}

/** The real service over the real corpus. */
export async function openService(changes: Partial<Config> = {}): Promise<Service<SearchIndex>> {
  return (await Service.open(testConfig(changes))) as Service<SearchIndex>;
}

/** Builds the shared index where there is none, or it was built by another version of the code. Runs once, before all tests. */
export async function prepareIndex(): Promise<void> {
  const stamp = path.join(INDEX, 'MADE_BY');
  const version = await versionOfCode();
  if ((await readFile(stamp, 'utf8').catch(() => '')) !== version) {
    const { documents } = await loadCorpus(CORPUS);
    const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
    await buildIndex(INDEX, documents, embeddings, () => undefined);
    await embeddings.close();
    await writeFile(stamp, version);
  }
  const service = await openService();
  await service.close();
}

async function versionOfCode(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of MADE_BY) {
    const directory = path.join(ROOT, 'src', folder);
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
    for (const name of names.sort()) {
      hash
        .update(name)
        .update(await readFile(path.join(directory, name)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}
