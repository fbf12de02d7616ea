import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/fixtures.js';
import { startPostgres } from '../support/postgres.js';
import { pause, untilReady } from '../support/program.js';
import { SETTINGS } from '../support/service.js';
import { kindOf, type Snippet, snippetsIn } from '../support/snippets.js';
import { writeFiles } from '../support/temporary.js';

/**
 * Runs the snippets of the README as they stand, but for what would harm the tests beside it: addresses are those of a server and a
 * database of its own, and `npm ci` only checks that it would work.
 */
const SNIPPETS = snippetsIn(readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
const ADDRESS = '127.0.0.1:3000';
/** Where the README's database is, which none is: snippets get that of the tests instead. */
const DATABASE = 'postgres://paracite:secret@db.example.org/paracite';
const QUIET = { ...SETTINGS, LOG_LEVEL: 'info', WORKERS: '1' };
const READY_MS = 60_000;
/** Longest time for a snippet, in milliseconds, on a busy machine: some compile and start a server. */
const SNIPPET_MS = 300_000;

const run = promisify(execFile);
const { PATH, HOME = '' } = process.env;
const environment = { PATH, HOME, ...QUIET, LOG_LEVEL: 'silent' };

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

let server: Running;
/** Inside the repository, so that `paracite/client` is this package. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(ROOT, '.cache', 'readme-'));
  server = await started('node dist/cli/main.js serve');
});

afterAll(async () => {
  if (server) await stopped(server);
  await rm(folder, { recursive: true, force: true });
});

const harmless = (text: string) =>
  text.replaceAll(/\bnpm ci\b/gu, 'npm ci --dry-run --ignore-scripts --prefer-offline > /dev/null');

/** Starts a server by a line of a shell, and waits until it answers. */
async function started(line: string): Promise<Running> {
  const child = spawn('bash', ['-euc', harmless(line)], {
    cwd: ROOT,
    env: { ...environment, ...QUIET, PORT: '0' },
    // A group of its own: npm starts a shell, which starts the program.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  let told: string | undefined;
  while (told === undefined) {
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output}`);
    told = output.split('\n').find((one) => one.includes('"msg":"listening') && one.endsWith('}'));
    await pause(50);
  }
  const { port } = new URL((JSON.parse(told) as { url: string }).url);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, READY_MS);
  return { child, url };
}

async function stopped({ child }: Running): Promise<void> {
  const closed = once(child, 'close');
  process.kill(-(child.pid as number), 'SIGTERM');
  await closed;
}

const RUNNERS: Readonly<Record<ReturnType<typeof kindOf>, (snippet: Snippet) => Promise<void>>> = {
  suite: async ({ text }) => {
    // It is what runs this; what it would do is looked at.
    expect(text).toBe('npm ci && npm test');
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts.test).toMatch(/types.*lint.*vitest run/u);
  },
  server: async ({ text }) => {
    const database = text.includes(DATABASE) ? await startPostgres() : null;
    const running = await started(database ? text.replaceAll(DATABASE, database.url) : text);
    try {
      const body = JSON.stringify({ question: 'What was said about prison overcrowding in 2022?' });
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${running.url}/v1/ask`, { method: 'POST', headers, body });
      expect(response.status).toBe(text.includes('API_KEYS=') ? 401 : 200);
    } finally {
      await stopped(running);
      await database?.close();
    }
  },
  shell: async ({ text }) => {
    const line = harmless(text).replaceAll(`http://${ADDRESS}`, server.url);
    const { stdout } = await run('bash', ['-euc', line], { cwd: ROOT, env: environment });
    expect(stdout).toMatch(/para\. \d+/u);
  },
  module: async ({ text, line }) => {
    const name = `line-${line}.mjs`;
    await writeFiles(folder, { [name]: text.replaceAll(`http://${ADDRESS}`, server.url) });
    const { stdout, stderr } = await run(process.execPath, [path.join(folder, name)], {
      cwd: ROOT,
      env: environment,
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/para\. \d+/u);
  },
};

describe('README.md', () => {
  it.each(SNIPPETS.map((snippet) => [snippet.line, snippet.text.split('\n')[0], snippet] as const))(
    'does at line %i what it says: %s',
    async (_, __, snippet) => RUNNERS[kindOf(snippet)](snippet),
    SNIPPET_MS,
  );

  it('has its snippets found, of every kind', () => {
    const fences = readFileSync(path.join(ROOT, 'README.md'), 'utf8').match(/^\s*(?:```|~~~)/gmu) ?? [];
    expect(SNIPPETS.length * 2).toBe(fences.length);
    expect(new Set(SNIPPETS.map(kindOf))).toEqual(new Set(['suite', 'server', 'shell', 'module']));
  });

  it('names only scripts that there are, and every one of them that is a command', () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = new Set([...readme.matchAll(/\bnpm run (?:-s )?([a-z]+)/gu)].map(([, name]) => name ?? ''));
    expect([...named].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const commands = Object.keys(scripts).filter(
      (name) => name !== 'start' && scripts[name]?.includes('dist/cli/main.js'),
    );
    expect(commands.filter((name) => !named.has(name))).toEqual([]);
  });
});

describe('a snippet that nobody runs', () => {
  it.each(['json', 'python', ''])('is refused in "%s"', (language) => {
    const [snippet] = snippetsIn(`Text.\n\n\`\`\`${language}\nsomething\n\`\`\`\n`);
    expect(() => kindOf(snippet as Snippet)).toThrow(/README\.md:4: nobody runs/u);
  });
});
