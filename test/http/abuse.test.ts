import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PATIENCE, type RunningServer, startServer } from '../../src/http/index.js';
import { JSON_TYPE } from '../support/app.js';
import { pause } from '../support/program.js';
import { testConfig } from '../support/service.js';
import { askShape } from '../support/shapes.js';

/** What broken and hostile clients do to sockets, while others ask. Waits for clients are short here; a test says what they are in service. */

const WAITS = {
  keepAliveTimeout: 500,
  headersTimeout: 700,
  requestTimeout: 1_200,
  connectionsCheckingInterval: 100,
};
/** Longest time for a refusal to come: many times the waits, because the machine may be busy. */
const LIMIT_MS = 30_000;

let server: RunningServer;
let host: string;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  const config = testConfig({ port: 0, workers: 0, cacheEntries: 0 });
  server = await startServer(config, pino({ level: 'silent' }), WAITS);
  await server.ready;
  const url = new URL(server.url);
  host = url.hostname;
  port = Number(url.port);
});

afterAll(() => server.close());

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await honest();
});

async function open(): Promise<Socket> {
  const socket = connect({ host, port, allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** All that the server says until it closes. */
async function heard(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  const late = setTimeout(() => socket.destroy(new Error('nothing came')), LIMIT_MS);
  await closed;
  clearTimeout(late);
  return Buffer.concat(chunks).toString('latin1');
}

async function sent(raw: string | Uint8Array): Promise<string> {
  const socket = await open();
  const answer = heard(socket);
  socket.write(raw);
  return answer;
}

/** Somebody who asks as one should, and gets an answer. */
async function honest(): Promise<void> {
  const response = await fetch(`${server.url}/v1/ask`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify({ question: 'What was said about prison overcrowding in 2022?', limit: 1 }),
  });
  expect(askShape.parse(await response.json()).status).toBe('answered');
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/u.exec(answer)?.[1]);
const head = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const POST = ['POST /v1/ask HTTP/1.1', 'Host: x', 'Content-Type: application/json'];

describe('in service', () => {
  it('waits ten seconds for headers, thirty for a request, and looks every second', () => {
    expect(PATIENCE).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1_000,
    });
  });
});

