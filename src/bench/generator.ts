import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { quantile } from './timing.js';

/**
 * The load, in a process of its own: reads its order from standard input, prints one line of JSON.
 */
export interface LoadOrder {
  readonly kind: 'load';
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Asked in turn, over and over. */
  readonly bodies: readonly string[];
}

/** Asks one path at regular times, whatever the answers take. */
export interface ProbeOrder {
  readonly kind: 'probe';
  readonly url: string;
  readonly seconds: number;
  readonly everyMs: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const order = JSON.parse(await text(process.stdin)) as LoadOrder | ProbeOrder;
console.log(JSON.stringify(order.kind === 'probe' ? await probe(order) : await load(order)));

async function load({ url, connections, seconds, bodies }: LoadOrder): Promise<LoadResult> {
  let next = 0;
  const latencies: number[] = [];
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    requests: [
      {
        setupRequest: (request) => {
          next += 1;
          return { ...request, body: bodies[next % bodies.length] ?? '' };
        },
      },
    ],
  };
  const { errors, timeouts, non2xx, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    run.on('response', (_client, _status, _bytes, responseTime) => latencies.push(responseTime));
  });
  return {
    perSecond: latencies.length / duration,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    failed: errors + timeouts + non2xx,
  };
}

async function probe({ url, seconds, everyMs }: ProbeOrder): Promise<LoadResult> {
  const latencies: number[] = [];
  const asked: Promise<void>[] = [];
  let failed = 0;
  const started = performance.now();
  while (performance.now() - started < seconds * 1000) {
    asked.push(
      (async () => {
        const before = performance.now();
        const ok = await fetch(url).then(
          (response) => response.text().then(() => response.ok),
          () => false,
        );
        latencies.push(performance.now() - before);
        if (!ok) failed += 1;
      })(),
    );
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  await Promise.all(asked);
  return {
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    failed,
  };
}
