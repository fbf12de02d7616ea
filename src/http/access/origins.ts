import type { MiddlewareHandler } from 'hono';
import { type Config, isLoopback } from '../../config.js';
import { ParaciteError } from '../../errors.js';

/**
 * Keeps pages of other sites away from what takes no cookie and no form (Model Context Protocol, Transports, Security): a browser says
 * which origin a page has, and it must be this server's own or one of `CORS_ORIGINS`. A page whose host name was made to point to this
 * machine (DNS rebinding) looks like our own; so a server that only this machine reaches, and that asks for no key, answers to names of
 * this machine only.
 *
 * @throws ParaciteError `forbidden`
 */
export function onlyKnownOrigins({
  apiKeys,
  corsOrigins,
  host,
  trustedProxies,
}: Pick<Config, 'apiKeys' | 'corsOrigins' | 'host' | 'trustedProxies'>): MiddlewareHandler {
  const onlyLocal = isLoopback(host) && apiKeys.length === 0 && trustedProxies === 0;
  return async (c, next) => {
    const own = new URL(c.req.url);
    if (onlyLocal && !isLoopback(own.hostname.replace(/^\[|\]$/gu, ''))) {
      throw new ParaciteError(
        'forbidden',
        'this server answers to localhost only; set API_KEYS, or TRUST_PROXY where a proxy stands in front',
      );
    }
    const origin = c.req.header('Origin');
    if (origin !== undefined && !isKnown(origin, own.host, corsOrigins)) {
      throw new ParaciteError(
        'forbidden',
        'pages of this origin may not ask here; CORS_ORIGINS names those that may',
      );
    }
    await next();
  };
}

function isKnown(origin: string, ownHost: string, known: readonly string[]): boolean {
  if (known.includes('*') || known.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === ownHost;
}
