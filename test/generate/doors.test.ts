import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/fixtures.js';
import { call, connected, overStdio } from '../support/mcp.js';
import { run, type Server, serveForAll } from '../support/program.js';
import { askShape } from '../support/shapes.js';
import { numberOf, openWrittenApp, type WrittenApp } from '../support/written.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
const OBSTACLE =
  'Most speakers identified prison overcrowding as one of the biggest obstacles to a humane penitentiary system';
const KEY = 'sk-never-to-be-seen';

/** Only its scripted model is used here: the programs are others. */
let written: WrittenApp;
let settings: Record<string, string>;
let server: Server;

beforeAll(async () => {
  written = await openWrittenApp();
  settings = {
    ANSWER_MODEL: 'openai:scripted',
    ANSWER_MODEL_URL: written.server.url,
    ANSWER_API_KEY: KEY,
    // Goes nowhere: the address is not OpenAI's own.
    OPENAI_API_KEY: 'sk-for-openai-alone',
    REQUEST_TIMEOUT_MS: '60000',
    ANSWER_TIMEOUT_MS: '60000',
    ABSTAIN_THRESHOLD: '0',
  };
  server = await serveForAll({ ...settings, WORKERS: '1' }, ROOT);
  await server.logged('ready');
});

afterAll(async () => {
  server.process.kill('SIGTERM');
  const { code, stdout, stderr } = await server.finished;
  expect(code).toBe(0);
  expect(`${stdout}${stderr}`).not.toMatch(/sk-/u);
  await written.close();
});

const writes = () =>
  written.script((request) => ({
    text: `${OBSTACLE} [${numberOf(request, 71)}].`,
    usage: { input: 300, output: 20 },
  }));

describe('the terminal', () => {
  it('shows the prose, the quotations under it and who wrote it; or the body', async () => {
    writes();
    const { code, stdout, stderr } = await run(['ask', QUESTION], settings, ROOT);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${OBSTACLE} [1].`);
    expect(stdout).toMatch(/“Most speakers identified .+”\n {2}\[1\] para\. 71/u);
    expect(stdout).toContain(
      "Written by openai:scripted: 1 sentences, 0 repaired, 0 in the record's own words, 0 removed",
    );
    expect(written.asked()[0]?.authorization).toBe(`Bearer ${KEY}`);
    const json = await run(['ask', QUESTION, '--json', '--extractive'], settings, ROOT);
    expect(askShape.parse(JSON.parse(json.stdout))).toMatchObject({ mode: 'extractive' });
    expect(written.asked()).toHaveLength(1);
  });

  it('says in a line which package is missing, and never a key', async () => {
    const { code, stderr } = await run(
      ['ask', QUESTION],
      { ANSWER_MODEL: 'anthropic:claude', ANSWER_API_KEY: KEY },
      ROOT,
    );
    expect(code).toBe(2);
    expect(stderr.trim().split('\n')).toEqual([
      'paracite: ANSWER_MODEL="anthropic:claude" needs a package that is not installed: npm install @langchain/anthropic',
    ]);
  });
});

describe('the running server', () => {
  it('has the prose at /v1/chat/completions with its quotations, what it took, and without it where asked', async () => {
    writes();
    const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
    const ask = (more: object) =>
      openai.chat.completions.create({
        model: 'paracite',
        messages: [{ role: 'user', content: QUESTION }],
        ...more,
      });
    const { choices, usage } = await ask({});
    expect(choices[0]?.message.content).toMatch(
      new RegExp(`^${OBSTACLE} \\[1\\]\\.\n\n\\[1\\] .+\n {4}“Most `, 'u'),
    );
    expect(usage).toMatchObject({ prompt_tokens: 300, completion_tokens: 20, total_tokens: 320 });
    const extractive = await ask({ answer: 'extractive' });
    expect(extractive.choices[0]?.message.content).toMatch(/^“/u);
    expect(extractive.usage).toMatchObject({ total_tokens: 0 });
  });

  it('shows it on the page, with a way to the quotations alone', async () => {
    writes();
    const page = async (more: string) =>
      (await fetch(`${server.url}/?q=${encodeURIComponent(QUESTION)}${more}`)).text();
    const prose = await page('');
    expect(prose).toContain('<a href="#citation-1">[1]</a>');
    expect(prose).toContain('Written by openai:scripted');
    expect(prose).toMatch(/href="[^"]*answer=extractive"/u);
    expect(await page('&answer=extractive')).not.toContain('Written by');
  });

  it('logs that a model failed, by reason and status, and nothing that it said', async () => {
    written.script({ status: 401, message: `Incorrect API key provided: ${KEY}` });
    const response = await fetch(`${server.url}/v1/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: QUESTION, limit: 4 }),
    });
    expect(askShape.parse(await response.json())).toMatchObject({
      mode: 'extractive',
      generation: { reason: 'rejected' },
    });
    await server.logged('no answer of the model; quotations instead');
  });
});

describe('an assistant over standard input and output', () => {
  it('gets the prose with its quotations, and the structured answer by its schema', async () => {
    writes();
    const client = await connected(overStdio(settings));
    try {
      const { text, body } = await call(client, 'ask', { question: QUESTION });
      expect(text).toContain(`${OBSTACLE} [1].`);
      expect(text).toContain('“Most speakers identified');
      expect(body).toMatchObject({ mode: 'generated', generation: { model: 'openai:scripted' } });
      const extractive = await call(client, 'ask', { question: QUESTION, answer: 'extractive' });
      expect(extractive.body).toMatchObject({ mode: 'extractive' });
    } finally {
      await client.close();
    }
  });
});
