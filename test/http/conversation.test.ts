import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/index.js';
import { inProcess } from '../../src/response/index.js';
import { viewCache } from '../../src/serving/cache.js';
import { JSON_TYPE, openApp, type TestApp } from '../support/app.js';
import { testConfig } from '../support/service.js';

const PRISONS = 'What was said about prison overcrowding in 2022?';
const LATER = 'What was said about prison overcrowding in 2021?';

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(async () => {
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return app.request(path, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify(body),
  });
}

async function answerTo(body: unknown): Promise<Record<string, unknown>> {
  const response = await post('/v1/ask', body);
  expect(response.status).toBe(200);
  const { tookMs: _, ...rest } = (await response.json()) as Record<string, unknown>;
  return rest;
}

describe('a question with a history', () => {
  it('is answered as what it was understood as, and the answer says so', async () => {
    const whole = await answerTo({ question: LATER });
    expect(whole).not.toHaveProperty('understood');
    expect(await answerTo({ history: [PRISONS], question: 'and in 2021?' })).toEqual({
      ...whole,
      understood: {
        question: LATER,
        from: 'history',
        by: 'rule',
        earlier: PRISONS,
        carried: ['What was said about prison overcrowding'],
      },
    });
  });

  it('that stands alone is answered as if there were none', async () => {
    const question = 'What was said about hate crime?';
    expect(await answerTo({ history: [PRISONS], question })).toEqual({
      ...(await answerTo({ question })),
      understood: { question, from: 'question', by: null, earlier: null, carried: [] },
    });
    expect(await answerTo({ history: [], question })).toEqual(await answerTo({ question }));
  });

  it('is streamed with what was understood in its first event and in the whole', async () => {
    const response = await post(
      '/v1/ask',
      { history: [PRISONS], question: 'and in 2021?' },
      { Accept: 'text/event-stream' },
    );
    const events = (await response.text())
      .trim()
      .split('\n\n')
      .map((event) => JSON.parse(event.split('data: ')[1] ?? ''));
    expect(events[0].understood).toMatchObject({ question: LATER });
    expect(events.at(-1)).toMatchObject({ understood: { question: LATER } });
  });

  it.each([
    ['more than twenty questions', Array.from({ length: 21 }, () => PRISONS)],
    ['a blank question', [' ']],
    ['a question that is too long', ['a'.repeat(2001)]],
    ['no list', PRISONS],
    ['what is no text', [{ role: 'user', content: PRISONS }]],
  ])('is refused where the history is %s', async (_, history) => {
    const response = await post('/v1/ask', { history, question: 'and in 2021?' });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain('history');
  });
});

describe('what is remembered of answers', () => {
  it('is by the question that was understood', async () => {
    const cache = viewCache(10);
    const responder = inProcess(app.service);
    const remembering = createApp({
      responder: () => ({
        ready: {
          ...responder,
          ask: (request) =>
            cache.through(responder.identity, { kind: 'ask', request }, () => responder.ask(request)),
        },
      }),
      onError: () => undefined,
      onRequest: () => undefined,
      settings: testConfig(),
    });
    const ask = async (body: unknown) => {
      const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) };
      const env = { incoming: { socket: { remoteAddress: '192.0.2.1' } } };
      return (await (await remembering.request('/v1/ask', init, env)).json()) as Record<string, unknown>;
    };
    const fraud = await ask({ history: ['What was said about fraud?'], question: 'why?' });
    const prisons = await ask({ history: [PRISONS], question: 'why?' });
    expect(prisons.passages).not.toEqual(fraud.passages);
    expect(cache.stats()).toEqual({ hits: 0, misses: 2 });
    const again = await ask({ question: 'What was said about fraud, and why?' });
    expect(again).not.toHaveProperty('understood');
    expect(again.passages).toEqual(fraud.passages);
    expect(cache.stats()).toEqual({ hits: 1, misses: 2 });
  });
});

describe('the messages of a chat', () => {
  const user = (content: unknown) => ({ role: 'user', content });
  const said = async (messages: unknown[]): Promise<string> => {
    const response = await post('/v1/chat/completions', { model: 'paracite', messages });
    expect(response.status).toBe(200);
    const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
    return choices[0]?.message.content ?? '';
  };

  it('of the user before the last are its history, whatever else was said', async () => {
    const whole = await said([user(LATER)]);
    const content = await said([
      { role: 'system', content: 'You are a pirate.' },
      user([{ type: 'text', text: PRISONS }]),
      { role: 'assistant', content: 'What about whistleblowers?' },
      user(null),
      user('and in 2021?'),
    ]);
    expect(content).toBe(`${whole}\n\nUnderstood as: ${LATER}`);
  });

  it('may be more and longer than a history can be: the last that fit count', async () => {
    const many = Array.from({ length: 40 }, () => user('What was said about fraud?'));
    const content = await said([...many, user('x'.repeat(5000)), user(PRISONS), user('and in 2021?')]);
    expect(content).toMatch(new RegExp(`Understood as: ${LATER.replace('?', '\\?')}$`, 'u'));
  });
});
