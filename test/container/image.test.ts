import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentsIn, type Stage, stagesOf } from '../support/dockerfile.js';
import { ROOT } from '../support/fixtures.js';

/**
 * The steps of the image, done one by one in folders that stand for its file systems, because there may be no container engine: what
 * the Dockerfile says is what is run. It installs and compiles, so it runs where it is asked for (`.ci/run`).
 */
const WANTED = process.env.PARACITE_TEST_IMAGE === '1';
const ROOT_USER = process.getuid?.() === 0;
const run = promisify(execFile);

interface Made {
  /** Folder that stands for `/`. */
  readonly root: string;
  readonly environment: Record<string, string>;
  readonly workdir: string;
  readonly user: number | null;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

let folder: string;
let image: Made;
let server: ChildProcess | undefined;

const inside = (root: string, name: string) => path.join(root, name);
/** A text with the folders of the image where they stand here. */
const mapped = (text: string, root: string) =>
  text.replaceAll(/(?<=^|[\s=:'"])\/(app|data)\b/gu, `${root}/$1`);

async function make(stage: Stage, root: string, earlier: ReadonlyMap<string, Made>): Promise<Made> {
  let environment: Record<string, string> = {};
  let workdir = root;
  let user: number | null = null;
  let command: readonly string[] = [];
  let healthcheck: readonly string[] = [];
  for (const { name, text } of stage.instructions) {
    if (name === 'WORKDIR') {
      workdir = inside(root, text);
      await mkdir(workdir, { recursive: true });
    } else if (name === 'ENV') {
      environment = { ...environment, ...assignmentsIn(mapped(text, root)) };
    } else if (name === 'USER') {
      user = Number(text.split(':')[0]);
    } else if (name === 'CMD') {
      command = JSON.parse(text) as string[];
    } else if (name === 'HEALTHCHECK') {
      healthcheck = JSON.parse(text.slice(text.indexOf('CMD ') + 4)) as string[];
    } else if (name === 'COPY') {
      await copy(text, root, workdir, earlier);
    } else if (name === 'RUN' && text.startsWith('apt-get')) {
      const packages = text.split('--no-install-recommends ')[1]?.split(/\s+/u) ?? [];
      expect(packages).toEqual(['g++', 'make', 'python3']);
      for (const tool of packages) await run('which', [tool]);
    } else if (name === 'RUN') {
      const env = { ...process.env, NODE_ENV: '', ...environment };
      await run('bash', ['-c', mapped(text, root)], { cwd: workdir, env, maxBuffer: 2 ** 26 });
    } else {
      expect(['LABEL', 'VOLUME', 'EXPOSE', 'STOPSIGNAL']).toContain(name);
    }
  }
  return { root, environment, workdir, user, command, healthcheck };
}

async function copy(
  text: string,
  root: string,
  workdir: string,
  earlier: ReadonlyMap<string, Made>,
): Promise<void> {
  const words = text.split(/\s+/u);
  const flags = words.filter((word) => word.startsWith('--'));
  const paths = words.filter((word) => !word.startsWith('--'));
  const target = paths.at(-1) ?? '';
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
  const owner = Number(/--chown=(\d+)/u.exec(text)?.[1] ?? Number.NaN);
  const base = from === undefined ? ROOT : (earlier.get(from)?.root ?? '');
  for (const source of paths.slice(0, -1)) {
    const name = target.endsWith('/') ? path.join(target, path.basename(source)) : target;
    const to = name.startsWith('/') ? inside(root, name) : path.join(workdir, name);
    if (from === undefined) await expectSent(source);
    await cp(path.join(base, source), to, { recursive: true, verbatimSymlinks: true });
    if (ROOT_USER && !Number.isNaN(owner)) await run('chown', ['-R', String(owner), to]);
  }
}

/** What is copied must not be left out of what is sent to the engine. */
async function expectSent(source: string): Promise<void> {
  const ignored = (await readFile(path.join(ROOT, '.dockerignore'), 'utf8')).split('\n');
  expect(ignored).toContain(`!${source.replace(/^\.\//u, '')}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

describe.skipIf(!WANTED)('the image', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'paracite-image-'));
    await chmod(folder, 0o755);
    const made = new Map<string, Made>();
    for (const stage of stagesOf(await readFile(path.join(ROOT, 'Dockerfile'), 'utf8'))) {
      const root = path.join(folder, stage.name);
      await mkdir(root);
      image = await make(stage, root, made);
      made.set(stage.name, image);
    }
    // The root file system is read-only; the volume is not.
    await run('chmod', ['-R', 'a-w', inside(image.root, 'app')]);
  }, 600_000);

  afterAll(async () => {
    server?.kill('SIGKILL');
    if (folder) {
      await run('chmod', ['-R', 'u+w', folder]);
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('has no package that only building needs, and no sources', async () => {
    expect((await readdir(inside(image.root, 'app'))).sort()).toEqual([
      'corpus',
      'dist',
      'models',
      'node_modules',
      'package.json',
    ]);
    const packages = await readdir(inside(image.root, 'app/node_modules'));
    expect(packages).not.toContain('typescript');
    expect(packages).not.toContain('vitest');
  });

  it('runs as nobody in particular, answers, is found healthy, and stops when it is told to', async () => {
    expect(image.user).toBe(10001);
    const port = await freePort();
    const environment = { PATH: process.env.PATH ?? '', ...image.environment };
    const settings = {
      ...environment,
      PORT: String(port),
      ALLOW_OPEN: 'true',
      WORKERS: '1',
      LOG_LEVEL: 'warn',
    };
    const [file = '', ...args] = image.command;
    const as = ROOT_USER && image.user !== null ? { uid: image.user, gid: image.user } : {};
    server = spawn(file, args, {
      cwd: image.workdir,
      env: settings,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...as,
    });
    const said: string[] = [];
    server.stdout?.on('data', (chunk) => said.push(String(chunk)));
    server.stderr?.on('data', (chunk) => said.push(String(chunk)));
    const [check = '', ...rest] = image.healthcheck;
    const healthy = () =>
      run(check, rest, { env: settings }).then(
        () => true,
        () => false,
      );
    await expect.poll(healthy, { timeout: 60_000, interval: 500 }).toBe(true);
    const url = `http://127.0.0.1:${port}`;
    await expect
      .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 120_000, interval: 500 })
      .toBe(200);
    const response = await fetch(`${url}/v1/ask`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ question: 'What was said about prison overcrowding in 2022?' }),
    });
    const { status, citations } = (await response.json()) as {
      status: string;
      citations: readonly { paragraph: number }[];
    };
    expect(status, said.join('')).toBe('answered');
    expect(citations[0]?.paragraph).toBe(71);
    expect((await fetch(`${url}/`)).status).toBe(200);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect((await ended)[0], said.join('')).toBe(0);
  }, 240_000);

  it.runIf(ROOT_USER)('cannot write into its own files', async () => {
    const file = inside(image.root, 'app/dist/x');
    const attempt = spawn('touch', [file], { uid: image.user ?? 0, gid: image.user ?? 0 });
    expect((await once(attempt, 'exit'))[0]).not.toBe(0);
  });
});
