import { once } from 'node:events';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPUS, RECORD_ID } from '../support/fixtures.js';
import {
  type Finished,
  pause,
  run,
  type Server,
  type Settings,
  serve,
  untilReady,
} from '../support/program.js';
import { askShape, draftShape, searchShape } from '../support/shapes.js';
import { temporaryFolder } from '../support/temporary.js';

const QUESTION = 'Why is prison overcrowding an obstacle?';
/** Longest time from listening to ready with an index on disk, in milliseconds, on a busy machine. */
const READY_MS = 10_000;
/** Longest time until something is refused that needs no work, in milliseconds. */
const EARLY_MS = 6_000;
/** How long the index has been in the making when something is asked, in milliseconds; it takes some 15 s. */
const BUILDING_MS = 500;
/** Longest time from the signal to the end, in milliseconds. */
const STOP_MS = 7_000;

async function paracite(args: readonly string[], settings: Settings = {}): Promise<Finished> {
  return run(args, settings, await temporaryFolder());
}

/** What was said when the program refused: one line that is no stack, and nothing else. */
function lineOf({ code, stdout, stderr }: Finished): string {
  expect(code, stderr).toBeTypeOf('number');
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  const lines = stderr.trimEnd().split('\n');
  expect(lines, stderr).toHaveLength(1);
  expect(stderr).toMatch(/^paracite: \S/u);
  expect(stderr).not.toMatch(/\bat \S+ \(|:\d+:\d+\)?$|node:internal|Error:/mu);
  return lines[0] ?? '';
}

describe('paracite verify', () => {
  const words = 'deprivation of liberty should be used as a measure of last resort';

  it('says of each quotation of a file whether it is the record’s', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      path.join(folder, 'draft.md'),
      `First “${words}” (para. 71).\n\nThen “${words.replace('should', 'must')}”.\n`,
    );
    const { code, stdout, stderr } = await run(['verify', 'draft.md'], {}, folder);
    expect(stderr).toBe('');
    expect(stdout).toContain(`VERBATIM line 1: “${words}” (given as para. 71)`);
    expect(stdout).toMatch(/^ALTERED line 3: .*\n.*para\. 71: .*\n\s+record: should \| draft: must$/mu);
    expect(stdout).toMatch(/^1 verbatim, 1 altered\.$/mu);
    expect(code).toBe(1);
  });

  it('answers with the body of /v1/verify, and 0 where all is verbatim', async () => {
    const { code, stdout } = await paracite(['verify', `It says “${words}” (para. 71).`, '--json']);
    expect(draftShape.parse(JSON.parse(stdout))).toMatchObject({
      items: [{ verdict: 'verbatim', claim: { paragraphs: [71] } }],
      unchecked: 0,
    });
    expect(code).toBe(0);
  });

  it.each([
    ['nothing', ['verify']],
    ['a file that is not there', ['verify', 'draft-that-is-not-there.md']],
    ['a folder', ['verify', '.']],
    ['an unknown option', ['verify', 'text', '--loud']],
  ])('refuses %s', async (_, args) => {
    const finished = await paracite(args);
    lineOf(finished);
    expect(finished.code).toBe(2);
  });
});

