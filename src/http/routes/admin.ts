import { Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import type { Operations } from '../../serving/index.js';
import type { RouteOptions } from './options.js';

const PATH = '/v1/admin/reindex';

/** The build that was last asked for over HTTP. */
interface LastBuild {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly index: string | null;
  /** ISO 8601 times. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** What an operator may have done. Only where keys are set, because then whoever gets here has shown one. */
export function admin({ ready, operations, closed }: RouteOptions): Hono {
  let last: LastBuild = { state: 'idle', index: null, startedAt: null, finishedAt: null };

  const allowed = (): Operations => {
    if (!closed) throw new ParaciteError('forbidden', 'only a server with API_KEYS takes orders');
    if (!operations) throw new ParaciteError('not_found', 'this server cannot build its index anew');
    return operations;
  };
  const start = (running: Operations): void => {
    const startedAt = now();
    last = { state: 'running', index: null, startedAt, finishedAt: null };
    running.reindex().then(
      (index) => {
        last = { state: 'done', index, startedAt, finishedAt: now() };
      },
      () => {
        last = { state: 'failed', index: null, startedAt, finishedAt: now() };
      },
    );
  };

  return new Hono()
    .post(PATH, (c) => {
      const running = allowed();
      ready();
      if (last.state !== 'running') start(running);
      return c.json(reindexView(last, running), 202, { Location: PATH });
    })
    .get(PATH, (c) => c.json(reindexView(last, allowed())));
}

/** The body of `/v1/admin/reindex`. Why a build failed is in the log only: it may name files. */
export function reindexView(last: LastBuild, operations: Operations) {
  return { ...last, progress: operations.progress() };
}

function now(): string {
  return new Date().toISOString();
}
