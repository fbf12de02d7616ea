import { Hono } from 'hono';
import { ParaciteError } from '../../errors.js';
import type { RouteOptions } from './options.js';

/** Whether the process is up, whether questions can be answered, and how far another index is that is built meanwhile. */
export function health({ ready, operations }: RouteOptions): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'up' }))
    .get('/readyz', (c) => {
      const { identity } = ready();
      const trouble = operations?.trouble();
      if (trouble) throw new ParaciteError('not_ready', trouble);
      const building = operations?.progress();
      return c.json({ status: 'ready', index: identity, ...(building && { building }) });
    });
}
