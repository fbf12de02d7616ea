import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { readSet } from '../eval/index.js';
import { benchCosts } from './costs.js';
import { benchEncoding } from './encoding.js';
import { benchHnsw } from './hnsw.js';
import { benchLoad, soak } from './load.js';
import { benchPeers } from './peers.js';
import { benchPostgres } from './postgres.js';
import { run } from './program.js';
import { benchReading } from './reading.js';
import { format } from './timing.js';
import { benchVerifying } from './verifying.js';

/**
 * `npm run bench`: what Paracite costs, beside its peers in the same run. Times are medians; the machine is part of
 * every figure, so ratios are what to compare. `-- --only load` runs one section, `-- --soak 10` ten minutes of load.
 */

const QUESTIONS = 'eval/sets/dev.jsonl';
const SECTIONS = ['costs', 'encoding', 'peers', 'load', 'reading', 'verifying', 'hnsw', 'postgres'] as const;
type Section = (typeof SECTIONS)[number];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, soak: { type: 'string' } },
  });
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { corpusDirectory, modelCacheDirectory } = readConfig(process.env);
  const work = await mkdtemp(path.join(tmpdir(), 'paracite-bench-'));
  const environment = { ...process.env, INDEX_DIR: path.join(work, 'index'), LOG_LEVEL: 'silent' };
  const url = process.env.TEST_POSTGRES_URL;
  const questions = (await readSet(QUESTIONS)).map(({ question }) => question);
  const sections: Readonly<Record<Section, () => Promise<string>>> = {
    costs: async () => format(await benchCosts(environment, questions)),
    encoding: async () => format(await benchEncoding(corpusDirectory, modelCacheDirectory)),
    peers: async () => format(await benchPeers(corpusDirectory, modelCacheDirectory, questions)),
    load: async () => format(await benchLoad(environment, corpusDirectory)),
    reading: async () => format(await benchReading(work)),
    verifying: async () => format(await benchVerifying(corpusDirectory)),
    hnsw: () => benchHnsw(corpusDirectory, modelCacheDirectory, questions),
    postgres: async () =>
      url ? format(await benchPostgres(environment, questions, url)) : 'only with TEST_POSTGRES_URL',
  };
  try {
    await run(['index'], environment);
    for (const name of SECTIONS) {
      if (values.soak === undefined && (values.only?.includes(name) ?? true)) {
        console.log(`${name}\n\n${await sections[name]()}\n`);
      }
    }
    if (values.soak !== undefined) {
      console.log(format(await soak(environment, corpusDirectory, Number(values.soak))));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

await main();
