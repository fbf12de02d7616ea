import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ParaciteError } from '../../src/errors.js';
import { createApp } from '../../src/http/index.js';
import type { AnswerView } from '../../src/response/index.js';
import { JSON_TYPE, openApp, problemIn, type TestApp } from '../support/app.js';
import { responderOf } from '../support/responder.js';
import { askShape, problemShape } from '../support/shapes.js';

const STREAM = { ...JSON_TYPE, Accept: 'text/event-stream' };
const QUESTION = 'What was said about prison overcrowding in 2022?';
/** How long to wait for what happens at once on an idle machine. */
const SOON = { timeout: 20_000 };

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 });
});

afterAll(async () => {
  await app.close();
  expect(app.logged).toEqual([]);
});

function asking(body: unknown, headers: Record<string, string> = STREAM): RequestInit {
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

interface Event {
  readonly event: string;
  readonly data: unknown;
}

/** The events of a stream, as a browser would read them. */
function eventsIn(text: string): Event[] {
  expect(text.endsWith('\n\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n\n')
    .map((block) => {
      const lines = block.split('\n');
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      expect(field('event')).toHaveLength(1);
      return { event: field('event')[0] ?? '', data: JSON.parse(field('data').join('\n')) };
    });
}

describe('POST /v1/ask as events', () => {
  it('sends the passages, each citation and the whole answer, which is the plain one', async () => {
    const response = await app.request('/v1/ask', asking({ question: QUESTION, limit: 4 }));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream\b/u);
    const events = eventsIn(await response.text());
    const plain = await app.ask({ question: QUESTION, limit: 4 });
    expect(events.map(({ event }) => event)).toEqual([
      'passages',
      ...plain.citations.map(() => 'citation'),
      'done',
    ]);
    const done = events.at(-1)?.data as Record<string, unknown>;
    expect(askShape.safeParse(done).error).toBeUndefined();
    const { tookMs: _, ...rest } = done;
    const { tookMs: __, ...own } = (await (
      await app.request('/v1/ask', asking({ question: QUESTION, limit: 4 }, JSON_TYPE))
    ).json()) as Record<string, unknown>;
    expect(rest).toEqual(own);
    expect(events[0]?.data).toEqual({ passages: own.passages, scope: own.scope });
    expect(events.slice(1, -1).map(({ data }) => data)).toEqual(own.citations);
  });

  it('sends passages and no citation where the record does not answer', async () => {
    const sure = await openApp({ abstainThreshold: 1 });
    const events = eventsIn(await (await sure.request('/v1/ask', asking({ question: QUESTION }))).text());
    expect(events.map(({ event }) => event)).toEqual(['passages', 'done']);
    expect(events[1]?.data).toMatchObject({ status: 'not_found', answer: null, citations: [] });
    await sure.close();
  });

  it.each([
    ['text/event-stream', true],
    ['text/event-stream, application/json;q=0.5', true],
    ['application/json;q=0.5, text/event-stream', true],
    ['application/json', false],
    ['application/json, text/event-stream;q=0.1', false],
    ['*/*', false],
    ['text/html', false],
    ['text/event-stream;q=oops, \u00e9', true],
  ])('follows what is accepted: %s', async (accept, streamed) => {
    const response = await app.request(
      '/v1/ask',
      asking({ question: QUESTION }, { ...JSON_TYPE, Accept: accept }),
    );
    expect(response.headers.get('Content-Type')?.startsWith('text/event-stream')).toBe(streamed);
  });

  it('refuses with an ordinary problem what goes wrong before the first event', async () => {
    await problemIn(await app.request('/v1/ask', asking({ question: '' })), 400);
    await problemIn(await app.request('/v1/ask', { ...asking({}), body: '{' }), 400);
    const opening = createApp({
      responder: () => ({ ready: null, reason: 'opening' }),
      onError: () => undefined,
    });
    await problemIn(await opening.request('/v1/ask', asking({ question: QUESTION })), 503);
  });

  it('says in an event what goes wrong after it, and tells only the log why', async () => {
    const view = {
      passages: [],
      scope: [],
      // What cannot be written as JSON.
      citations: [{ id: 1, score: 1n }],
    } as unknown as AnswerView;
    const logged: [unknown, string | undefined][] = [];
    const failing = createApp({
      responder: () => ({ ready: responderOf({ ask: async () => view }) }),
      onError: (error, requestId) => logged.push([error, requestId]),
    });
    const response = await failing.request('/v1/ask', asking({ question: QUESTION }));
    const text = await response.text();
    const events = eventsIn(text);
    expect(events.map(({ event }) => event)).toEqual(['passages', 'error']);
    expect(problemShape.parse(events[1]?.data)).toMatchObject({ status: 500 });
    expect(text).not.toContain('BigInt');
    expect(logged).toEqual([[expect.any(TypeError), response.headers.get('X-Request-Id')]]);
  });
});

/** The app behind a socket, until the test is over. */
async function listening(app: ReturnType<typeof createApp>): Promise<string> {
  const server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('over a socket', () => {
  it('comes in the same events', async () => {
    const view = { passages: [], scope: [], citations: [{ id: 1 }, { id: 2, quote: 'two\n\nlines' }] };
    const url = await listening(
      createApp({
        responder: () => ({ ready: responderOf({ ask: async () => view as unknown as AnswerView }) }),
        onError: () => undefined,
      }),
    );
    const response = await fetch(`${url}/v1/ask`, asking({ question: QUESTION }));
    expect(response.headers.get('X-Accel-Buffering')).toBe('no');
    const events = eventsIn(await response.text());
    expect(events.map(({ event }) => event)).toEqual(['passages', 'citation', 'citation', 'done']);
    expect(events[2]?.data).toEqual(view.citations[1]);
  });
});

describe('a client that goes away', () => {
  it.each([
    ['the plain answer', JSON_TYPE],
    ['events', STREAM],
  ])('cancels the work for %s, and is no error', async (_, headers) => {
    const logged: unknown[] = [];
    const statuses: number[] = [];
    let signal: AbortSignal | undefined;
    const { promise: begun, resolve: begin } = waiting();
    const slow = createApp({
      responder: () => ({
        ready: responderOf({
          ask: (__, options) => {
            signal = options?.signal;
            begin();
            return new Promise((___, reject) =>
              signal?.addEventListener('abort', () =>
                reject(new ParaciteError('cancelled', 'the client went away')),
              ),
            );
          },
        }),
      }),
      onError: (error) => logged.push(error),
      onRequest: ({ status }) => statuses.push(status),
    });
    const url = await listening(slow);
    const client = new AbortController();
    const asked = fetch(`${url}/v1/ask`, {
      ...asking({ question: QUESTION }, headers),
      signal: client.signal,
    });
    await begun;
    expect(signal?.aborted).toBe(false);
    client.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => statuses, SOON).toEqual([499]);
    expect(signal?.aborted).toBe(true);
    expect(logged).toEqual([]);
  });
});

function waiting(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
