import { isIPv4, isIPv6 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** What stands for the address where there is no socket. */
const NOWHERE = 'unknown';

/**
 * Address of the client: the other end of the connection, or what the outermost trusted proxy has seen. Whatever a client
 * itself writes into `X-Forwarded-For` stands further left, and is not read.
 */
export function addressOf(c: Context, trustedProxies: number): string {
  const bindings: Partial<HttpBindings> | undefined = c.env;
  const peer = bindings?.incoming?.socket?.remoteAddress ?? NOWHERE;
  if (trustedProxies === 0) return plain(peer) ?? NOWHERE;
  const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').map((part) => part.trim());
  return plain(forwarded.at(-trustedProxies) ?? '') ?? plain(peer) ?? NOWHERE;
}

/** Whether the client came over TLS: to this process, or to the proxy in front of it. */
export function isSecure(c: Context, trustedProxies: number): boolean {
  if (trustedProxies > 0) return c.req.header('X-Forwarded-Proto')?.split(',').at(-1)?.trim() === 'https';
  return new URL(c.req.url).protocol === 'https:';
}

/**
 * What a limit is kept for: an IPv4 address, or the /64 of an IPv6 address, of which one client has 2^64.
 *
 * @param address as `addressOf` gives it
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  const network = [...front, ...(tail === undefined ? [] : zeros), ...back].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** An address without port, zone and the prefix of IPv4 in IPv6; null where it is none. */
function plain(value: string): string | null {
  const bare = value.replace(/^\[([^\]]*)\](?::\d+)?$/u, '$1').replace(/%.*$/u, '');
  const mapped = bare.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/^(\d+(?:\.\d+){3}):\d+$/u, '$1');
  if (isIPv4(mapped)) return mapped;
  // The URL parser writes every IPv6 address in one way, dotted endings included.
  return isIPv6(bare) ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : null;
}
