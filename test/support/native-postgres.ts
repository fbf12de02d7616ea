import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const execute = promisify(execFile);

/** PostgreSQL does not run as root: then it is "nobody" who runs it. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null;
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);
const WAIT_MS = 60_000;

/**
 * Folder of the programs of the server that TEST_POSTGRES_URL names. Null where none is named, or it does not run on this
 * machine: only a server of its own may be killed, and told to speak TLS.
 */
export async function postgresPrograms(): Promise<string | null> {
  const named = process.env.TEST_POSTGRES_URL;
  if (!named || !LOCAL.has(new URL(named).hostname)) return null;
  const client = new pg.Client(named);
  await client.connect();
  const rows = await client
    .query<{ setting: string }>(`SELECT setting FROM pg_config WHERE name = 'BINDIR'`)
    .then((result) => result.rows)
    .catch((error: unknown) => {
      // Only a superuser is told.
      if ((error as { code?: unknown }).code === '42501') return [];
      throw error;
    })
    .finally(() => client.end());
  const folder = rows[0]?.setting ?? '';
  return existsSync(path.join(folder, 'initdb')) ? folder : null;
}

export interface NativePostgres {
  readonly port: number;
  /** Without TLS. */
  readonly url: string;
  /** The certificate that signs itself, for "localhost" and 127.0.0.1. */
  readonly certificate: string;
  query<R extends pg.QueryResultRow>(text: string): Promise<R[]>;
  /** As `kill -9` of the server does: nothing is said to clients, nothing is written. */
  kill(): Promise<void>;
  /** Starts it anew on the same files. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A server of the test's own in a new folder, with TLS for whoever asks for it. */
export async function startNativePostgres(programs: string): Promise<NativePostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'paracite-postgres-'));
  const data = path.join(folder, 'data');
  const certificate = path.join(folder, 'server.crt');
  const key = path.join(folder, 'server.key');
  const request = '-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'.split(' ');
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await execute('openssl', ['req', ...request, ...names, '-keyout', key, '-out', certificate]);
  const owned = async (file: string) => {
    if (NOBODY) await chown(file, NOBODY.uid, NOBODY.gid);
  };
  for (const file of [folder, key, certificate]) await owned(file);
  await execute(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...NOBODY },
  );
  // Whoever is "guarded" has to speak TLS.
  const rules = ['hostnossl all guarded all reject', 'host all all all trust', 'local all all trust'];
  await writeFile(path.join(data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    ssl: 'on',
    ssl_cert_file: certificate,
    ssl_key_file: key,
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const query = async <R extends pg.QueryResultRow>(text: string) => {
    const client = new pg.Client(url);
    client.on('error', () => undefined);
    await client.connect();
    return (await client.query<R>(text).finally(() => client.end())).rows;
  };
  let server: ChildProcess | null = null;
  const kill = async (signal: NodeJS.Signals) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  /** What a killed server leaves behind still ends by itself for a moment, and no other starts before. */
  const start = async () => {
    const end = performance.now() + WAIT_MS;
    while (performance.now() < end) {
      if (!server || server.exitCode !== null || server.signalCode !== null) {
        const program = path.join(programs, 'postgres');
        server = spawn(program, ['-D', data, '-p', String(port), ...given], { ...NOBODY, stdio: 'ignore' });
      }
      const there = await query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (there) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the PostgreSQL of this test does not start');
  };
  await start();
  return {
    port,
    url,
    certificate,
    query,
    start,
    kill: () => kill('SIGKILL'),
    close: async () => {
      // "Immediate" shutdown: the folder goes with it.
      await kill('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