describe('a client that is slow', () => {
  it.each([
    ['with its headers', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: '],
    ['with its body', head([...POST, 'Content-Length: 1000'])],
    ['with its chunks', `${head([...POST, 'Transfer-Encoding: chunked'])}`],
  ])('%s is given up, while others are answered', async (what, start) => {
    const chunked = what.endsWith('chunks');
    const socket = await open();
    const answer = heard(socket);
    socket.write(start);
    const drip = setInterval(() => {
      if (socket.writable) socket.write(chunked ? '1\r\na\r\n' : 'a');
    }, 100);
    await honest();
    expect([408, Number.NaN]).toContain(statusOf(await answer));
    clearInterval(drip);
  });

  it('and two hundred like it keep nobody out', async () => {
    const slow = await Promise.all(Array.from({ length: 200 }, open));
    const closed = slow.map(heard);
    for (const socket of slow) socket.write('POST /v1/ask HTTP/1.1\r\nHost: x\r\n');
    await honest();
    await Promise.all(closed);
    await honest();
  });

  it('or that says nothing is closed', async () => {
    const silent = await Promise.all(Array.from({ length: 50 }, open));
    const closed = silent.map(heard);
    await honest();
    await Promise.all(closed);
  });

  it('or that ends its half of the connection early is let go', async () => {
    const socket = await open();
    const answer = heard(socket);
    socket.end('POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
    await answer;
  });
});

describe('a request that is too large', () => {
  it.each([
    ['body by its length', head([...POST, `Content-Length: ${200 * 1024}`]) + 'x'.repeat(200 * 1024), 413],
    ['headers', head(['GET /healthz HTTP/1.1', 'Host: x', `X-A: ${'a'.repeat(100_000)}`]), 431],
    [
      'many headers',
      head([
        'GET /healthz HTTP/1.1',
        'Host: x',
        ...Array.from({ length: 5000 }, (_, i) => `X-${i}: ${'a'.repeat(20)}`),
      ]),
      431,
    ],
    [
      'address',
      head([`GET /v1/search?q=${'a'.repeat(30_000)} HTTP/1.1`, 'Host: x', 'Connection: close']),
      414,
    ],
  ])('in its %s is refused', async (_, raw, status) => {
    expect(statusOf(await sent(raw))).toBe(status);
  });

  it('in chunks without end is refused', async () => {
    const socket = await open();
    const answer = heard(socket);
    socket.write(head([...POST, 'Transfer-Encoding: chunked']));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let i = 0; i < 64 && socket.writable; i += 1) {
      if (!socket.write(chunk))
        await Promise.race([once(socket, 'drain'), once(socket, 'close'), pause(2000)]);
    }
    expect([413, 408]).toContain(statusOf(await answer));
  });
});

describe('a request that is malformed', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['bytes', Uint8Array.from({ length: 2000 }, (_, i) => (i * 37) % 256), 400],
    ['TLS', Buffer.from('160301020001000001fc0303', 'hex'), 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['a host that is none', head(['GET /healthz HTTP/1.1', 'Host: a b', 'Connection: close']), 400],
    ['both lengths', `${head([...POST, 'Content-Length: 4', 'Transfer-Encoding: chunked'])}0\r\n\r\n`, 400],
    ['two lengths', `${head([...POST, 'Content-Length: 4', 'Content-Length: 5'])}{}{}x`, 400],
    ['a length that is none', head([...POST, 'Content-Length: -1']), 400],
    [
      'a chunk size that is none',
      `${head([...POST, 'Transfer-Encoding: chunked'])}zz\r\nab\r\n0\r\n\r\n`,
      400,
    ],
    ['a header with a line break', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\nb\0c\r\n\r\n', 400],
    ['a method that is none', head(['BREW /healthz HTTP/1.1', 'Host: x']), 400],
    [
      'bad UTF-8',
      Buffer.concat([
        Buffer.from(head([...POST, 'Content-Length: 18', 'Connection: close'])),
        Buffer.from('{"question":"', 'latin1'),
        Buffer.from([0xff, 0xfe, 0xc0]),
        Buffer.from('"}'),
      ]),
      400,
    ],
  ])('is refused: %s', async (_, raw, status) => {
    const answer = await sent(raw);
    expect(statusOf(answer), answer.slice(0, 300)).toBe(status);
    expect(answer).not.toMatch(/node_modules|\bat \S+:\d+/u);
  });

  it('does not let a second one in with it', async () => {
    const smuggled = 'GET /v1/documents HTTP/1.1\r\nHost: x\r\n\r\n';
    const raw = `${head([...POST, `Content-Length: ${smuggled.length}`, 'Transfer-Encoding: chunked'])}0\r\n\r\n${smuggled}`;
    expect(await sent(raw)).not.toContain('ccpcj');
  });
});

describe('a path that leads elsewhere', () => {
  it.each([
    '/../../etc/passwd',
    '/assets/../../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/docs/assets/..%2f..%2fpackage.json',
    '/v1/documents/..%2f..%2fcorpus%2fx/source',
    '//etc/passwd',
    '/%00',
    '/documents/%c0%ae%c0%ae/',
    'http://elsewhere.example/../etc/passwd',
  ])('is not found: %s', async (path) => {
    const answer = await sent(head([`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close']));
    expect([400, 404]).toContain(statusOf(answer));
    expect(answer).not.toMatch(/root:|"dependencies"/u);
  });
});

describe('requests one after another on one connection', () => {
  it('are each answered, and what follows a broken one is not', async () => {
    const good = head(['GET /healthz HTTP/1.1', 'Host: x']);
    const socket = await open();
    let soFar = '';
    socket.on('data', (chunk: Buffer) => {
      soFar += chunk.toString('latin1');
    });
    const all = heard(socket);
    socket.write(`${good}${good}`);
    await expect.poll(() => soFar.match(/HTTP\/1\.1 200/gu), { timeout: LIMIT_MS }).toHaveLength(2);
    socket.write(`garbage\r\n\r\n${good}`);
    const answer = await all;
    expect(answer.match(/HTTP\/1\.1 200/gu)).toHaveLength(2);
    expect(answer.match(/HTTP\/1\.1 400/gu)).toHaveLength(1);
  });
});
