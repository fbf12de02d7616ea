import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { addressOf, networkOf } from '../../../src/http/access/address.js';

/** The address as the app finds it. */
async function addressIn(
  peer: string | undefined,
  forwarded: string | undefined,
  proxies: number,
): Promise<string> {
  const app = new Hono().get('/', (c) => c.text(addressOf(c, proxies)));
  const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded };
  const env = peer === undefined ? undefined : { incoming: { socket: { remoteAddress: peer } } };
  return (await app.request('/', { headers }, env)).text();
}

describe('the address of a client', () => {
  it.each([
    ['the other end', '203.0.113.7', undefined, 0, '203.0.113.7'],
    ['IPv4 inside IPv6', '::ffff:203.0.113.7', undefined, 0, '203.0.113.7'],
    ['IPv6 with a zone', 'fe80::1%eth0', undefined, 0, 'fe80::1'],
    ['IPv6 in another spelling', '2001:DB8:0:0:0:0:0:1', undefined, 0, '2001:db8::1'],
    ['nobody’s word, where no proxy is trusted', '203.0.113.7', '198.51.100.1', 0, '203.0.113.7'],
    ['what the proxy has seen', '10.0.0.1', '198.51.100.1', 1, '198.51.100.1'],
    ['not what the client wrote before it', '10.0.0.1', '1.2.3.4, 5.6.7.8, 198.51.100.1', 1, '198.51.100.1'],
    [
      'what the outer of two proxies has seen',
      '10.0.0.1',
      '1.2.3.4, 198.51.100.1, 10.0.0.2',
      2,
      '198.51.100.1',
    ],
    ['the other end where a proxy is missing', '10.0.0.1', '198.51.100.1', 2, '10.0.0.1'],
    ['the other end where nothing was forwarded', '10.0.0.1', undefined, 1, '10.0.0.1'],
    ['the other end where it is no address', '10.0.0.1', 'localhost', 1, '10.0.0.1'],
    ['without a port', '10.0.0.1', '198.51.100.1:4711', 1, '198.51.100.1'],
    ['without brackets and a port', '10.0.0.1', '[2001:db8::1]:4711', 1, '2001:db8::1'],
    ['no address without a socket', undefined, undefined, 0, 'unknown'],
  ])('is %s', async (_, peer, forwarded, proxies, address) => {
    expect(await addressIn(peer, forwarded, proxies)).toBe(address);
  });

  it('is an address or "unknown", whatever is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary-ascii' }), fc.nat({ max: 3 }), async (text, proxies) => {
        const forwarded = text.replaceAll(/[^\x20-\x7e]/gu, ' ');
        const address = await addressIn('::1', forwarded, proxies);
        expect(address).toMatch(/^(?:[\da-f:]+|\d+(?:\.\d+){3})$/u);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('the network of an address', () => {
  it('is the address itself in IPv4, and the /64 in IPv6', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('unknown')).toBe('unknown');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('2001:db8:1:3::9')).not.toBe(networkOf('2001:db8:1:2::9'));
  });
});
