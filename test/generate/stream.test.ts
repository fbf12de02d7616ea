import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpServer } from '../../src/http/listener.js';
import { JSON_TYPE } from '../support/app.js';
import { askShape } from '../support/shapes.js';
import { numberOf, openWrittenApp, type WrittenApp } from '../support/written.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
const OBSTACLE =
  'Most speakers identified prison overcrowding as one of the biggest obstacles to a humane penitentiary system';
const GLOBAL = 'Despite regional variations, prison overcrowding remained a global challenge';
const INVENTED = 'The Prison Fund of Lucerne paid 45 million dollars in Zanzibar';

let written: WrittenApp;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  written = await openWrittenApp({ cacheEntries: 100 }, { prices: { input: 2, output: 10 } });
  const listening = httpServer({
    fetch: written.app.fetch as Parameters<typeof httpServer>[0]['fetch'],
    hostname: '127.0.0.1',
    timeouts: {},
    onError: (error) => written.app.logged.push(error),
  });
  const { server } = listening;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
  stop = () => listening.close(0);
});

afterAll(async () => {
  await stop();
  expect(written.app.logged).toEqual([]);
  await written.close();
});

interface Event {
  readonly event: string;
  readonly data: { readonly text?: string; readonly citations?: unknown; readonly quote?: string };
}

/** Asks over a socket, and gives the events as they come. */
async function* ask(body: object, signal?: AbortSignal): AsyncGenerator<Event> {
  const response = await fetch(`${url}/v1/ask`, {
    method: 'POST',
    headers: { ...JSON_TYPE, Accept: 'text/event-stream' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream\b/u);
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    rest += decoder.decode(bytes as Uint8Array, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/u.exec(block) ?? [];
      yield { event, data: JSON.parse(data) };
    }
  }
}

async function all(events: AsyncGenerator<Event>): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events) list.push(event);
  return list;
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a written answer as events', () => {
  it('sends each sentence once it is checked, while the model still writes, and never one that fails', async () => {
    const { opened, open } = gate();
    written.script((request, position) =>
      position === 0
        ? {
            text: [
              `${GLOBAL} [${numberOf(request, 70)}]. ${INVENTED} `,
              opened,
              `[${numberOf(request, 70)}]. ${OBSTACLE} [${numberOf(request, 71)}].`,
            ],
          }
        : { text: '2: -' },
    );
    const events = ask({ question: QUESTION });
    expect((await events.next()).value).toMatchObject({ event: 'passages' });
    expect((await events.next()).value).toEqual({
      event: 'sentence',
      data: { text: `${GLOBAL} [1].`, citations: [1], words: 'model' },
    });
    open();
    const rest = await all(events);
    expect(rest.map(({ event }) => event)).toEqual(['sentence', 'citation', 'citation', 'done']);
    expect(rest[0]?.data).toEqual({ text: `${OBSTACLE} [2].`, citations: [2], words: 'model' });
    const done = askShape.parse(rest.at(-1)?.data);
    expect(done).toMatchObject({ mode: 'generated', answer: `${GLOBAL} [1]. ${OBSTACLE} [2].` });
    expect(rest.slice(1, 3).map(({ data }) => data)).toMatchObject(done.citations);
    expect(JSON.stringify(rest)).not.toContain('Zanzibar');
  });

  it('ends with the quotations where the model fails halfway', async () => {
    const question = 'Was prison overcrowding an obstacle in 2022?';
    written.script((request) => ({ cut: `${OBSTACLE} [${numberOf(request, 71)}]. Then ` }));
    const events = await all(ask({ question }));
    const done = askShape.parse(events.at(-1)?.data);
    expect(done).toMatchObject({ mode: 'extractive', generation: { reason: 'unavailable' } });
    const citations = events.filter(({ event }) => event === 'citation');
    expect(citations.map(({ data }) => data.quote)).toEqual(done.citations.map(({ quote }) => quote));
  });

  it('ends the request to the model when the client goes', async () => {
    written.script((request) => ({
      text: [`${OBSTACLE} [${numberOf(request, 71)}]. And`, new Promise(() => undefined)],
    }));
    const before = written.server.abandoned();
    const leaving = new AbortController();
    const events = ask({ question: 'Why was prison overcrowding an obstacle in 2022?' }, leaving.signal);
    await events.next();
    await expect.poll(() => written.server.running()).toBe(1);
    leaving.abort();
    await expect(all(events)).rejects.toThrow();
    await expect.poll(() => written.server.running()).toBe(0);
    expect(written.server.abandoned()).toBe(before + 1);
  });

  it('ends it too for a client that waits for the whole answer', async () => {
    written.script('silence');
    const leaving = new AbortController();
    const asked = fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ question: 'Is prison overcrowding an obstacle, 2022?' }),
      signal: leaving.signal,
    });
    await expect.poll(() => written.server.running()).toBe(1);
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(() => written.server.running()).toBe(0);
  });
});

