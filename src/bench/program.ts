import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  /** Time from its start until it could answer, in milliseconds. */
  readonly readyMs: number;
  /** Memory of it and of the processes that it started, in MB: what they share is counted once where the system tells. */
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the program, and waits until questions can be answered. */
export async function serve(environment: NodeJS.ProcessEnv): Promise<Served> {
  return serving(spawnNode([MAIN, 'serve'], environment), String(environment.PORT), '/readyz');
}

/** Starts a server that is in a file of its own, and waits until a path answers. */
export async function serveFile(file: string, port: string, path: string): Promise<Served> {
  return serving(spawnNode([file, port], process.env), port, path);
}

async function serving(child: ChildProcess, port: string, path: string): Promise<Served> {
  const started = performance.now();
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}${path}`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    url,
    readyMs: performance.now() - started,
    memoryMb: () => memoryOf(child.pid ?? 0),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** Runs a command of the program to its end. */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment, stdio: 'ignore' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
}

/** Runs a file to its end with JSON as its input (an order is longer than an argument may be), and reads the JSON that it prints. */
export async function jsonOf<T>(file: string, order: unknown): Promise<T> {
  let last: T | undefined;
  for await (const line of jsonLinesOf<T>(file, order)) last = line;
  return last as T;
}

/** The same, each line as soon as it is printed. */
export async function* jsonLinesOf<T>(file: string, order: unknown): AsyncGenerator<T> {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(order));
  const ended = new Promise((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as T;
  const code = await ended;
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
}

export async function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' && address ? address.port : 0)));
    });
  });
}

function spawnNode(args: readonly string[], environment: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...args], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Proportional set size of a process and its children, in MB; NaN where there is no /proc. */
async function memoryOf(pid: number): Promise<number> {
  const own = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = Number(/^Pss:\s+(\d+)/mu.exec(own)?.[1] ?? Number.NaN);
  const children = await childrenOf(pid);
  const theirs = await Promise.all(children.map(memoryOf));
  return kilobytes / 1024 + theirs.filter(Number.isFinite).reduce((sum, value) => sum + value, 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.trim().split(/\s+/u).filter(Boolean).map(Number));
}
