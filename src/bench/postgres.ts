import { askTimes } from './costs.js';
import { freePort, run, serve } from './program.js';
import { type Line, quantile } from './timing.js';

/**
 * What a question costs where the index is in PostgreSQL, beside the same in this process. Moves the index of `environment` there.
 *
 * @param url of a server with pgvector
 */
export async function benchPostgres(
  environment: NodeJS.ProcessEnv,
  questions: readonly string[],
  url: string,
): Promise<Line[]> {
  await run(['index', '--to', url], environment);
  const alone = { ...environment, WORKERS: '1', CACHE_ENTRIES: '0' };
  const here = await latencies(alone, questions);
  const there = await latencies({ ...alone, INDEX_URL: url }, questions);
  return [0.5, 0.99].map((q) => ({
    what: `/v1/ask at one client, index in PostgreSQL, p${100 * q}`,
    value: quantile(there, q),
    unit: 'ms',
    ratio: quantile(there, q) / quantile(here, q),
  }));
}

async function latencies(environment: NodeJS.ProcessEnv, questions: readonly string[]): Promise<number[]> {
  const server = await serve({ ...environment, PORT: await freePort() });
  try {
    return await askTimes(server.url, questions);
  } finally {
    await server.stop();
  }
}
