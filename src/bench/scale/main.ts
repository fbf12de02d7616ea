import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../config.js';
import { FORMAT } from '../../index/index.js';
import { jsonLinesOf, jsonOf } from '../program.js';
import {
  type BuildOrder,
  type Built,
  type Figure,
  fileOf,
  type MeasureOrder,
  type PeerOrder,
  type PeerResult,
} from './orders.js';

/**
 * `npm run bench:scale`: what an index of many chunks costs, by size, beside exact search, hnswlib bare and Orama where they can.
 * `-- --size 1000000` another size (several are given several times), `--vectors` the vectors alone without texts, `--real` every
 * sentence really encoded (at 10,000 always), `--peers` or `--no-peers` (up to 100,000 by default), `--keep FOLDER` keeps the indexes
 * there, to be measured again without being built, `--json FILE` writes every figure there, as it becomes known.
 */

const SIZES = ['10000', '100000'];
const REAL_UP_TO = 10_000;
const PEERS_UP_TO = 100_000;
const ORAMA_UP_TO = 10_000;
const SEED = 1;
/** What was built, in the folder of a size. */
const BUILT = 'built.json';

async function main(): Promise<void> {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      size: { type: 'string', multiple: true, default: SIZES },
      vectors: { type: 'boolean', default: false },
      real: { type: 'boolean' },
      peers: { type: 'boolean' },
      keep: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { modelCacheDirectory: modelCache } = readConfig(process.env);
  const built: Built[] = [];
  const results: { readonly built: Built; readonly figures: Figure[] }[] = [];
  const work = values.keep ?? (await mkdtemp(path.join(tmpdir(), 'paracite-scale-')));
  try {
    for (const size of values.size) {
      const chunks = Number(size);
      if (!(chunks >= 200)) throw new Error(`--size ${size}: at least 200 chunks`);
      const real = values.real ?? chunks <= REAL_UP_TO;
      const kind = `${chunks}-${values.vectors ? 'vectors' : 'whole'}-${real ? 'real' : 'made'}`;
      const folder = path.join(work, `${kind}-${FORMAT}`);
      console.log(`${chunks.toLocaleString('en')} chunks, vectors ${real ? 'really encoded' : 'made'}\n`);
      const own = await builtIn(folder, {
        folder,
        modelCache,
        chunks,
        seed: SEED,
        real,
        vectorsOnly: values.vectors,
      });
      built.push(own);
      const figures: Figure[] = [];
      results.push({ built: own, figures });
      const tell = async (figure: Figure) => {
        figures.push(figure);
        console.log(line(figure));
        if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
      };
      for (const figure of ofBuild(own)) await tell(figure);
      const order: MeasureOrder = { folder, chunks: own.chunks, modelCache, vectorsOnly: values.vectors };
      for await (const figure of jsonLinesOf<Figure>(fileOf('measure'), order)) await tell(figure);
      if (values.peers ?? chunks <= PEERS_UP_TO) {
        const peers: PeerOrder = { folder, chunks: own.chunks, orama: chunks <= ORAMA_UP_TO };
        for (const peer of await jsonOf<PeerResult[]>(fileOf('peers'), peers))
          for (const figure of ofPeer(peer)) await tell(figure);
      }
      console.log();
    }
  } finally {
    if (values.keep === undefined) await rm(work, { recursive: true, force: true });
  }
  console.log(costsTable(built));
}

/** Builds an index, where it was not built before. */
async function builtIn(folder: string, order: BuildOrder): Promise<Built> {
  const file = path.join(folder, BUILT);
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before !== null) return JSON.parse(before) as Built;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const built = await jsonOf<Built>(fileOf('build'), order);
  await writeFile(file, JSON.stringify(built));
  return built;
}

function ofBuild({ chunks, encodedPerSecond, stages, indexBytes, graphBytes, peakMb }: Built): Figure[] {
  const wallMs = stages.reduce((sum, stage) => sum + stage.wallMs, 0);
  return [
    { what: 'encoded', value: encodedPerSecond, unit: 'texts a second' },
    { what: 'indexed but for encoding', value: wallMs / 1000, unit: 's' },
    { what: 'indexed but for encoding', value: (1000 * chunks) / wallMs, unit: 'chunks a second' },
    { what: 'on disk', value: indexBytes / chunks, unit: 'bytes a chunk' },
    { what: 'of which vectors, codes and graphs', value: graphBytes / chunks, unit: 'bytes a chunk' },
    { what: 'memory of the build, most', value: peakMb, unit: 'MB' },
  ];
}

function ofPeer({ name, buildMs, chunks, residentMb, searches }: PeerResult): Figure[] {
  return [
    { what: `${name}: built`, value: buildMs / chunks, unit: 'ms a chunk' },
    { what: `${name}: resident`, value: residentMb, unit: 'MB' },
    ...searches.flatMap(({ filter, p50, p99, recall }) => [
      { what: `${name}, filter ${filter}: p50`, value: p50, unit: 'ms' },
      { what: `${name}, filter ${filter}: p99`, value: p99, unit: 'ms' },
      { what: `${name}, filter ${filter}: recall@10`, value: recall, unit: '' },
    ]),
  ];
}

/** Processor time a chunk, a line for each stage and a column for each size. */
function costsTable(built: readonly Built[]): string {
  const names = [...new Set(built.flatMap(({ stages }) => stages.map(({ stage }) => stage)))];
  const row = (what: string, cells: readonly string[]) =>
    what.padEnd(24) + cells.map((cell) => cell.padStart(12)).join('');
  const each = ({ chunks, stages }: Built, isMeant: (stage: string) => boolean) =>
    stages.reduce((sum, { stage, cpuMs }) => sum + (isMeant(stage) ? cpuMs : 0), 0) / chunks;
  return [
    row(
      'processor ms a chunk',
      built.map(({ chunks }) => chunks.toLocaleString('en')),
    ),
    ...names.map((name) =>
      row(
        name,
        built.map((own) => each(own, (stage) => stage === name).toFixed(4)),
      ),
    ),
    row(
      'all but encoding',
      built.map((own) => each(own, () => true).toFixed(4)),
    ),
  ].join('\n');
}

function line({ what, value, unit }: Figure): string {
  const shown = Math.abs(value) < 10 ? value.toPrecision(4) : value.toFixed(1);
  return `${what.padEnd(52)} ${shown.padStart(10)} ${unit}`;
}

await main();
