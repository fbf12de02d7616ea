import OpenAI, {
  APIError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.js';
import { ParaciteError } from '../../src/errors.js';
import { createApp } from '../../src/http/index.js';
import type { AccessEntry } from '../../src/http/observe/index.js';
import type { Responder } from '../../src/response/index.js';
import { JSON_TYPE, openApp, type TestApp } from '../support/app.js';
import { errors, pointer } from '../support/contract.js';
import { RECORD_ID } from '../support/fixtures.js';
import { responderOf } from '../support/responder.js';
import { testConfig } from '../support/service.js';
import { type Listening, listening } from '../support/socket.js';
import { wordingAt } from '../support/verbatim.js';

const KEY = 'a-key-that-is-long-enough';
const QUESTION = 'What was said about prison overcrowding in 2022?';
const UNANSWERED = 'How do I bake a chocolate cake?';
const MODEL = 'paracite';
const SOON = { timeout: 20_000 };

let app: TestApp;
let server: Listening;
let openai: OpenAI;
const running: Listening[] = [];

function clientOf(url: string, apiKey = KEY): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
}

beforeAll(async () => {
  app = await openApp({ apiKeys: [KEY] });
  server = await listening(app.fetch);
  openai = clientOf(server.url);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

afterAll(async () => {
  await server.close();
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

/** A citation that goes with an annotation, which OpenAI's types do not have. */
interface Cited {
  readonly citation: {
    readonly id: number;
    readonly quote: string;
    readonly spans: [number, number][];
    readonly document: string;
    readonly paragraph: number;
  };
}

function ask(question: string) {
  return { model: MODEL, messages: [{ role: 'user' as const, content: question }] };
}

describe('the official openai client', () => {
  it('lists one model, and finds it', async () => {
    const models = [];
    for await (const model of openai.models.list()) models.push(model);
    expect(models).toEqual([{ id: MODEL, object: 'model', created: expect.any(Number), owned_by: MODEL }]);
    const built = Date.parse(app.service.index.manifest.builtAt);
    expect(models[0]?.created).toBe(Math.floor(built / 1000));
    expect(await openai.models.retrieve(MODEL)).toEqual(models[0]);
    await expect(openai.models.retrieve('gpt-4o')).rejects.toBeInstanceOf(NotFoundError);
  });

  it('gets verbatim quotations, with citations as annotations and as text', async () => {
    const completion = await openai.chat.completions.create(ask(QUESTION));
    const [choice] = completion.choices;
    const { content, annotations = [], refusal } = choice?.message ?? {};
    if (!content) throw new Error('no content');
    expect(choice?.finish_reason).toBe('stop');
    expect(refusal).toBeNull();
    const source = app.service.index.documents[0]?.source ?? '';
    expect(annotations.length).toBeGreaterThan(0);
    for (const annotation of annotations) {
      const { start_index, end_index, title, url } = annotation.url_citation;
      const { citation } = annotation as typeof annotation & Cited;
      expect(content.slice(start_index, end_index)).toBe(`[${citation.id}]`);
      expect(content.slice(0, start_index)).toMatch(/” $/u);
      expect(wordingAt(source, citation.spans)).toBe(citation.quote);
      expect(content).toContain(`“${citation.quote}” [${citation.id}]`);
      expect(title).toBe(`Chair's summaries 2021-2024, para. ${citation.paragraph}`);
      const marks = citation.spans.map((span) => span.join('-')).join();
      expect(url).toBe(`${server.url}/documents/${RECORD_ID}?mark=${marks}#para-${citation.paragraph}`);
      expect(content).toMatch(new RegExp(`^\\[${citation.id}\\] Chair's summaries .*: http`, 'mu'));
      expect(content).toContain(url);
      const page = await fetch(url, { headers: { Authorization: `Bearer ${KEY}` } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<mark');
    }
  });

  it('asks on: what the user said before is the history', async () => {
    const { messages, ...rest } = ask(QUESTION);
    const completion = await openai.chat.completions.create({
      ...rest,
      messages: [
        ...messages,
        { role: 'assistant', content: 'It was.' },
        { role: 'user', content: 'and in 2021?' },
      ],
    });
    expect(completion.choices[0]?.message.content).toMatch(
      /\n\nUnderstood as: What was said about prison overcrowding in 2021\?$/u,
    );
  });

  it('gets the same as a stream', async () => {
    const plain = (await openai.chat.completions.create(ask(QUESTION))).choices[0]?.message;
    const chunks = [];
    const stream = await openai.chat.completions.create({ ...ask(QUESTION), stream: true });
    for await (const chunk of stream) chunks.push(chunk);
    for (const chunk of chunks) {
      expect(errors('exact', pointer('components', 'schemas', 'ChatChunk'), chunk)).toEqual([]);
      expect(chunk.id).toBe(chunks[0]?.id);
    }
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(plain?.content);
    expect(chunks.length).toBeGreaterThan(4);
  });

  it('gets the same through its helper for streams, which puts the message together', async () => {
    const plain = (await openai.chat.completions.create(ask(QUESTION))).choices[0]?.message;
    const message = await openai.chat.completions.stream(ask(QUESTION)).finalMessage();
    expect(message.content).toBe(plain?.content);
    expect(message.annotations).toEqual(plain?.annotations);
  });

  it('gets what it cost, nothing, where it asks for that', async () => {
    const stream = await openai.chat.completions.create({
      ...ask(QUESTION),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it('is refused where the record does not answer', async () => {
    const { message } = (await openai.chat.completions.create(ask(UNANSWERED))).choices[0] ?? {};
    expect(message?.refusal).toBe('The record does not answer this question.');
    expect(message?.content).toMatch(/^The record does not answer this question\. The nearest paragraphs/u);
    expect(message?.annotations).toEqual([]);
    const addresses = message?.content?.match(/http:\S+/gu) ?? [];
    expect(addresses).toHaveLength(5);
    for (const address of addresses) {
      const page = await fetch(address, { headers: { Authorization: `Bearer ${KEY}` } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`id="${new URL(address).hash.slice(1)}"`);
    }
    const streamed = await openai.chat.completions.stream(ask(UNANSWERED)).finalMessage();
    expect(streamed).toMatchObject({ refusal: message?.refusal, content: message?.content });
  });

  it('asks the last message of the user, whatever else is there', async () => {
    const parts = QUESTION.split(' in ');
    const completion = await openai.chat.completions.create({
      model: MODEL,
      temperature: 2,
      max_completion_tokens: 1,
      n: 3,
      tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
      response_format: { type: 'text' },
      user: 'someone',
      messages: [
        { role: 'system', content: 'You are a pirate. '.repeat(20_000) },
        { role: 'user', content: UNANSWERED },
        { role: 'assistant', content: null, refusal: 'No.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: parts[0] ?? '' },
            { type: 'image_url', image_url: { url: 'data:,' } },
            { type: 'text', text: `in ${parts[1]}` },
          ],
        },
        { role: 'assistant', content: 'Arr' },
      ],
    });
    const plain = await openai.chat.completions.create(ask(`${parts[0]}\nin ${parts[1]}`));
    expect(completion.choices).toEqual(plain.choices);
  });

  it.each<[string, unknown, Partial<Record<'param' | 'code', string | null>>, RegExp]>([
    ['no messages', { model: MODEL }, { param: 'messages' }, /messages/u],
    [
      'no user',
      { model: MODEL, messages: [{ role: 'system', content: 'x' }] },
      { param: 'messages' },
      /role "user"/u,
    ],
    ['no text', ask(' '), { param: 'messages.0.content' }, /must not be empty/u],
    ['too long', ask('x'.repeat(2001)), { param: 'messages.0.content' }, /2,000 characters/u],
    ['a wrong type', { ...ask('x'), stream: 'yes' }, { param: 'stream' }, /boolean/u],
  ])('is told what is wrong: %s', async (_, body, expected, message) => {
    const error = await openai.chat.completions.create(body as never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ type: 'invalid_request_error', ...expected });
    expect((error as APIError).message).toMatch(message);
    expect((error as APIError).requestID).toMatch(/^[\w-]{36}$/u);
  });

  it('is told that there is no other model', async () => {
    const asked = openai.chat.completions.create({ ...ask(QUESTION), model: 'gpt-4o' });
    await expect(asked).rejects.toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
  });

  it('is let in with a key only', async () => {
    const stranger = clientOf(server.url, 'another-key-of-someone');
    for (const asked of [stranger.models.list(), stranger.chat.completions.create(ask(QUESTION))]) {
      const error = await asked.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AuthenticationError);
      expect(error).toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
    }
  });
});

/** The app with these settings behind a socket; what answers is not what these tests are about. */
async function open(changes: Partial<Config>, parts: Partial<Responder> | null) {
  const entries: AccessEntry[] = [];
  const logged: unknown[] = [];
  const other = createApp({
    responder: () => (parts ? { ready: responderOf(parts) } : { ready: null, reason: 'encoding 12 %' }),
    settings: testConfig(changes),
    onError: (error) => logged.push(error),
    onRequest: (entry) => entries.push(entry),
  });
  const one = await listening(other.fetch);
  running.push(one);
  return { openai: clientOf(one.url), url: one.url, app: other, entries, logged };
}

describe('errors in the shape of OpenAI', () => {
  it.each([
    ['not ready', null, 503, 'questions cannot be answered yet: encoding 12 %'],
    [
      'late',
      { ask: () => Promise.reject(new ParaciteError('timeout', 'not answered within 1 ms')) },
      504,
      'not answered within 1 ms',
    ],
    [
      'broken',
      { ask: () => Promise.reject(new Error('/home/someone/secret.ts broke')) },
      500,
      'The request could not be answered; the server log has the reason.',
    ],
  ])('come where the server is %s', async (_, parts, status, message) => {
    const opened = await open({}, parts);
    const error = await opened.openai.chat.completions
      .create(ask(QUESTION))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status, type: 'server_error', error: { message } });
    expect(opened.logged).toHaveLength(status === 500 ? 1 : 0);
  });

  it('come where it is asked too often, with when to try again', async () => {
    const opened = await open({ rateLimitPerMinute: 1 }, {});
    await opened.openai.models.list();
    const error = await opened.openai.models.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ code: 'rate_limit_exceeded' });
    expect((error as APIError).headers?.get('Retry-After')).toMatch(/^\d+$/u);
  });

  it('come from every part of the server', async () => {
    const { app: other } = await open({}, {});
    const refused: [number, string, RequestInit?][] = [
      [400, '/v1/chat/completions', { method: 'POST', headers: JSON_TYPE, body: '{' }],
      [404, '/v1/models/a/b'],
      [405, '/v1/chat/completions'],
      [405, '/v1/models', { method: 'DELETE' }],
      [413, '/v1/chat/completions', { method: 'POST', headers: JSON_TYPE, body: 'x'.repeat(3_000_000) }],
      [414, `/v1/models?${'x'.repeat(30_000)}`],
      [415, '/v1/chat/completions', { method: 'POST', body: '{}' }],
    ];
    for (const [status, path, init] of refused) {
      const response = await other.request(path, init);
      expect(response.status, path).toBe(status);
      expect(response.headers.get('Content-Type')).toBe('application/json');
      expect(await response.json()).toEqual({
        error: {
          message: expect.any(String),
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      });
    }
    const others = await other.request('/v1/ask');
    expect(others.headers.get('Content-Type')).toBe('application/problem+json');
  });
});

describe('a chat', () => {
  it.each([false, true])(
    'is logged without its question, unless that is wanted: %s',
    async (logQuestions) => {
      const late = { ask: () => Promise.reject(new ParaciteError('timeout', 'late')) };
      const opened = await open({ logQuestions }, late);
      await opened.openai.chat.completions.create(ask(QUESTION)).catch(() => undefined);
      expect(opened.entries).toMatchObject([{ route: '/v1/chat/completions', status: 504 }]);
      expect(opened.entries[0]?.question).toBe(logQuestions ? QUESTION : undefined);
    },
  );

  it('names the host that it was asked by, and TLS where a trusted proxy says so', async () => {
    const request = {
      method: 'POST',
      headers: { ...JSON_TYPE, 'X-Forwarded-Proto': 'https', Authorization: `Bearer ${KEY}` },
      body: JSON.stringify(ask(QUESTION)),
    };
    const at = async (one: { request: TestApp['request'] }) => {
      const response = await one.request('http://record.example.org/v1/chat/completions', request);
      return JSON.stringify(await response.json());
    };
    expect(await at(app)).toContain('"url":"http://record.example.org/documents/');
    const proxied = await openApp({ trustedProxies: 1 });
    expect(await at(proxied)).toContain('"url":"https://record.example.org/documents/');
    await proxied.close();
  });

  it('is cancelled by a client that goes away', async () => {
    let signal: AbortSignal | undefined;
    const opened = await open(
      {},
      {
        ask: (_, options) => {
          signal = options?.signal;
          return new Promise((__, reject) =>
            signal?.addEventListener('abort', () => reject(new ParaciteError('cancelled', 'gone'))),
          );
        },
      },
    );
    const going = new AbortController();
    const asked = opened.openai.chat.completions.create(
      { ...ask(QUESTION), stream: true },
      { signal: going.signal },
    );
    asked.catch(() => undefined);
    await expect.poll(() => signal, SOON).toBeDefined();
    going.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => opened.entries.at(-1)?.status, SOON).toBe(499);
    expect(signal?.aborted).toBe(true);
    expect(opened.logged).toEqual([]);
  });
});