describe('paracite ask', () => {
  it('answers in words: quotations, each with its paragraph', async () => {
    const { code, stdout, stderr } = await paracite(['ask', QUESTION], { ABSTAIN_THRESHOLD: '0' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^“Most speakers identified prison overcrowding/mu);
    expect(stdout).toMatch(/\[1\] para\. 71, II\. .* > 2\. 2022 .* > \(c\)/u);
    expect(stdout).toMatch(/Confidence \d+ %/u);
    expect(stderr).toBe('');
  });

  it('takes a question that is not in quotation marks', async () => {
    const { code, stdout } = await paracite(['ask', ...QUESTION.split(' ')], { ABSTAIN_THRESHOLD: '0' });
    expect(code).toBe(0);
    expect(stdout).toContain('para. 71');
  });

  it('answers with the body of /v1/ask', async () => {
    const args = ['ask', QUESTION, '--json', '--limit', '2', '--year', '2022', '--year', '2023'];
    const { code, stdout } = await paracite(args, { ABSTAIN_THRESHOLD: '0' });
    expect(code).toBe(0);
    const body = askShape.parse(JSON.parse(stdout));
    expect(body.status).toBe('answered');
    expect(body.passages).toHaveLength(2);
    expect(body.citations[0]?.paragraph).toBe(71);
    for (const { year } of body.passages) expect([2022, 2023]).toContain(year);
  });

  it('completes a follow-up from what was asked before, and says to what', async () => {
    const before = ['--after', 'What was said about prison overcrowding in 2021?', '--after', 'and in 2023?'];
    const { code, stdout } = await paracite(['ask', 'and in 2022?', ...before], { ABSTAIN_THRESHOLD: '0' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Understood as: What was said about prison overcrowding in 2022\?$/mu);
    expect(stdout).toContain('para. 71');
  });

  it('says that the record does not answer, and shows the nearest paragraphs', async () => {
    const { code, stdout } = await paracite(['ask', 'How do I bake bread?'], { ABSTAIN_THRESHOLD: '1' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/record does not answer/u);
    expect(stdout.match(/para\. \d+/gu)?.length).toBeGreaterThanOrEqual(5);
    const json = await paracite(['ask', 'How do I bake bread?', '--json'], { ABSTAIN_THRESHOLD: '1' });
    expect(askShape.parse(JSON.parse(json.stdout))).toMatchObject({ status: 'not_found', citations: [] });
  });

  it.each<[string, string[], RegExp]>([
    ['no question', ['ask'], /question/u],
    ['a blank question', ['ask', '  '], /question/u],
    ['a question that is too long', ['ask', 'a'.repeat(2001)], /2,000 characters/u],
    ['an unknown option', ['ask', QUESTION, '--loud'], /--loud/u],
    ['a limit that is none', ['ask', QUESTION, '--limit', 'all'], /limit/u],
    ['a limit that is too large', ['ask', QUESTION, '--limit', '51'], /limit/u],
    ['an option without its value', ['ask', QUESTION, '--limit'], /limit/u],
    ['a year that is none', ['ask', QUESTION, '--year', 'soon'], /year/u],
    ['an unknown command', ['answer', QUESTION], /"answer"/u],
    ['an argument too many', ['serve', 'now'], /now/u],
  ])('refuses %s in one line', async (_, args, names) => {
    expect(lineOf(await paracite(args))).toMatch(names);
  });
});

describe('paracite without a command', () => {
  it('says how it is used', async () => {
    const { code, stdout } = await paracite(['--help']);
    expect(code).toBe(0);
    for (const command of ['serve', 'ask', 'index', 'eval'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'mu'));
    const bare = await paracite([]);
    expect(bare.code).not.toBe(0);
    expect(bare.stdout + bare.stderr).toContain('Usage: paracite');
  });
});

describe('what paracite needs', () => {
  it('names every wrong setting at once', async () => {
    const wrong = { PORT: '99999', LOG_LEVEL: 'loud', ABSTAIN_THRESHOLD: 'high' };
    const line = lineOf(await paracite(['ask', QUESTION], wrong));
    for (const [name, value] of Object.entries(wrong)) {
      expect(line).toContain(name);
      expect(line).toContain(value);
    }
  });

  it('lets no server be open to a network by oversight', async () => {
    const line = lineOf(await paracite(['serve'], { HOST: '0.0.0.0', PORT: 'any' }));
    for (const part of ['HOST="0.0.0.0"', 'API_KEYS', 'ALLOW_OPEN', 'PORT="any"'])
      expect(line).toContain(part);
    expect((await paracite(['ask', QUESTION], { HOST: '0.0.0.0' })).code, 'that does not listen').toBe(0);
  });

  it('takes an empty setting for one that is not set', async () => {
    const empty = { PORT: '', LOG_LEVEL: ' ', ABSTAIN_THRESHOLD: '', EMBEDDING_MODEL: '' };
    expect((await paracite(['ask', QUESTION], empty)).code).toBe(0);
  });

  it('names a corpus folder that is not there or has no document, and the setting', async () => {
    const folder = await temporaryFolder();
    for (const corpus of [folder, path.join(folder, 'missing')]) {
      const line = lineOf(await paracite(['ask', QUESTION], { CORPUS_DIR: corpus }));
      expect(line).toContain(corpus);
      expect(line).toContain('CORPUS_DIR');
    }
  });

  it('names file and line of a document that is broken, where it is the only one', async () => {
    const settings = { CORPUS_DIR: await brokenCorpus() };
    const { code, stdout, stderr } = await paracite(['ask', QUESTION], settings);
    expect(code).toBeTypeOf('number');
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('broken.txt:3: ');
    expect(stderr).not.toMatch(/\n\s+at /u);
  });

  it('answers from the other document where one is broken, and says which is left out', async () => {
    const settings = { CORPUS_DIR: await halfBrokenCorpus(), ABSTAIN_THRESHOLD: '0' };
    const { code, stdout, stderr } = await paracite(['ask', QUESTION], settings);
    expect(code).toBe(0);
    expect(stdout).toContain('para. 71');
    expect(stderr).toMatch(/left out: .*broken\.txt:3: /u);
  });

  it('says how to go back from an embedding model that cannot be loaded', async () => {
    const folder = await temporaryFolder({ 'config.json': '{}' });
    const cache = await temporaryFolder();
    for (const model of [folder, path.join(folder, 'missing')]) {
      const settings = { EMBEDDING_MODEL: model, MODEL_CACHE_DIR: cache };
      const line = lineOf(await paracite(['ask', QUESTION], settings));
      expect(line).toContain(model);
      expect(line).toMatch(/unset EMBEDDING_MODEL/u);
      expect(line).toContain('bundled');
    }
  });

  it('names an index folder that cannot be written, and the setting, before it encodes the corpus', async () => {
    const folder = await temporaryFolder({ file: 'not a folder' });
    const told = paracite(['ask', QUESTION], { INDEX_DIR: path.join(folder, 'file') });
    const result = await Promise.race([told, pause(EARLY_MS)]);
    if (!result)
      throw new Error(`not told within ${EARLY_MS} ms, while there is nowhere to put what is encoded`);
    expect(result.code).not.toBe(0);
    expect(result.stderr.trimEnd().split('\n').at(-1)).toMatch(/^paracite: .*INDEX_DIR/u);
    expect(result.stderr).not.toMatch(/\n\s+at /u);
  });
});

describe('paracite serve', () => {
  it('listens at once, is ready in its time, and answers', async () => {
    const server = await serve({}, await temporaryFolder());
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await untilReady(server.url, READY_MS)).toBeLessThan(READY_MS);
    const found = await fetch(`${server.url}/v1/search?q=prison%20overcrowding&limit=3`);
    expect(found.status).toBe(200);
    expect(searchShape.parse(await found.json()).results[0]?.paragraph).toBe(71);
    expect((await fetch(`${server.url}/`)).headers.get('Content-Type')).toMatch(/^text\/html/u);
    await stop(server);
  });

  it('stays up, and not ready, while the index is being built', async () => {
    const server = await serve({ INDEX_DIR: await temporaryFolder() }, await temporaryFolder());
    await server.logged('building the index');
    await pause(BUILDING_MS);
    expect((await promptly(`${server.url}/healthz`)).status).toBe(200);
    for (const route of ['/readyz', '/v1/search?q=prison']) {
      const response = await promptly(`${server.url}${route}`);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
  });

  it('stops on SIGTERM while the index is being built', async () => {
    const server = await serve({ INDEX_DIR: await temporaryFolder() }, await temporaryFolder());
    await server.logged('building the index');
    await pause(BUILDING_MS);
    server.process.kill('SIGTERM');
    expect(await Promise.race([server.finished, pause(STOP_MS)]), `not in ${STOP_MS} ms`).toBeDefined();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes a running request on %s, and exits with 0',
    async (signal) => {
      const server = await serve({}, await temporaryFolder());
      await untilReady(server.url, READY_MS);
      const body = Buffer.from(JSON.stringify({ question: QUESTION }));
      const running = request(`${server.url}/v1/ask`, {
        method: 'POST',
        agent: false,
        headers: { 'Content-Type': 'application/json', 'Content-Length': body.length },
      });
      const responded = once(running, 'response');
      running.write(body.subarray(0, 10));
      await untilTaken(server);
      server.process.kill(signal);
      await server.logged('stopping');
      running.end(body.subarray(10));
      const [response] = await responded;
      expect(response.statusCode).toBe(200);
      const text = (await response.setEncoding('utf8').toArray()).join('');
      expect(askShape.safeParse(JSON.parse(text)).success).toBe(true);
      await ended(server);
      await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    },
  );

  it('does not wait for clients that only keep their connection open', async () => {
    const server = await serve({}, await temporaryFolder());
    await untilReady(server.url, READY_MS);
    const response = await fetch(`${server.url}/healthz`);
    await response.text();
    await stop(server);
  });

  it('says in one line that its port is in use', async () => {
    const server = await serve({}, await temporaryFolder());
    const { port } = new URL(server.url);
    const line = lineOf(await paracite(['serve'], { PORT: port }));
    expect(line).toContain(`127.0.0.1:${port}`);
    expect(line).toMatch(/EADDRINUSE|in use/u);
    expect(line).toContain('PORT');
    await stop(server);
  });

  it('serves one document where another is broken, and logs which is left out', async () => {
    const server = await serve({ CORPUS_DIR: await halfBrokenCorpus() }, await temporaryFolder());
    await untilReady(server.url, READY_MS);
    const { documents } = (await (await fetch(`${server.url}/v1/documents`)).json()) as {
      documents: { id: string }[];
    };
    expect(documents.map(({ id }) => id)).toEqual([RECORD_ID]);
    const found = await fetch(`${server.url}/v1/search?q=prison%20overcrowding`);
    expect(searchShape.parse(await found.json()).results[0]?.paragraph).toBe(71);
    await stop(server);
    expect((await server.finished).stdout).toMatch(/left out: [^"]*broken\.txt:3: /u);
  });

  it('ends with one line and without a stack where it can never be ready', async () => {
    const broken = await temporaryFolder({ 'config.json': '{}' });
    const wrong: Settings[] = [{ CORPUS_DIR: path.join(broken, 'missing') }, { EMBEDDING_MODEL: broken }];
    for (const settings of wrong) {
      const line = lineOf(await paracite(['serve'], { PORT: '0', ...settings }));
      expect(line).toMatch(/CORPUS_DIR|EMBEDDING_MODEL/u);
    }
  });
});

describe('paracite eval', () => {
  it('runs a set of one’s own and prints JSON', async () => {
    const folder = await temporaryFolder({
      'own.jsonl': [
        { id: '1', question: QUESTION, kind: 'fact', gold: [71], must_quote: ['prison overcrowding'] },
        { id: '2', question: 'Which ambassador from Kenya was Chair?', kind: 'fact', gold: [0] },
        { id: '3', question: 'How do I bake bread?', kind: 'far', gold: [] },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    });
    const file = path.join(folder, 'own.jsonl');
    const { code, stdout, stderr } = await paracite(['eval', '--set', file, '--json', '--no-peers']);
    expect(code, stderr).toBe(0);
    const { results } = JSON.parse(stdout) as {
      results: { set: string; questions: number; answers: { verbatim: { mean: number } } }[];
    };
    expect(results).toMatchObject([{ set: 'own', questions: 3, answers: { verbatim: { mean: 1 } } }]);
    const words = await paracite(['eval', '--set', file, '--no-peers']);
    expect(words.code).toBe(0);
    expect(words.stdout).toMatch(/^## own: 3 questions/u);
  });

  it('names a set that is not there or wrong, and an unknown split', async () => {
    const folder = await temporaryFolder({ 'wrong.jsonl': '{"id":"1"}' });
    for (const name of ['missing.jsonl', 'wrong.jsonl']) {
      expect(lineOf(await paracite(['eval', '--set', path.join(folder, name)]))).toContain(name);
    }
    expect(lineOf(await paracite(['eval', '--split', 'train']))).toContain('train');
  });
});

/** A folder with a document that is not UTF-8. */
function brokenCorpus(): Promise<string> {
  return temporaryFolder({
    'broken.txt': Buffer.from('1. One.\n\n2. Tw\xff.\n', 'latin1'),
    'broken.json': JSON.stringify({ id: 'broken', title: 'Broken', date: '2025-01-16', language: 'en' }),
  });
}

/** The same, and the record beside it. */
async function halfBrokenCorpus(): Promise<string> {
  const folder = await brokenCorpus();
  for (const name of await readdir(CORPUS)) await copyFile(path.join(CORPUS, name), path.join(folder, name));
  return folder;
}

/** Waits until the server has taken what was sent before: it answers what is sent after. */
async function untilTaken({ url }: Server): Promise<void> {
  await (await fetch(`${url}/healthz`, { headers: { Connection: 'close' } })).text();
}

async function stop(server: Server): Promise<void> {
  server.process.kill('SIGTERM');
  await ended(server);
}

async function ended({ finished }: Server): Promise<void> {
  const started = performance.now();
  const { code, stderr } = await finished;
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(performance.now() - started).toBeLessThan(STOP_MS);
}

/** A response that is there at once: a client that looks after a service does not wait for long. */
function promptly(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(3_000) });
}
