import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type TestApp } from '../support/app.js';
import { RECORD_ID } from '../support/fixtures.js';
import { call, connected, overHttp, overStdio } from '../support/mcp.js';
import { askShape, draftShape, paragraphShape, searchShape, verifyShape } from '../support/shapes.js';
import { type Listening, listening } from '../support/socket.js';
import { wordingAt } from '../support/verbatim.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
const UNANSWERED = 'How do I bake a chocolate cake?';
const QUOTE = 'Most speakers identified prison overcrowding as one of the biggest obstacles';

let app: TestApp;
let server: Listening;
const clients: Partial<Record<string, Client>> = {};

beforeAll(async () => {
  app = await openApp();
  server = await listening(app.fetch);
  clients['Streamable HTTP'] = await connected(overHttp(server.url));
  clients.stdio = await connected(overStdio());
});

afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client?.close()));
  await server.close();
  await app.close();
  expect(app.logged, 'errors that are no client’s fault').toEqual([]);
});

/** A body but for the time it took. */
function timeless(body: unknown): unknown {
  const { tookMs: _, ...rest } = body as Record<string, unknown>;
  return rest;
}

async function overRest(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(
    server.url + path,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  );
  expect(response.status).toBe(200);
  return response.json();
}

describe.each(['Streamable HTTP', 'stdio'])('the official client over %s', (transport) => {
  const client = (): Client => {
    const connection = clients[transport];
    if (!connection) throw new Error('not connected');
    return connection;
  };

  it('reads what the server is and can do', async () => {
    expect(client().getServerVersion()).toMatchObject({ name: 'paracite' });
    expect(client().getServerCapabilities()).toEqual({ tools: {}, resources: {}, completions: {} });
    expect(client().getInstructions()).toMatch(/verify/u);
    await client().ping();
  });

  it('lists tools that change nothing, with schemas of what they take and give', async () => {
    const { tools } = await client().listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'ask',
      'search',
      'verify',
      'verify_draft',
      'read_paragraph',
    ]);
    const ajv = new Ajv({ strict: false });
    for (const { description, inputSchema, outputSchema, annotations } of tools) {
      expect(description?.length).toBeGreaterThan(60);
      expect(ajv.validateSchema(inputSchema)).toBe(true);
      expect(ajv.validateSchema(outputSchema ?? { type: 7 })).toBe(true);
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    }
  });

  it('asks, and gets the body of /v1/ask, the same in words, and links to the paragraphs', async () => {
    const { text, body, links } = await call(client(), 'ask', { question: QUESTION, limit: 3 });
    const answer = askShape.parse(body);
    expect(timeless(body)).toEqual(timeless(await overRest('/v1/ask', { question: QUESTION, limit: 3 })));
    expect(answer.citations.length).toBeGreaterThan(0);
    const source = app.service.index.documents[0]?.source ?? '';
    for (const { id, quote, spans, label, document, paragraph } of answer.citations) {
      expect(wordingAt(source, spans)).toBe(quote);
      const address = `paracite://documents/${document}/paragraphs/${paragraph}`;
      expect(text).toContain(`“${quote}” [${id}]`);
      expect(text).toMatch(
        new RegExp(`^\\[${id}\\] Chair's summaries .*${label} \\(2022\\).*: ${address}$`, 'mu'),
      );
      expect(links).toContain(address);
    }
  });

  it('is told that the record does not answer, which is no error', async () => {
    const { text, body, failed } = await call(client(), 'ask', { question: UNANSWERED });
    expect(failed).toBe(false);
    expect(askShape.parse(body)).toMatchObject({ status: 'not_found', citations: [] });
    expect(text).toMatch(/^The record does not answer this question\./u);
  });

  it('asks on, and is told what that was taken for', async () => {
    const asked = { history: [QUESTION], question: 'and in 2021?' };
    const { text, body } = await call(client(), 'ask', asked);
    const question = 'What was said about prison overcrowding in 2021?';
    expect(body).toMatchObject({ understood: { question, from: 'history', earlier: QUESTION } });
    expect(text).toMatch(/\n\nUnderstood as: What was said about prison overcrowding in 2021\?$/u);
    expect(timeless(body)).toEqual(timeless(await overRest('/v1/ask', asked)));
  });

  it('searches within limits', async () => {
    const filters = { years: [2023], documents: [RECORD_ID] };
    const { text, body, links } = await call(client(), 'search', { query: 'prison', limit: 4, filters });
    const { results } = searchShape.parse(body);
    expect(results).toHaveLength(4);
    expect(new Set(results.map(({ year }) => year))).toEqual(new Set([2023]));
    for (const { snippet } of results) expect(text).toContain(snippet);
    expect(links).toHaveLength(4);
    const none = await call(client(), 'search', { query: 'prison', filters: { years: [1999] } });
    expect(none).toMatchObject({ failed: false, text: expect.stringMatching(/leave out filters/u) });
  });

  it('verifies a quotation', async () => {
    const right = await call(client(), 'verify', { quote: QUOTE, paragraph: 71 });
    expect(verifyShape.parse(right.body).verdict).toBe('verbatim');
    const wrong = await call(client(), 'verify', { quote: QUOTE.replace('Most', 'Some') });
    expect(verifyShape.parse(wrong.body).verdict).toBe('altered');
    expect(wrong.text).toMatch(/^altered\n.*para\. 71.*\n {2}the record has “Most”, not “Some”$/mu);
    const elsewhere = await call(client(), 'verify', { quote: QUOTE, paragraph: 12 });
    expect(elsewhere.text).toMatch(/^misattributed\n.*para\. 71/u);
    const few = await call(client(), 'verify', { quote: 'of the' });
    expect(few.text).toBe('not_found: so few and common words prove nothing');
  });

  it('verifies a draft, even one that is longer than other requests may be', async () => {
    const draft = `As was said, “${QUOTE.replace('biggest', 'smallest')}” (para. 71).`;
    const { body, text } = await call(client(), 'verify_draft', {
      text: draft + '\n\nNothing.'.repeat(18_000),
    });
    expect(draftShape.parse(body).items[0]).toMatchObject({ verdict: 'altered' });
    expect(text).toMatch(/^altered: Most speakers/u);
  });

  it('reads a paragraph as /v1/documents has it, and the front matter', async () => {
    const { body, text, links } = await call(client(), 'read_paragraph', {
      document: RECORD_ID,
      paragraph: 71,
    });
    expect(body).toEqual(await overRest(`/v1/documents/${RECORD_ID}/paragraphs/71`));
    expect(text).toContain(paragraphShape.parse(body).text);
    expect(links).toEqual([`paracite://documents/${RECORD_ID}/paragraphs/71`]);
    const front = await call(client(), 'read_paragraph', { document: RECORD_ID, paragraph: null });
    expect(front.body).toMatchObject({ label: 'front matter', paragraph: null });
    const zero = await call(client(), 'read_paragraph', { document: RECORD_ID, paragraph: 0 });
    expect(zero.body).toEqual(front.body);
  });

  it.each([
    ['ask', { question: ' ' }, 'question: must not be empty'],
    ['ask', {}, /question/u],
    ['ask', { question: QUESTION, years: [2022] }, /Unrecognized key: "years"/u],
    ['ask', { question: QUESTION, filters: { year: 2022 } }, /filters: Unrecognized key: "year"/u],
    ['search', { query: 'prison', limit: 51 }, /limit: .*50/u],
    ['verify', { quote: 'x'.repeat(10_001) }, 'quote: must not be longer than 10,000 characters'],
    [
      'read_paragraph',
      { document: RECORD_ID, paragraph: 999 },
      'no paragraph "999"; there are 1 to 163, and front-matter',
    ],
    ['read_paragraph', { document: 'another', paragraph: 1 }, `no document "another"; there is ${RECORD_ID}`],
  ])('is told by %s what is wrong', async (name, given, says) => {
    const { failed, text, body } = await call(client(), name, given);
    expect(failed).toBe(true);
    expect(body).toBeUndefined();
    if (typeof says === 'string') expect(text).toBe(says);
    else expect(text).toMatch(says);
  });

  it('is told which tools there are where it calls another', async () => {
    await expect(client().callTool({ name: 'answer' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('there is ask, search, verify'),
    });
  });

  it('finds the documents as resources, and reads them', async () => {
    const { resources } = await client().listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      `paracite://documents/${RECORD_ID}`,
      `paracite://documents/${RECORD_ID}/source`,
    ]);
    const read = async (uri: string) => {
      const [content] = (await client().readResource({ uri })).contents;
      if (!content || !('text' in content)) throw new Error('text was expected');
      return { type: content.mimeType, text: content.text };
    };
    const outline = await read(resources[0]?.uri ?? '');
    expect(JSON.parse(outline.text)).toEqual(await overRest(`/v1/documents/${RECORD_ID}`));
    const source = await read(resources[1]?.uri ?? '');
    expect(source).toEqual({ type: 'text/plain', text: app.service.index.documents[0]?.source });
    expect(Buffer.byteLength(source.text)).toBe(resources[1]?.size);
    for (const n of ['1', '71', 'front-matter']) {
      const paragraph = await read(`paracite://documents/${RECORD_ID}/paragraphs/${n}`);
      expect(JSON.parse(paragraph.text)).toEqual(
        await overRest(`/v1/documents/${RECORD_ID}/paragraphs/${n}`),
      );
    }
  });

  it('finds templates whose variables it can complete', async () => {
    const { resourceTemplates } = await client().listResourceTemplates();
    const [paragraph] = resourceTemplates;
    expect(paragraph?.uriTemplate).toBe('paracite://documents/{document}/paragraphs/{paragraph}');
    const complete = async (name: string, value: string, args?: Record<string, string>) =>
      (
        await client().complete({
          ref: { type: 'ref/resource', uri: paragraph?.uriTemplate ?? '' },
          argument: { name, value },
          ...(args && { context: { arguments: args } }),
        })
      ).completion;
    expect((await complete('document', 'ccp')).values).toEqual([RECORD_ID]);
    expect((await complete('paragraph', '16', { document: RECORD_ID })).values).toEqual([
      '16',
      '160',
      '161',
      '162',
      '163',
    ]);
    expect((await complete('paragraph', '', { document: RECORD_ID })).values).toHaveLength(100);
    expect((await complete('paragraph', '1', { document: 'another' })).values).toEqual([]);
  });

  it.each([
    'paracite://documents/another',
    `paracite://documents/${RECORD_ID}/paragraphs/999`,
    'file:///etc/passwd',
  ])('is told that there is no resource %s', async (uri) => {
    await expect(client().readResource({ uri })).rejects.toMatchObject({ code: -32002 });
  });
});

describe('what is counted', () => {
  it('has the requests and answers of /mcp like any other', async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(
      /^paracite_http_requests_total\{route="\/mcp",method="POST",status="200"\} [1-9]/mu,
    );
    expect(metrics).toMatch(/^paracite_answers_total\{status="not_found"\} [1-9]/mu);
  });
});