describe('a written answer that is known', () => {
  const question = 'How was prison overcrowding seen in 2022?';

  it('is given again without the model, in the same events, and costs nothing', async () => {
    written.script((request) => ({ text: `${OBSTACLE} [${numberOf(request, 71)}].` }));
    const first = await all(ask({ question }));
    const again = await all(ask({ question }));
    expect(again.slice(0, -1)).toEqual(first.slice(0, -1));
    expect(again.at(-1)?.data).toMatchObject({
      mode: 'generated',
      generation: { tokens: { input: 0, output: 0 } },
    });
    expect(written.asked()).toHaveLength(1);
  });

  it('is not given to another request, nor kept where it came to nothing', async () => {
    written.script((request) => ({ text: `${GLOBAL} [${numberOf(request, 70)}].` }));
    expect(await written.app.ask({ question, limit: 4 })).toMatchObject({ answer: `${GLOBAL} [1].` });
    expect(await written.app.ask({ question, answer: 'extractive' })).toMatchObject({ mode: 'extractive' });
    expect(written.asked()).toHaveLength(1);
    const other = { question, limit: 3 };
    written.script({ status: 503 });
    expect(await written.app.ask(other)).toMatchObject({ mode: 'extractive' });
    written.script((request) => ({ text: `${GLOBAL} [${numberOf(request, 70)}].` }));
    expect(await written.app.ask(other)).toMatchObject({ mode: 'generated' });
  });
});

describe('/metrics of written answers', () => {
  it('has answers, fallbacks by reason, sentences, tokens and their price', async () => {
    const before = written.writer.stats();
    written.script((request, position) =>
      position === 0
        ? {
            text: `${OBSTACLE} [${numberOf(request, 71)}]. ${INVENTED} [1].`,
            usage: { input: 1000, output: 50 },
          }
        : { text: '2: -', usage: { input: 2000, output: 10 } },
    );
    await written.app.ask({ question: 'Prison overcrowding in 2022: what was said?', limit: 6 });
    written.script({ status: 429 });
    await written.app.ask({ question: 'Prison overcrowding in 2022: what was said?', limit: 7 });
    const text = await (await written.app.request('/metrics')).text();
    const sample = (name: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')[1],
      );
    expect(sample('paracite_written_answers_total{from="model"}')).toBe(before.generated + 1);
    expect(sample('paracite_written_fallbacks_total{reason="rate_limited"}')).toBe(
      before.fallbacks.rate_limited + 1,
    );
    expect(sample('paracite_written_fallbacks_total{reason="empty"}')).toBe(0);
    expect(sample('paracite_written_sentences_total{outcome="removed"}')).toBe(before.sentences.removed + 1);
    expect(sample('paracite_model_tokens_total{kind="input"}')).toBe(before.tokens.input + 3000);
    expect(sample('paracite_model_tokens_total{kind="output"}')).toBe(before.tokens.output + 60);
    expect(sample('paracite_model_cost_total')).toBeCloseTo(before.cost + 3000 * 2e-6 + 60 * 10e-6, 9);
  });
});
