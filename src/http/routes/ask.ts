import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { streamSSE } from 'hono/streaming';
import { type Answering, answering } from '../answering.js';
import { jsonBody } from '../body.js';
import { parse, problemBody, UNKNOWN } from '../problems.js';
import { askBody } from '../schemas.js';
import { since } from '../took.js';
import type { RouteOptions } from './options.js';

const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream';

/** A question, answered with quotations or refused; in one piece, or as events. Stops where the client has gone. */
export function ask({ ready, onError }: RouteOptions): Hono {
  return new Hono().post('/v1/ask', async (c) => {
    const responder = ready();
    const started = performance.now();
    const asked = parse(askBody, await jsonBody(c));
    c.set('question', asked.question);
    const view = await answering(responder, asked, { signal: c.req.raw.signal });
    const body = { ...view, tookMs: since(started) };
    const wanted = accepts(c, { header: 'Accept', supports: [JSON_TYPE, STREAM_TYPE], default: JSON_TYPE });
    return wanted === STREAM_TYPE ? events(c, body, onError) : c.json(body);
  });
}

/**
 * The answer as events: the passages, each citation, and the whole. It is complete before the first of them, because ranking and
 * quoting take the same few milliseconds; what goes wrong until then is an ordinary problem response.
 */
function events(c: Context, body: Answering, onError: RouteOptions['onError']): Response {
  // nginx would hold the events back.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const send = (event: string, data: unknown) => stream.writeSSE({ event, data: JSON.stringify(data) });
    try {
      await send('passages', {
        passages: body.passages,
        scope: body.scope,
        understood: body.understood,
      });
      for (const citation of body.citations) await send('citation', citation);
      await send('done', body);
    } catch (error) {
      onError(error, c.get('requestId'));
      await send('error', problemBody(500, UNKNOWN, c.get('requestId')));
    }
  });
}
