import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Writer } from '../../generate/index.js';
import type { Responder } from '../../response/index.js';
import type { Operations } from '../../serving/index.js';
import { writingMetrics } from './writing.js';

/** Upper bounds of the latency histogram, in seconds: an answer takes milliseconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is counted, for Prometheus. Labels are route patterns, methods and statuses: never what a client chose. */
export interface Metrics {
  readonly contentType: string;
  readonly started: () => void;
  readonly finished: (request: { route: string; method: string; status: number; seconds: number }) => void;
  /** The same responder, with its answers counted. */
  readonly counted: (responder: Responder) => Responder;
  text(): Promise<string>;
}

/** What says how much was done, where there is such a thing. */
export interface MetricSources {
  readonly operations: Operations | undefined;
  readonly writer: Writer | null;
}

/** @param current what answers, or null while nothing can */
export function createMetrics(
  current: () => Responder | null,
  { operations, writer }: MetricSources,
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  // Which version runs here is nobody's business.
  registry.removeSingleMetric('nodejs_version_info');

  const requests = new Counter({
    name: 'paracite_http_requests_total',
    help: 'Requests that were answered, by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'paracite_http_request_duration_seconds',
    help: 'Time from the request to the start of its answer.',
    labelNames: ['route', 'method'],
    buckets: BUCKETS,
    registers,
  });
  const running = new Gauge({
    name: 'paracite_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
  });
  const answers = new Counter({
    name: 'paracite_answers_total',
    help: 'Questions by outcome: answered, or not_found for what the record does not answer.',
    labelNames: ['status'],
    registers,
  });
  for (const status of ['answered', 'not_found'] as const) answers.inc({ status }, 0);
  indexMetrics(registry, current);
  if (operations) workMetrics(registry, operations);
  if (writer) writingMetrics(registry, writer);

  return {
    contentType: registry.contentType,
    started: () => running.inc(),
    finished: ({ route, method, status, seconds }) => {
      running.dec();
      requests.inc({ route, method, status: String(status) });
      duration.observe({ route, method }, seconds);
    },
    counted: (responder) => ({
      ...responder,
      ask: async (question, options) => {
        const view = await responder.ask(question, options);
        answers.inc({ status: view.status });
        return view;
      },
    }),
    text: () => registry.metrics(),
  };
}

function indexMetrics(registry: Registry, current: () => Responder | null): void {
  new Gauge({
    name: 'paracite_index_info',
    help: 'Identity of the index that answers; always 1.',
    labelNames: ['identity'],
    registers: [registry],
    collect() {
      this.reset();
      const responder = current();
      if (responder) this.set({ identity: responder.identity }, 1);
    },
  });
  new Gauge({
    name: 'paracite_index_age_seconds',
    help: 'Time since the index that answers was built.',
    registers: [registry],
    collect() {
      const responder = current();
      if (responder) this.set((Date.now() - Date.parse(responder.builtAt)) / 1000);
      else this.remove();
    },
  });
}

/** What the server says about its own work. */
function workMetrics(registry: Registry, operations: Operations): void {
  const gauge = (name: string, help: string, value: 'waiting' | 'running') =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(operations.stats()[value]);
      },
    });
  gauge('paracite_work_waiting', 'Requests that wait for a thread.', 'waiting');
  gauge('paracite_work_running', 'Requests that a thread works on.', 'running');
  const counter = (name: string, help: string, value: 'hits' | 'misses') =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(operations.stats().cache[value]);
      },
    });
  counter('paracite_cache_hits_total', 'Requests that were answered from memory.', 'hits');
  counter('paracite_cache_misses_total', 'Requests that were not in memory.', 'misses');
}
