import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../config.js';
import { jsonOf } from '../program.js';
import {
  type BuildOrder,
  type Built,
  fileOf,
  type Measured,
  type MeasureOrder,
  type PeerResult,
  type Searched,
} from './orders.js';

/**
 * `npm run bench:scale`: what an index of many chunks costs, by size, beside exact search, hnswlib bare and Orama where they can.
 * `-- --size 1000000` another size (several are given several times), `--vectors` the vectors alone without texts, `--real` every
 * sentence really encoded (at 10,000 always), `--peers` or `--no-peers` (up to 100,000 by default).
 */

const SIZES = ['10000', '100000'];
const REAL_UP_TO = 10_000;
const PEERS_UP_TO = 100_000;
const ORAMA_UP_TO = 10_000;
const SEED = 1;

async function main(): Promise<void> {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      size: { type: 'string', multiple: true, default: SIZES },
      vectors: { type: 'boolean', default: false },
      real: { type: 'boolean' },
      peers: { type: 'boolean' },
    },
  });
  const { modelCacheDirectory: modelCache } = readConfig(process.env);
  const built: Built[] = [];
  for (const size of values.size) {
    const chunks = Number(size);
    if (!(chunks >= 200)) throw new Error(`--size ${size}: at least 200 chunks`);
    const folder = await mkdtemp(path.join(tmpdir(), 'paracite-scale-'));
    try {
      const real = values.real ?? chunks <= REAL_UP_TO;
      const order: BuildOrder = { folder, modelCache, chunks, seed: SEED, real, vectorsOnly: values.vectors };
      const own = await jsonOf<Built>(fileOf('build'), order);
      built.push(own);
      const measured = await jsonOf<Measured>(fileOf('measure'), {
        folder,
        chunks: own.chunks,
        modelCache,
        vectorsOnly: values.vectors,
      } satisfies MeasureOrder);
      console.log(sizeTable(own, measured, real));
      if (values.peers ?? chunks <= PEERS_UP_TO) {
        const peers = await jsonOf<PeerResult[]>(fileOf('peers'), {
          folder,
          chunks: own.chunks,
          orama: chunks <= ORAMA_UP_TO,
        });
        console.log(peersTable(peers));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  console.log(costsTable(built));
}

function sizeTable(built: Built, measured: Measured, real: boolean): string {
  const { chunks } = built;
  return [
    `${chunks.toLocaleString('en')} chunks, vectors ${real ? 'really encoded' : 'made'}`,
    '',
    line('encoded', `${built.encodedPerSecond.toFixed(0)} a second`),
    line(
      'indexed but for encoding',
      `${each(built.cpuMs, chunks)} ms of processor time a chunk, ${(built.wallMs / 1000).toFixed(0)} s in all`,
    ),
    line(
      'on disk',
      `${Math.round(built.indexBytes / chunks)} bytes a chunk, of which vectors and graphs ${Math.round(built.graphBytes / chunks)}`,
    ),
    line('memory of the build, most', `${Math.round(built.peakMb)} MB`),
    line('start', `${(measured.startMs / 1000).toFixed(1)} s`),
    line(
      'resident',
      `${Math.round(measured.residentMb)} MB, ${Math.round((measured.residentMb * 2 ** 20) / chunks)} bytes a chunk`,
    ),
    ...searches('vectors', measured.vectors),
    ...searches('whole search', measured.whole),
    ...(measured.whole.length > 0
      ? [
          line(
            'planted facts',
            `${percent(measured.foundFirst)} first, ${percent(measured.foundInFive)} of five`,
          ),
        ]
      : []),
    '',
  ].join('\n');
}

function peersTable(peers: readonly PeerResult[]): string {
  return peers
    .map(({ name, buildMs, chunks, residentMb, searches: own }) =>
      [
        line(name, `${each(buildMs, chunks)} ms a chunk to build, ${Math.round(residentMb)} MB resident`),
        ...searches(name, own),
        '',
      ].join('\n'),
    )
    .join('\n');
}

function costsTable(built: readonly Built[]): string {
  return [
    'milliseconds a chunk, by size',
    ...built.map(({ chunks, cpuMs, encodedPerSecond }) =>
      line(
        chunks.toLocaleString('en'),
        `encoding ${(1000 / encodedPerSecond).toFixed(2)}, all else ${each(cpuMs, chunks)} of processor time`,
      ),
    ),
  ].join('\n');
}

function searches(what: string, own: readonly Searched[]): string[] {
  return own.map(({ filter, p50, p99, recall }) =>
    line(
      `${what}, filter ${filter}`,
      `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms${Number.isNaN(recall) || recall === null ? '' : `, recall@10 ${recall.toFixed(3)}`}`,
    ),
  );
}

function line(what: string, value: string): string {
  return `${what.padEnd(40)} ${value}`;
}

function each(ms: number, chunks: number): string {
  return (ms / chunks).toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

await main();
