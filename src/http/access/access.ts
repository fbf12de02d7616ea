import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { ParaciteError } from '../../errors.js';
import { addressOf, networkOf } from './address.js';
import type { Keyring } from './keys.js';
import { rateLimit, rateLimitHeaders } from './rate-limit.js';
import type { Sessions } from './sessions.js';
import { signInPage } from './sign-in.js';

/** Cookie that a browser gets when it signs in. */
export const COOKIE = 'paracite_session';

/** Probes, and what pages are drawn with: neither a key nor a count. */
const FREE = /^\/(?:healthz|readyz|[\w-]+\.(?:css|js|svg|ico)|(?:docs\/)?assets\/.*)$/u;
/** How to get in: counted, but without a key. The contract is no secret. */
const OPEN: ReadonlySet<string> = new Set(['/sign-in', '/sign-out', '/openapi.json', '/docs']);

export interface AccessOptions {
  readonly keys: Keyring;
  readonly sessions: Sessions;
  /** Most requests a minute; 0 for no limit. */
  readonly rateLimitPerMinute: number;
  readonly trustedProxies: number;
  /** Path of the style of the sign-in page. */
  readonly stylesheet: string;
}

/**
 * Who asks, whether they may, and how often. Counts before it refuses, so that guessing is slow too.
 *
 * @throws ParaciteError `too_many_requests` or `unauthorized`
 */
export function access(options: AccessOptions): MiddlewareHandler {
  const { keys, rateLimitPerMinute, trustedProxies, stylesheet } = options;
  const limit = rateLimitPerMinute > 0 ? rateLimit(rateLimitPerMinute) : null;
  return async (c, next) => {
    const { path } = c.req;
    if (FREE.test(path)) return next();
    const name = nameOf(c, options);
    const address = addressOf(c, trustedProxies);
    c.set('client', name);
    c.set('address', address);
    // What is asked and answered is for whoever asked: no cache in between keeps it.
    c.header('Cache-Control', 'private, no-cache');
    if (limit) {
      const allowance = await (name === null ? limit.ofNetwork(networkOf(address)) : limit.ofKey(name));
      for (const [field, value] of Object.entries(rateLimitHeaders(allowance))) c.header(field, value);
      if (!allowance.allowed) {
        c.header('Retry-After', String(allowance.resetSeconds));
        throw new ParaciteError(
          'too_many_requests',
          `more than ${allowance.limit} requests in a minute; try again in ${allowance.resetSeconds} s`,
        );
      }
    }
    if (keys.closed && name === null && !OPEN.has(path)) {
      const isWrong = c.req.header('Authorization') !== undefined;
      c.header('WWW-Authenticate', `Bearer realm="paracite"${isWrong ? ', error="invalid_token"' : ''}`);
      if (isVisit(c)) return signInPage(c, 401, { stylesheet });
      throw new ParaciteError(
        'unauthorized',
        'this needs a key that is known here: send "Authorization: Bearer KEY", or open /sign-in in a browser',
      );
    }
    return next();
  };
}

/** Name of the key that a request shows, or whose holder has signed in; null where there is none. */
export function nameOf(
  c: Context,
  { keys, sessions }: Pick<AccessOptions, 'keys' | 'sessions'>,
): string | null {
  if (!keys.closed) return null;
  const [, shown] = /^Bearer +(\S+) *$/iu.exec(c.req.header('Authorization') ?? '') ?? [];
  if (shown !== undefined) return keys.nameOf(shown);
  const token = getCookie(c, COOKIE);
  return token === undefined ? null : sessions.nameOf(token);
}

/** Whether a person is at the other end: a browser that wants a page. */
function isVisit({ req }: Context): boolean {
  return (
    req.method === 'GET' && !req.path.startsWith('/v1/') && /\btext\/html\b/u.test(req.header('Accept') ?? '')
  );
}
