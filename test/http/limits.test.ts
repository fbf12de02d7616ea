import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type RunningServer, startServer } from '../../src/http/index.js';
import { JSON_TYPE, openApp, problemIn, type TestApp } from '../support/app.js';
import { testConfig } from '../support/service.js';
import { problemShape } from '../support/shapes.js';

/** How long to wait for what happens at once on an idle machine. */
const SOON = { timeout: 20_000 };

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app.close());

function post(body: string): Promise<Response> {
  return app.request('/v1/ask', { method: 'POST', headers: JSON_TYPE, body });
}

describe('limits', () => {
  it('let the longest question through in any script, and no longer address', async () => {
    const longest = encodeURIComponent('😀'.repeat(2000));
    expect((await app.request(`/v1/search?q=${longest}`)).status).toBe(200);
    await problemIn(await app.request(`/v1/search?q=${longest}${longest}`), 414);
    await problemIn(await app.request(`/${'a'.repeat(30_000)}`), 414);
  });

  it('refuse JSON that is nested too deeply, and count no bracket inside a string', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const nested = (levels: number) => `{"question": "prison", "extra": ${deep(levels)}}`;
    expect((await post(nested(15))).status).toBe(200);
    expect((await problemIn(await post(nested(16)), 400)).detail).toContain('nested');
    expect((await problemIn(await post(nested(50_000)), 400)).detail).toContain('nested');
    expect((await problemIn(await post('{"a":'.repeat(20_000)), 400)).detail).toContain('nested');
    for (const question of ['['.repeat(500), `\\"${'{'.repeat(500)}`, `"${'['.repeat(99)}\\`]) {
      expect((await post(JSON.stringify({ question }))).status).toBe(200);
    }
  });
});

describe('headers of every answer', () => {
  const paths = [
    '/',
    '/healthz',
    '/v1/search?q=prison',
    '/v1/search',
    '/nothing',
    '/docs',
    '/docs/assets/start.js',
  ];

  it.each(paths)('tell a browser to load and to share nothing: %s', async (path) => {
    const { headers } = await app.request(path);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(headers.get('Content-Security-Policy')).not.toMatch(/unsafe|https?:|\*/u);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    expect(headers.get('Permissions-Policy')).toContain('camera=()');
    for (const name of ['Server', 'X-Powered-By', 'Strict-Transport-Security', 'Access-Control-Allow-Origin'])
      expect(headers.get(name), name).toBeNull();
  });

  it('ask for TLS only where there is TLS: here, or at a trusted proxy', async () => {
    const over = (of: TestApp, path: string, scheme: string) =>
      of.request(path, { headers: { 'X-Forwarded-Proto': scheme } });
    const behind = await openApp({ trustedProxies: 1 });
    const hsts = 'Strict-Transport-Security';
    expect((await over(behind, '/healthz', 'https')).headers.get(hsts)).toBe('max-age=31536000');
    expect((await over(behind, '/healthz', 'http')).headers.get(hsts)).toBeNull();
    expect((await over(app, '/healthz', 'https')).headers.get(hsts), 'anyone can say so').toBeNull();
    expect((await app.request('https://localhost/healthz')).headers.get(hsts)).toBe('max-age=31536000');
    await behind.close();
  });
});

