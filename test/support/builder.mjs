// Builds indexes, to be killed at any moment. Says "ready", waits for a line, then builds of each corpus in turn.
// node builder.mjs INDEX_DIR MODEL_CACHE_DIR ROUNDS CORPUS_DIR...
import { once } from 'node:events';
import { loadCorpus } from '../../dist/corpus/index.js';
import { LocalEmbeddings } from '../../dist/embed/index.js';
import { buildIndex, openIndex } from '../../dist/index/index.js';

const [directory, cacheDirectory, rounds, ...folders] = process.argv.slice(2);
const corpora = await Promise.all(folders.map(async (folder) => (await loadCorpus(folder)).documents));
const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
for (let round = 0; round < Number(rounds); round += 1) {
  const documents = corpora[round % corpora.length];
  await buildIndex(directory, documents, embeddings, () => undefined);
}
const last = await openIndex({ directory, documents: corpora.at(-1), embeddings });
process.stdout.write(`${'reason' in last ? `${last.reason}: ${last.detail}` : 'usable'}\n`);
process.exit(0);
