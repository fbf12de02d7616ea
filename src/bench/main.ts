import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.js';
import { loadCorpus } from '../corpus/index.js';
import { LocalEmbeddings } from '../embed/index.js';
import { langchainDefault, oramaHybrid, paracite, readSet } from '../eval/index.js';
import { type ComposedIndex, composeIndex } from '../index/index.js';
import { benchHnsw } from './hnsw.js';

/**
 * `npm run bench`: what Paracite costs, beside its peers in the same run. Times are medians; the machine is part of
 * every figure, so ratios are what to compare.
 */

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const QUESTIONS = 'eval/sets/dev.jsonl';
const STARTS = 5;
const BUILDS = 3;
const ROUNDS = 3;

interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const work = await mkdtemp(path.join(tmpdir(), 'paracite-bench-'));
  const environment = { ...process.env, INDEX_DIR: path.join(work, 'index'), LOG_LEVEL: 'silent' };
  try {
    const lines: Line[] = [];
    const questions = (await readSet(QUESTIONS)).map(({ question }) => question);

    const builds: number[] = [];
    for (let i = 0; i < BUILDS; i += 1) builds.push(await timed(() => run(['index'], environment)));
    lines.push({ what: 'index build, process and all', value: median(builds), unit: 'ms' });

    const starts: number[] = [];
    for (let i = 0; i < STARTS; i += 1) {
      const server = await serve({ ...environment, PORT: String(await freePort()) });
      starts.push(server.readyMs);
      await server.stop();
    }
    lines.push({ what: 'warm start to ready', value: median(starts), unit: 'ms' });

    const server = await serve({ ...environment, PORT: String(await freePort()) });
    const latencies: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const question of questions) {
        latencies.push(await timed(() => post(`${server.url}/v1/ask`, { question })));
      }
    }
    lines.push({ what: '/v1/ask at one client, p50', value: quantile(latencies, 0.5), unit: 'ms' });
    lines.push({ what: '/v1/ask at one client, p99', value: quantile(latencies, 0.99), unit: 'ms' });
    lines.push({ what: 'resident memory after that', value: (await server.residentKb()) / 1024, unit: 'MB' });
    await server.stop();

    lines.push(...(await peers(config.corpusDirectory, config.modelCacheDirectory, questions)));
    console.log(format(lines));
    console.log();
    console.log(await benchHnsw(config.corpusDirectory, config.modelCacheDirectory, questions));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Build and one ranking in this process, for Paracite and its peers alike. */
async function peers(corpus: string, cache: string, questions: readonly string[]): Promise<Line[]> {
  const embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: cache });
  const { documents } = await loadCorpus(corpus);
  const bare = documents.map((document) => ({ ...document, questions: [] }));
  const quiet = () => undefined;
  let index: ComposedIndex | undefined;
  const full = await timed(async () => {
    index = await composeIndex(documents, embeddings, quiet);
  });
  let bareIndex: ComposedIndex | undefined;
  const own = await timed(async () => {
    bareIndex = await composeIndex(bare, embeddings, quiet);
  });
  if (!index || !bareIndex) throw new Error('no index was made');
  const lines: Line[] = [
    { what: 'build in process, with sidecar', value: full, unit: 'ms' },
    { what: 'build in process, without sidecar', value: own, unit: 'ms' },
  ];
  const contenders = [
    { name: 'Paracite', make: async () => paracite('Paracite', index as ComposedIndex) },
    { name: 'Paracite without sidecar', make: async () => paracite('bare', bareIndex as ComposedIndex) },
    { name: 'LangChain default', make: () => langchainDefault(bareIndex as ComposedIndex) },
    { name: 'Orama hybrid', make: () => oramaHybrid(bareIndex as ComposedIndex) },
  ];
  let reference = 0;
  for (const { name, make } of contenders) {
    const started = performance.now();
    const system = await make();
    const built = performance.now() - started;
    if (built > 50)
      lines.push({ what: 'build in process', peer: name, value: built, unit: 'ms', ratio: built / own });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const question of questions) times.push(await timed(() => system.rank(question)));
    }
    const p50 = quantile(times, 0.5);
    if (reference === 0) reference = p50;
    lines.push({ what: 'one ranking, p50', peer: name, value: p50, unit: 'ms', ratio: p50 / reference });
  }
  await embeddings.close();
  return lines;
}

interface Served {
  readonly url: string;
  readonly readyMs: number;
  residentKb(): Promise<number>;
  stop(): Promise<void>;
}

async function serve(environment: NodeJS.ProcessEnv): Promise<Served> {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${environment.PORT}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const readyMs = performance.now() - started;
  return {
    url,
    readyMs,
    residentKb: async () => {
      const { readFile } = await import('node:fs/promises');
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? Number.NaN);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: 'ignore' });
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  await response.arrayBuffer();
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function format(lines: readonly Line[]): string {
  return lines
    .map(({ what, peer, value, unit, ratio }) => {
      const name = peer ? `${what}: ${peer}` : what;
      return `${name.padEnd(46)} ${value.toFixed(1).padStart(9)} ${unit}${ratio === undefined ? '' : `   x${ratio.toFixed(2)}`}`;
    })
    .join('\n');
}

await main();
