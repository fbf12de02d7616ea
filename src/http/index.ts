export { type Answering, answering } from './answering.js';
export { type AppOptions, createApp } from './app.js';
export { parseDigest } from './digest-query.js';
export { parseSearch } from './search-query.js';
export { PATIENCE, type Patience, type RunningServer, startServer } from './server.js';

import type { z } from 'zod';
import { parse } from './problems.js';
import { askBody, draftBody } from './schemas.js';

/** Checks a request to `/v1/ask`. @throws ParaciteError `bad_request` */
export function parseAsk(value: unknown): z.output<typeof askBody> {
  return parse(askBody, value);
}

/** Checks the draft of a request to `/v1/verify`. @throws ParaciteError `bad_request` */
export function parseDraft(value: unknown): z.output<typeof draftBody> {
  return parse(draftBody, value);
}
