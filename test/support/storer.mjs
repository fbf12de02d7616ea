// Stores vectors, to be killed at any moment. Says "ready", waits for a line, then encodes the texts of a JSON file and
// says how many are stored after each batch.
// node storer.mjs STORE_DIR MODEL_CACHE_DIR TEXTS.json
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { LocalEmbeddings } from '../../dist/embed/index.js';
import { VectorStore } from '../../dist/store/index.js';

const [directory, cacheDirectory, file] = process.argv.slice(2);
const texts = JSON.parse(await readFile(file, 'utf8'));
const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory });
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const store = await VectorStore.open(directory, embeddings);
await store.embed(texts, (_, done) => process.stdout.write(`${done}\n`));
await store.close();
process.stdout.write(`encoded ${store.counts.embedded}\n`);
process.exit(0);
