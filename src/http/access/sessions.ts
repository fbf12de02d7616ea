import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a browser stays signed in, in seconds. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** What a browser holds instead of a key. */
export interface Sessions {
  /** A token for whoever has shown the key of this name. */
  issue(name: string): string;
  /** Name of the key behind a token, or null where the token is not ours or is too old. */
  nameOf(token: string): string | null;
}

/**
 * Nothing is stored: a token is the key's name and an end, signed with a secret of this process. Nobody can make a key of it,
 * and a restart signs everyone out.
 *
 * @param now milliseconds since 1970
 */
export function sessions(now: () => number = Date.now): Sessions {
  const secret = randomBytes(32);
  const sign = (claim: string) => createHmac('sha256', secret).update(claim).digest();
  return {
    issue: (name) => {
      const claim = `${name}.${Math.floor(now() / 1000) + SESSION_SECONDS}`;
      return `${claim}.${sign(claim).toString('base64url')}`;
    },
    nameOf: (token) => {
      const [, claim = '', name = '', end = '', signature = ''] =
        /^(([\w-]+)\.(\d{1,12}))\.([\w-]{43})$/u.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      const own = sign(claim);
      if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
      return Number(end) * 1000 > now() ? name : null;
    },
  };
}
