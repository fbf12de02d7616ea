import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';

/**
 * A PostgreSQL with pgvector for tests: the server that TEST_POSTGRES_URL names, or PGlite behind a socket. PGlite is one
 * session in this process, so what clients send is handed over in pieces that belong together: up to a Sync, a whole COPY, a
 * whole transaction. (pglite-socket hands over single messages, which mixes clients and cannot COPY.)
 */
export interface TestPostgres {
  readonly url: string;
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** Cuts every connection, as a server does that dies. With `pause` it takes no new ones until `resume`. */
  cut(): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

export async function startPostgres(): Promise<TestPostgres> {
  const named = process.env.TEST_POSTGRES_URL;
  return named ? throughProxy(named) : startPglite();
}

/** A database of its own on a real server, reached through a proxy that can be cut. */
async function throughProxy(named: string): Promise<TestPostgres> {
  const name = `paracite_test_${randomUUID().slice(0, 8)}`;
  const admin = async (statement: string) => {
    const client = new pg.Client(named);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  const { hostname, port, username, password } = new URL(named);
  return behind(
    `${username}${password && `:${password}`}`,
    name,
    (socket) => {
      const upstream = connect(Number(port || 5432), hostname);
      socket.pipe(upstream).pipe(socket);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      socket.on('close', () => upstream.destroy());
    },
    () => admin(`DROP DATABASE ${name} WITH (FORCE)`),
  );
}

async function startPglite(): Promise<TestPostgres> {
  const database = await PGlite.create({ extensions: { vector, fuzzystrmatch } });
  const turns = turnsOf(database);
  return behind(
    'postgres',
    'postgres',
    (socket) => attach(socket, turns),
    async () => {
      await turns.idle();
      await database.close();
    },
  );
}

/** @param accept what becomes of a connection */
async function behind(
  user: string,
  name: string,
  accept: (socket: Socket) => void,
  end: () => Promise<void>,
): Promise<TestPostgres> {
  const sockets = new Set<Socket>();
  const serve = () =>
    createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      accept(socket);
    });
  let server = serve();
  const port = await listen(server, 0);
  const url = `postgres://${user}@127.0.0.1:${port}/${name}`;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  return {
    url,
    query: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
      const client = new pg.Client(url);
      await client.connect();
      try {
        return (await client.query<R>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    cut,
    pause: stop,
    resume: async () => {
      server = serve();
      await listen(server, port);
    },
    close: async () => {
      if (server.listening) await stop();
      await end();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Turns {
  /** Runs what a client sent; others wait while it is in a transaction. */
  run(client: Socket, bytes: Uint8Array): Promise<Uint8Array>;
  /** Rolls back what a client that is gone had begun. */
  leave(client: Socket): void;
  idle(): Promise<void>;
}

function turnsOf(database: PGlite): Turns {
  let holder: Socket | null = null;
  const waiting: { readonly client: Socket; readonly work: () => Promise<void> }[] = [];
  let running: Promise<void> | null = null;

  const advance = () => {
    if (running) return;
    const position = waiting.findIndex(({ client }) => holder === null || client === holder);
    if (position === -1) return;
    const [next] = waiting.splice(position, 1);
    running = (next?.work() ?? Promise.resolve()).finally(() => {
      running = null;
      advance();
    });
  };
  const add = (client: Socket, work: () => Promise<void>) => {
    waiting.push({ client, work });
    advance();
  };
  return {
    run: (client, bytes) =>
      new Promise((resolve, reject) => {
        add(client, async () => {
          try {
            const answer = await database.execProtocolRaw(bytes);
            holder = inTransaction(answer) ? client : null;
            resolve(answer);
          } catch (error) {
            reject(error);
          }
        });
      }),
    leave: (client) => {
      for (let i = waiting.length - 1; i >= 0; i -= 1) {
        if (waiting[i]?.client === client) waiting.splice(i, 1);
      }
      add(client, async () => {
        if (holder === client) await database.exec('ROLLBACK');
        if (holder === client) holder = null;
      });
    },
    idle: async () => {
      while (running) await running;
    },
  };
}

/** Whether the last ReadyForQuery says that a transaction is open, or failed. */
function inTransaction(answer: Uint8Array): boolean {
  const [type, , , , length, status] = answer.slice(-6);
  return type === 0x5a && length === 5 && status !== 0x49;
}

const PROTOCOL_3 = 196_608;
/** CopyInResponse: binary, and no columns told. */
const COPY_IN = Buffer.from([0x47, 0, 0, 0, 7, 1, 0, 0]);

/** Reads the messages of a client and hands them over. */
function attach(socket: Socket, turns: Turns): void {
  let buffer = Buffer.alloc(0);
  let started = false;
  let collected: Buffer[] = [];
  let copying = false;
  let chain: Promise<void> = Promise.resolve();

  const hand = (bytes: Buffer, cut = (answer: Uint8Array) => answer) => {
    chain = chain
      .then(() => turns.run(socket, bytes))
      .then((answer) => {
        if (socket.writable) socket.write(cut(answer));
      })
      .catch(() => {
        socket.destroy();
      });
  };
  const take = (message: Buffer) => {
    const type = String.fromCharCode(message[0] ?? 0);
    if (type === 'X') {
      socket.end();
      return;
    }
    collected.push(message);
    if (type === 'Q' && /^COPY .* FROM STDIN/iu.test(message.toString('utf8', 5))) {
      copying = true;
      socket.write(COPY_IN);
    } else if (copying ? type === 'c' || type === 'f' : type === 'Q' || type === 'S') {
      const bytes = Buffer.concat(collected);
      collected = [];
      // The client was told already that it may copy.
      hand(bytes, copying ? withoutCopyIn : undefined);
      copying = false;
    }
  };
  socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (;;) {
      if (!started) {
        if (buffer.length < 8 || buffer.length < buffer.readInt32BE(0)) return;
        const length = buffer.readInt32BE(0);
        const message = buffer.subarray(0, length);
        buffer = buffer.subarray(length);
        started = message.readInt32BE(4) === PROTOCOL_3;
        if (started) hand(Buffer.from(message));
        else socket.write('N');
        continue;
      }
      if (buffer.length < 5 || buffer.length < 1 + buffer.readInt32BE(1)) return;
      const length = 1 + buffer.readInt32BE(1);
      take(Buffer.from(buffer.subarray(0, length)));
      buffer = buffer.subarray(length);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => turns.leave(socket));
}

function withoutCopyIn(answer: Uint8Array): Uint8Array {
  if (answer[0] !== 0x47) return answer;
  const length = 1 + new DataView(answer.buffer, answer.byteOffset).getInt32(1);
  return answer.slice(length);
}
