export { type AppOptions, createApp } from './app.js';
export type { Operations } from './operations.js';
export { type RunningServer, startServer } from './server.js';

import type { z } from 'zod';
import { parse } from './problems.js';
import { askBody } from './schemas.js';

/** Checks a request to `/v1/ask`. @throws ParaciteError `bad_request` */
export function parseAsk(value: unknown): z.output<typeof askBody> {
  return parse(askBody, value);
}