describe('other origins', () => {
  const from = (origin: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { ...(init.headers as Record<string, string>), Origin: origin },
  });
  const preflight = (origin: string) =>
    from(origin, {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
    });
  const allowed = 'Access-Control-Allow-Origin';

  it('get no answer without the setting', async () => {
    await problemIn(await app.request('/v1/ask', preflight('https://example.org')), 405);
    const { headers } = await app.request('/v1/search?q=prison', from('https://example.org'));
    expect(headers.get(allowed)).toBeNull();
  });

  it('get one where they are named, without cookies, even where a key is asked for', async () => {
    const key = 'a-key-for-another-origin';
    const named = await openApp({ corsOrigins: ['https://example.org'], apiKeys: [key] });
    const asked = await named.request('/v1/ask', preflight('https://example.org'));
    expect(asked.status).toBe(204);
    expect(asked.headers.get(allowed)).toBe('https://example.org');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
    expect(asked.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const init = from('https://example.org', { headers: { Authorization: `Bearer ${key}` } });
    const answered = await named.request('/v1/search?q=prison', init);
    expect(answered.headers.get(allowed)).toBe('https://example.org');
    expect(answered.headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id');
    const refused = await named.request('/v1/search?q=prison', from('https://example.org'));
    expect(refused.status, 'a script may read why').toBe(401);
    expect(refused.headers.get(allowed)).toBe('https://example.org');
    for (const other of [
      'https://example.com',
      'http://example.org',
      'https://example.org.evil.net',
      'null',
    ]) {
      expect((await named.request('/v1/ask', preflight(other))).headers.get(allowed)).toBeNull();
    }
    const page = await named.request('/sign-in', from('https://example.org'));
    expect(page.headers.get(allowed), 'pages are for nobody else').toBeNull();
    await named.close();
  });

  it('all get one with *', async () => {
    const open = await openApp({ corsOrigins: ['*'] });
    const { headers } = await open.request('/openapi.json', from('https://example.org'));
    expect(headers.get(allowed)).toBe('*');
    await open.close();
  });
});

describe('an answer', () => {
  it('has an ETag where it stays the same, and is not sent again', async () => {
    const first = await app.request('/v1/documents');
    const tag = first.headers.get('ETag') ?? '';
    const again = await app.request('/v1/documents', { headers: { 'If-None-Match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await app.request('/v1/documents', { headers: { 'If-None-Match': '"other"' } })).status).toBe(
      200,
    );
  });

  it('names neither a file nor what went wrong inside', async () => {
    const logged: unknown[] = [];
    const broken = createApp({
      responder: () => {
        throw new Error(`ENOENT: ${process.cwd()}/index/CURRENT`);
      },
      onError: (error) => logged.push(error),
    });
    const { detail } = await problemIn(await broken.request('/v1/search?q=prison'), 500);
    expect(detail).not.toMatch(/ENOENT|index/u);
    expect(logged).toHaveLength(1);
  });
});

describe('what is no request', () => {
  let server: RunningServer;
  let log = '';
  const logged = new PassThrough().setEncoding('utf8').on('data', (part: string) => {
    log += part;
  });

  beforeAll(async () => {
    server = await startServer(testConfig({ port: 0 }), pino({ level: 'info', base: null }, logged));
    await server.ready;
  });

  afterAll(() => server.close());

  /** Everything that comes back for these bytes. */
  async function sent(bytes: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.write(bytes);
    await once(socket, 'close');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).toMatch(/^X-Request-Id: [\da-f-]{36}$/mu);
    return { status: Number(head.split(' ')[1]), body: JSON.parse(body) };
  }

  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a header that is none', 'GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n', 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
    ['a target that is none', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [
      'two lengths',
      'POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
      400,
    ],
    [
      'a length and chunks',
      'POST /v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\nhello',
      400,
    ],
    [
      'an expectation',
      'POST /v1/ask HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nContent-Length: 0\r\n\r\n',
      417,
    ],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Filler: ${'x'.repeat(50_000)}\r\n\r\n`,
      431,
    ],
  ])('is refused with problem details and closed: %s', async (_, bytes, status) => {
    const refused = await sent(bytes);
    expect(refused.status).toBe(status);
    expect(problemShape.parse(refused.body)).toMatchObject({ status });
  });

  it('is no error of ours where a client goes away in the middle of it', async () => {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"question',
    );
    await once(socket, 'connect');
    await (await fetch(`${server.url}/healthz`)).text();
    socket.destroy();
    await expect.poll(() => log, SOON).toMatch(/"route":"\/v1\/ask".*"status":499/u);
    expect(log).not.toContain('"level":50');
  });

  it('leaves the longest address through that the app takes', async () => {
    const response = await fetch(`${server.url}/v1/search?q=${encodeURIComponent('😀'.repeat(2000))}`);
    expect(response.status).toBe(200);
  });
});
