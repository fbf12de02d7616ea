import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JSON_TYPE, openApp, problemIn, type TestApp } from '../../support/app.js';
import { RECORD_ID } from '../../support/fixtures.js';
import { attributes, elements } from '../../support/html.js';

const KEYS = ['a-first-key-for-tests', 'a-second-key-for-tests'] as const;
const OWN_FORM = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' };
const PAGE = { Accept: 'text/html,application/xhtml+xml' };

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ apiKeys: KEYS, abstainThreshold: 0 });
});

afterAll(async () => {
  await app.close();
  expect(app.logged).toEqual([]);
});

function bearer(key: string): Record<string, string> {
  return { Authorization: `Bearer ${key}` };
}

function signIn(
  fields: Record<string, string>,
  headers: Record<string, string> = OWN_FORM,
): Promise<Response> {
  return app.request('/sign-in', { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

async function cookie(): Promise<string> {
  const response = await signIn({ key: KEYS[0] });
  return response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
}

describe('a server with keys', () => {
  const closed = [
    '/v1/search?q=prison',
    '/v1/documents',
    `/v1/documents/${RECORD_ID}/source`,
    '/',
    `/documents/${RECORD_ID}`,
    '/metrics',
    '/v1/admin/reindex',
    '/nothing',
  ];

  it.each(closed)('does not answer %s without one, nor with a wrong one', async (path) => {
    const wrong = ['', 'x', KEYS[0].slice(1), `${KEYS[0]}x`, KEYS.join(','), KEYS.join(' '), 'null'];
    const attempts = [
      {},
      ...wrong.map(bearer),
      { Authorization: KEYS[0] },
      { Authorization: `Basic ${btoa(`:${KEYS[0]}`)}` },
    ];
    for (const headers of attempts) {
      const response = await app.request(path, { headers: headers as Record<string, string> });
      const error = 'Authorization' in headers ? ', error="invalid_token"' : '';
      expect(response.headers.get('WWW-Authenticate')).toBe(`Bearer realm="paracite"${error}`);
      const { detail } = await problemIn(response, 401);
      for (const key of KEYS) expect(detail).not.toContain(key);
    }
  });

  it('takes no key from the address', async () => {
    for (const name of ['key', 'api_key', 'access_token']) {
      await problemIn(await app.request(`/v1/search?q=prison&${name}=${KEYS[0]}`), 401);
    }
  });

  it.each(KEYS)('answers with each of them: %s', async (key) => {
    for (const headers of [bearer(key), { authorization: `bearer  ${key} ` }]) {
      expect((await app.request('/v1/search?q=prison', { headers })).status).toBe(200);
      expect((await app.request('/', { headers })).status).toBe(200);
    }
    const init = { method: 'POST', headers: { ...JSON_TYPE, ...bearer(key) }, body: '{"question":"prison"}' };
    expect((await app.request('/v1/ask', init)).status).toBe(200);
  });

  it.each(['/healthz', '/readyz', '/openapi.json', '/docs', '/docs/assets/swagger-ui.css', '/sign-in'])(
    'answers %s to everyone',
    async (path) => {
      expect((await app.request(path)).status).toBe(200);
    },
  );

  it('refuses before it reads: a body without a key is not looked at', async () => {
    await problemIn(await app.request('/v1/ask', { method: 'POST', body: 'x'.repeat(200_000) }), 401);
  });

  it('keeps what it answers out of shared caches', async () => {
    const { headers } = await app.request('/v1/documents', { headers: bearer(KEYS[0]) });
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
  });
});

describe('a server without keys', () => {
  it('answers everyone, and has nothing to sign in to', async () => {
    const open = await openApp();
    expect((await open.request('/v1/search?q=prison')).status).toBe(200);
    expect((await open.request('/v1/search?q=prison', { headers: bearer('any') })).status).toBe(200);
    await problemIn(await open.request('/sign-in'), 404);
    await open.close();
  });
});

describe('signing in', () => {
  it('asks a browser for a key in place of the page, and remembers where it wanted to go', async () => {
    const path = `/documents/${RECORD_ID}?mark=1-2`;
    const response = await app.request(path, { headers: PAGE });
    expect(response.status).toBe(401);
    const html = await response.text();
    expect(elements(html, 'title')).toEqual(['Sign in - Paracite']);
    expect(html).toMatch(/<input[^>]*type="password"/u);
    expect(attributes(html, 'value').map((value) => value.replaceAll('&amp;', '&'))).toContain(path);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('gives a cookie that no script and no other site can use, and that is not the key', async () => {
    const response = await signIn({ key: ` ${KEYS[1]} `, next: '/?q=prison' });
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/?q=prison');
    const set = response.headers.get('Set-Cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=43200'])
      expect(set).toContain(part);
    expect(set).not.toContain(KEYS[1]);
    expect(set, 'there is no TLS here').not.toContain('Secure');
  });

  it('lets the cookie in, to pages and interface, until it is given back', async () => {
    const headers = { Cookie: await cookie() };
    expect((await app.request('/', { headers })).status).toBe(200);
    expect((await app.request('/v1/search?q=prison', { headers })).status).toBe(200);
    expect(await (await app.request('/sign-in', { headers })).text()).toContain('Sign out');
    const out = await app.request('/sign-out', { method: 'POST', headers: { ...OWN_FORM, ...headers } });
    expect(out.status).toBe(303);
    expect(out.headers.get('Set-Cookie')).toMatch(/^paracite_session=; Max-Age=0; Path=\//u);
    await problemIn(await app.request('/', { headers: { Cookie: `${await cookie()}x` } }), 401);
  });

  it('does not let a cookie stand in for a wrong key that is shown', async () => {
    const headers = { Cookie: await cookie(), ...bearer('wrong') };
    await problemIn(await app.request('/v1/search?q=prison', { headers }), 401);
  });

  it('refuses a wrong key with the page again, and sets nothing', async () => {
    for (const key of ['', 'wrong', KEYS[0].toUpperCase()]) {
      const response = await signIn({ key, next: '/?q=prison' });
      expect(response.status).toBe(401);
      expect(response.headers.get('Set-Cookie')).toBeNull();
      const html = await response.text();
      expect(html).toContain('This key is not known here.');
      expect(attributes(html, 'value')).toContain('/?q=prison');
    }
  });

  it.each([
    'https://example.org/',
    '//example.org',
    '/\\example.org',
    '/x\\y',
    'javascript:alert(1)',
    '/a\nb',
    'x',
    '',
  ])('sends nobody to %j', async (next) => {
    expect((await signIn({ key: KEYS[0], next })).headers.get('Location')).toBe('/');
    const html = await (await app.request(`/sign-in?next=${encodeURIComponent(next)}`)).text();
    expect(attributes(html, 'value')).toContain('/');
  });

  it('takes no form of another site', async () => {
    const { 'Content-Type': type } = OWN_FORM;
    for (const from of [
      {},
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://example.org' },
      { Origin: 'null' },
    ]) {
      const headers = { 'Content-Type': type, ...from } as Record<string, string>;
      await problemIn(await signIn({ key: KEYS[0] }, headers), 403);
    }
    const same = { 'Content-Type': type, Origin: 'http://localhost' };
    expect((await signIn({ key: KEYS[0] }, same)).status).toBe(303);
  });

  it('makes the cookie one for TLS only where a trusted proxy has TLS', async () => {
    const behind = await openApp({ apiKeys: KEYS, trustedProxies: 1 });
    const post = (scheme: string) =>
      behind.request('/sign-in', {
        method: 'POST',
        headers: { ...OWN_FORM, 'X-Forwarded-Proto': scheme },
        body: `key=${KEYS[0]}`,
      });
    expect((await post('https')).headers.get('Set-Cookie')).toContain('Secure');
    expect((await post('http')).headers.get('Set-Cookie')).not.toContain('Secure');
    await behind.close();
  });
});

describe('a limit', () => {
  it('is kept for each address, with the fields that say so', async () => {
    const limited = await openApp({ rateLimitPerMinute: 2 });
    const ask = (from: string) => limited.request('/v1/search?q=prison', {}, from);
    expect((await ask('192.0.2.1')).headers.get('RateLimit-Remaining')).toBe('1');
    expect((await ask('192.0.2.1')).headers.get('RateLimit-Remaining')).toBe('0');
    const refused = await ask('192.0.2.1');
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(refused.headers.get('RateLimit-Limit')).toBe('2');
    expect(refused.headers.get('RateLimit')).toMatch(/^"default";r=0;t=\d+$/u);
    expect((await problemIn(refused, 429)).detail).toContain('2 requests in a minute');
    expect((await ask('192.0.2.2')).status).toBe(200);
    expect((await limited.request('/healthz')).headers.get('RateLimit-Limit')).toBeNull();
    await limited.close();
  });

  it('is one for a whole /64 of IPv6, and no header changes whose it is', async () => {
    const limited = await openApp({ rateLimitPerMinute: 1 });
    expect((await limited.request('/', {}, '2001:db8:1:2::1')).status).toBe(200);
    await problemIn(await limited.request('/', {}, '2001:db8:1:2:ffff::9'), 429);
    expect((await limited.request('/', {}, '2001:db8:1:3::1')).status).toBe(200);
    for (const name of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'CF-Connecting-IP']) {
      await problemIn(
        await limited.request('/', { headers: { [name]: '203.0.113.9' } }, '2001:db8:1:2::1'),
        429,
      );
    }
    await limited.close();
  });

  it('is kept for a key wherever it comes from, and for guesses by their address', async () => {
    const limited = await openApp({ rateLimitPerMinute: 2, apiKeys: KEYS });
    const ask = (key: string, from: string) =>
      limited.request('/v1/documents', { headers: bearer(key) }, from);
    expect((await ask(KEYS[0], '192.0.2.1')).status).toBe(200);
    expect((await ask(KEYS[0], '192.0.2.2')).status).toBe(200);
    await problemIn(await ask(KEYS[0], '192.0.2.3'), 429);
    expect((await ask(KEYS[1], '192.0.2.1')).status).toBe(200);
    await problemIn(await ask('guess-1', '192.0.2.1'), 401);
    await problemIn(await ask('guess-2', '192.0.2.1'), 401);
    await problemIn(await ask('guess-3', '192.0.2.1'), 429);
    expect((await ask(KEYS[1], '192.0.2.1')).status, 'the key itself is not guessed').toBe(200);
    await limited.close();
  });
});
