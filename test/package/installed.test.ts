import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ROOT } from '../support/fixtures.js';
import { call, connected } from '../support/mcp.js';
import { pause, untilReady } from '../support/program.js';
import { askShape } from '../support/shapes.js';
import { writeFiles } from '../support/temporary.js';

const QUESTION = 'What was said about prison overcrowding in 2022?';
/** Longest time for npm to install everything, and for the index to be built, in milliseconds, on a busy machine. */
const INSTALL_MS = 600_000;
const BUILD_MS = 300_000;

const TARBALL = 'paracite.tgz';

/** What the npm that runs the tests tells programs, and Vitest. */
const OF_THIS_RUN =
  /^(?:npm_(?:package|lifecycle|command)|npm_config_local_prefix$|INIT_CWD$|NODE_ENV$|VITEST)/u;

const run = promisify(execFile);

const registry = await run('npm', [
  'view',
  'bindings',
  'version',
  '--fetch-retries=0',
  '--fetch-timeout=20000',
]).then(
  () => true,
  () => false,
);
if (!registry) {
  console.warn(
    'SKIPPED: npm’s registry cannot be reached, so it is not tested that the package installs and runs',
  );
}

/** A program in TypeScript that uses the package as its documentation says. */
const CONSUMER = `import { type Client, createClient } from 'paracite/client';
import { openRetriever, type PassageMetadata } from 'paracite/langchain';

const client: Client = createClient(process.argv[2] ?? '');
const response = await client.v1.ask.$post({ json: { question: '${QUESTION}' } });
if (!response.ok) throw new Error((await response.json()).detail);
const { citations } = await response.json();
const paragraph: number | null | undefined = citations[0]?.paragraph;
// @ts-expect-error a quotation is a text
const wrong: number | undefined = citations[0]?.quote;
// @ts-expect-error a request without a question
void client.v1.ask.$post({ json: {} });

const { retriever, close } = await openRetriever({ limit: 1, settings: process.env });
const [document] = await retriever.invoke('prison overcrowding');
const metadata: PassageMetadata | undefined = document?.metadata;
await close();
console.log(JSON.stringify({ asked: paragraph, retrieved: metadata?.label, wrong: typeof wrong }));
`;

const TSCONFIG = {
  compilerOptions: {
    module: 'NodeNext',
    target: 'ES2023',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [path.join(ROOT, 'node_modules/@types')],
    outDir: 'out',
  },
  files: ['consumer.ts'],
};

let folder: string;
let environment: Record<string, string>;
let server: ChildProcess | undefined;
let url: string;

beforeAll(async () => {
  if (!registry) return;
  // Its real name: that of the folder that one is in is compared with it.
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'paracite-package-')));
  const { stdout } = await run('npm', ['config', 'get', 'cache']);
  // Nothing of this repository, and a home where nothing has been made yet.
  environment = {
    PATH: process.env.PATH ?? '',
    HOME: path.join(folder, 'home'),
    npm_config_cache: stdout.trim(),
    npm_config_registry: (await run('npm', ['config', 'get', 'registry'])).stdout.trim(),
  };
  const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
  await rename(path.join(folder, packed.stdout.trim()), path.join(folder, TARBALL));
  await writeFiles(folder, {
    'package.json': JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
    'consumer.ts': CONSUMER,
    'tsconfig.json': JSON.stringify(TSCONFIG),
  });
  // With the home that there is: what node-gyp compiles against is kept there.
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${TARBALL}`], {
    cwd: folder,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THIS_RUN.test(name))),
    maxBuffer: 2 ** 26,
  });
  ({ server, url } = await served());
  await untilReady(url, BUILD_MS);
}, INSTALL_MS + BUILD_MS);

afterAll(async () => {
  if (server?.pid !== undefined) await ended(server);
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** `npx paracite serve`, listening. */
async function served() {
  // A group of its own: npx starts a shell, which starts the program.
  const child = spawn('npx', ['--no-install', 'paracite', 'serve'], {
    cwd: folder,
    env: { ...environment, PORT: '0', WORKERS: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  while (!log.includes('"msg":"listening')) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before it listened`);
    await pause(50);
  }
  const line = log.split('\n').find((one) => one.includes('"msg":"listening')) ?? '';
  return { server: child, url: (JSON.parse(line) as { url: string }).url };
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  process.kill(-(child.pid as number), 'SIGTERM');
  await closed;
}

