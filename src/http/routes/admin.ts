import { Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import type { Operations } from '../operations.js';
import type { RouteOptions } from './options.js';

const PATH = '/v1/admin/reindex';

/** What an operator may have done. Only where keys are set, because then whoever gets here has shown one. */
export function admin({ operations, closed }: RouteOptions): Hono {
  const allowed = (): Operations => {
    if (!closed) throw new ParaciteError('forbidden', 'only a server with API_KEYS takes orders');
    if (!operations) throw new ParaciteError('not_found', 'this server cannot build its index anew');
    return operations;
  };
  return new Hono()
    .post(PATH, async (c) => {
      const running = allowed();
      await running.reindex();
      return c.json(running.progress(), 202, { Location: PATH });
    })
    .get(PATH, (c) => c.json(allowed().progress()));
}
