import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { type Answering, answering } from '../answering.js';
import { jsonBody } from '../body.js';
import { parse, problemBody, UNKNOWN } from '../problems.js';
import { askBody } from '../schemas.js';
import { since } from '../took.js';
import { begin, type Underway } from '../underway.js';
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
    const { signal } = c.req.raw;
    const wanted = accepts(c, { header: 'Accept', supports: [JSON_TYPE, STREAM_TYPE], default: JSON_TYPE });
    if (wanted === JSON_TYPE)
      return c.json({ ...(await answering(responder, asked, { signal })), tookMs: since(started) });
    // The server does not see a client go that takes the answer in parts; the stream does.
    const gone = new AbortController();
    if (signal.aborted) gone.abort();
    signal.addEventListener('abort', () => gone.abort(), { once: true });
    const begun = await begin((options) => answering(responder, asked, { ...options, signal: gone.signal }));
    return events(c, onError, async (stream, send) => {
      stream.onAbort(() => gone.abort());
      const { passages, scope, understood } = 'found' in begun ? begun.found : begun;
      await send('passages', { passages, scope, understood });
      const view = 'found' in begun ? await writtenOut(begun, send) : begun;
      for (const citation of view.citations) await send('citation', citation);
      await send('done', { ...view, tookMs: since(started) });
    });
  });
}

type Send = (event: string, data: unknown) => Promise<void>;

/** Sends sentences as they are checked. Where the answer comes to nothing after all, the last event says so. */
async function writtenOut({ sentences, whole }: Underway, send: Send): Promise<Answering> {
  for await (const sentence of sentences) await send('sentence', sentence);
  return whole;
}

/** An answer as events. What goes wrong before the first of them is an ordinary problem response. */
function events(
  c: Context,
  onError: RouteOptions['onError'],
  tell: (stream: SSEStreamingApi, send: Send) => Promise<void>,
): Response {
  // nginx would hold the events back.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const send: Send = (event, data) => stream.writeSSE({ event, data: JSON.stringify(data) });
    try {
      await tell(stream, send);
    } catch (error) {
      // Who has gone hears nothing, and it is nobody's fault.
      if (stream.aborted) return;
      onError(error, c.get('requestId'));
      await send('error', problemBody(500, UNKNOWN, c.get('requestId')));
    }
  });
}