/** A command of the installed package. */
function paracite(...args: string[]) {
  return run(path.join(folder, 'node_modules/.bin/paracite'), args, { cwd: folder, env: environment }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

describe.skipIf(!registry)('the package, installed in an empty folder', () => {
  it('serves the record that comes with it, and its pages', async () => {
    const response = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: QUESTION }),
    });
    const { status, citations } = askShape.parse(await response.json());
    expect(status).toBe('answered');
    expect(citations[0]?.paragraph).toBe(71);
    const page = await (await fetch(`${url}/?q=prison`)).text();
    const assets = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map(([, asset]) => asset);
    expect(assets.length).toBeGreaterThan(1);
    for (const asset of [...assets, '/docs/assets/swagger-ui-bundle.js'])
      expect((await fetch(new URL(asset ?? '', url))).status, asset).toBe(200);
  });

  it('keeps index and encoder out of the folder that one is in', async () => {
    const left = (await readdir(folder)).sort();
    const made = ['home', 'node_modules', 'package-lock.json'];
    expect(left).toEqual(['consumer.ts', ...made, 'package.json', 'paracite.tgz', 'tsconfig.json'].sort());
  });

  it('answers an assistant that starts `npx paracite mcp`', async () => {
    const client = await connected(
      new StdioClientTransport({
        command: 'npx',
        args: ['--no-install', 'paracite', 'mcp'],
        env: { ...environment, LOG_LEVEL: 'silent' },
        cwd: folder,
        stderr: 'inherit',
      }),
    );
    try {
      const answer = await call(client, 'ask', { question: QUESTION });
      const { status, citations } = answer.body as z.output<typeof askShape>;
      expect(status).toBe('answered');
      expect(citations[0]?.paragraph).toBe(71);
    } finally {
      await client.close();
    }
  });

  it('has types that a program can be checked against, and that program runs', async () => {
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '-p', '.'], { cwd: folder }).catch((error: { stdout: string }) => {
      throw new Error(error.stdout);
    });
    const { stdout } = await run(process.execPath, ['out/consumer.js', url], {
      cwd: folder,
      env: environment,
    });
    expect(JSON.parse(stdout)).toEqual({ asked: 71, retrieved: 'para. 71', wrong: 'string' });
    await rm(path.join(folder, 'out'), { recursive: true });
  });

  it('evaluates a set of one’s own without what only developing needs', async () => {
    const line = { id: '1', question: QUESTION, kind: 'fact', gold: [71] };
    await writeFiles(path.join(folder, 'home'), { 'own.jsonl': JSON.stringify(line) });
    const finished = await paracite('eval', '--set', 'home/own.jsonl', '--no-peers', '--json');
    expect(finished.code, finished.stderr).toBe(0);
    expect(JSON.parse(finished.stdout)).toMatchObject({ results: [{ set: 'own', questions: 1 }] });
  });

  it('prefers documents of the folder that one is in', async () => {
    const own = path.join(folder, 'home/own');
    await cp(path.join(folder, 'node_modules/paracite/corpus'), path.join(own, 'corpus'), {
      recursive: true,
      filter: (name) => !name.endsWith('.questions.jsonl'),
    });
    const bin = path.join(folder, 'node_modules/.bin/paracite');
    await run(bin, ['index'], { cwd: own, env: environment });
    expect((await readdir(own)).sort()).toEqual(['.cache', 'corpus', 'index']);
  });

  it('says what to do where the vector index was not compiled', async () => {
    const compiled = path.join(folder, 'node_modules/hnswlib-node/build');
    await rename(compiled, `${compiled}-away`);
    try {
      const { code, stderr } = await paracite('ask', QUESTION);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^paracite: [^\n]*npm rebuild hnswlib-node[^\n]*\n$/u);
    } finally {
      await rename(`${compiled}-away`, compiled);
    }
  });
});
