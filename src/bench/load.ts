import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadCorpus } from '../corpus/index.js';
import type { LoadOrder, LoadResult, ProbeOrder } from './generator.js';
import { freePort, jsonOf, type Served, serve, serveFile } from './program.js';
import { type Line, median } from './timing.js';

const GENERATOR = fileURLToPath(new URL('./generator.js', import.meta.url));
const BARE = fileURLToPath(new URL('./bare-route.js', import.meta.url));
const CONNECTIONS = [1, 16, 64, 256] as const;
/** Connections at which the server is saturated, and probed. */
const SATURATED = 64;
const SECONDS = 5;
const ROUNDS = 3;
const PROBE_EVERY_MS = 20;
/** Questions that a cache knows, and different ones that none does. */
const HOT = 8;
const COLD = 4000;

/** Throughput and latency of the real server under load from another process, beside one process and a bare route. */
export async function benchLoad(environment: NodeJS.ProcessEnv, corpus: string): Promise<Line[]> {
  const bodies = await bodiesOf(corpus);
  const cores = availableParallelism();
  const variants = [
    { name: `${cores} processes`, settings: { WORKERS: String(cores), CACHE_ENTRIES: '0' }, bodies },
    { name: 'in one thread', settings: { WORKERS: '0', CACHE_ENTRIES: '0' }, bodies },
    {
      name: `${cores} processes, cached`,
      settings: { WORKERS: String(cores) },
      bodies: bodies.slice(0, HOT),
    },
    { name: 'bare route', settings: null, bodies: bodies.slice(0, HOT) },
  ];
  const results = new Map<string, LoadResult[]>();
  const lines: Line[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, settings, bodies: asked } of variants) {
      const server = await start(environment, settings);
      for (const connections of CONNECTIONS) {
        const url = `${server.url}/v1/ask`;
        const order: LoadOrder = { kind: 'load', url, connections, seconds: SECONDS, bodies: asked };
        const [result] = await Promise.all([
          jsonOf<LoadResult>(GENERATOR, order),
          connections === SATURATED && settings !== null && round === 0
            ? probed(server, name).then((found) => lines.push(...found))
            : null,
        ]);
        const key = `${name}, ${connections}`;
        results.set(key, [...(results.get(key) ?? []), result]);
      }
      if (round === ROUNDS - 1) {
        lines.push({
          what: 'memory after that, all processes',
          peer: name,
          value: await server.memoryMb(),
          unit: 'MB',
        });
      }
      await server.stop();
    }
  }
  return [
    ...tableOf(
      variants.map(({ name }) => name),
      results,
    ),
    ...lines,
  ];
}

/** Memory while some 16 clients ask for minutes on end: after the first minute, and at the end. */
export async function soak(environment: NodeJS.ProcessEnv, corpus: string, minutes: number): Promise<Line[]> {
  const bodies = await bodiesOf(corpus);
  const server = await start(environment, {});
  const lines: Line[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    const order: LoadOrder = {
      kind: 'load',
      url: `${server.url}/v1/ask`,
      connections: 16,
      seconds: 60,
      bodies,
    };
    const { perSecond, failed } = await jsonOf<LoadResult>(GENERATOR, order);
    const peer = `minute ${minute}, ${perSecond.toFixed(0)}/s, ${failed} failed`;
    lines.push({ what: 'memory under load', peer, value: await server.memoryMb(), unit: 'MB' });
  }
  await server.stop();
  return lines;
}

async function start(
  environment: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>> | null,
): Promise<Served> {
  const port = await freePort();
  return settings ? serve({ ...environment, ...settings, PORT: port }) : serveFile(BARE, port, '/healthz');
}

/** How the process that listens does while the others work. */
async function probed(server: Served, name: string): Promise<Line[]> {
  const order: ProbeOrder = {
    kind: 'probe',
    url: `${server.url}/healthz`,
    seconds: SECONDS,
    everyMs: PROBE_EVERY_MS,
  };
  const { p50, p99 } = await jsonOf<LoadResult>(GENERATOR, order);
  const metrics = await fetch(`${server.url}/metrics`).then((response) => response.text());
  const lag = Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/mu.exec(metrics)?.[1] ?? Number.NaN);
  const what = `/healthz at ${SATURATED} connections`;
  return [
    { what: `${what}, p50`, peer: name, value: p50, unit: 'ms' },
    { what: `${what}, p99`, peer: name, value: p99, unit: 'ms' },
    { what: 'event-loop delay then, p99', peer: name, value: lag * 1000, unit: 'ms' },
  ];
}

function tableOf(names: readonly string[], results: ReadonlyMap<string, readonly LoadResult[]>): Line[] {
  return CONNECTIONS.flatMap((connections) => {
    const middle = (name: string, field: keyof LoadResult) =>
      median((results.get(`${name}, ${connections}`) ?? []).map((result) => result[field]));
    const single = middle('in one thread', 'perSecond');
    return names.flatMap((peer): Line[] => {
      const what = `${connections} connections`;
      const perSecond = middle(peer, 'perSecond');
      return [
        { what: `${what}, throughput`, peer, value: perSecond, unit: '/s', ratio: perSecond / single },
        { what: `${what}, p50`, peer, value: middle(peer, 'p50'), unit: 'ms' },
        { what: `${what}, p99`, peer, value: middle(peer, 'p99'), unit: 'ms' },
        { what: `${what}, failed`, peer, value: middle(peer, 'failed'), unit: '' },
      ];
    });
  });
}

async function bodiesOf(corpus: string): Promise<string[]> {
  const { documents } = await loadCorpus(corpus);
  const questions = documents.flatMap((document) => document.questions.flatMap((entry) => entry.questions));
  const step = Math.max(1, Math.floor(questions.length / COLD));
  return questions.filter((_, i) => i % step === 0).map((question) => JSON.stringify({ question }));
}
