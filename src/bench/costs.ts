import { freePort, run, serve } from './program.js';
import { type Line, median, quantile, timed } from './timing.js';

const STARTS = 5;
const BUILDS = 3;
const ROUNDS = 3;

/** What a build, a start and a question cost, as a person meets them. Builds the index of `environment`. */
export async function benchCosts(
  environment: NodeJS.ProcessEnv,
  questions: readonly string[],
): Promise<Line[]> {
  const builds: number[] = [];
  for (let i = 0; i < BUILDS; i += 1) builds.push(await timed(() => run(['index'], environment)));
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const server = await serve({ ...environment, PORT: await freePort() });
    starts.push(server.readyMs);
    await server.stop();
  }
  const server = await serve({ ...environment, CACHE_ENTRIES: '0', PORT: await freePort() });
  const latencies = await askTimes(server.url, questions);
  const memory = await server.memoryMb();
  await server.stop();
  return [
    { what: 'index build, process and all', value: median(builds), unit: 'ms' },
    { what: 'warm start to ready', value: median(starts), unit: 'ms' },
    { what: '/v1/ask at one client, p50', value: quantile(latencies, 0.5), unit: 'ms' },
    { what: '/v1/ask at one client, p99', value: quantile(latencies, 0.99), unit: 'ms' },
    { what: 'memory after that, all processes', value: memory, unit: 'MB' },
  ];
}

/** What each question takes a client that asks one after the other, in milliseconds. */
export async function askTimes(url: string, questions: readonly string[]): Promise<number[]> {
  const latencies: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const question of questions) latencies.push(await timed(() => post(`${url}/v1/ask`, { question })));
  }
  return latencies;
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
