import { Hono, type MiddlewareHandler } from 'hono';
import { type AccessOptions, access } from './access.js';
import { keyring } from './keys.js';
import { sessions } from './sessions.js';
import { signIn } from './sign-in.js';

export { isSecure } from './address.js';
export { onlyKnownOrigins } from './origins.js';

export interface AccessSettings
  extends Pick<AccessOptions, 'rateLimitPerMinute' | 'trustedProxies' | 'stylesheet'> {
  /** Keys that clients show; open to everyone where there are none. */
  readonly apiKeys: readonly string[];
}

/** What stands before everything else, and how a person gets past it. */
export function accessOf({ apiKeys, ...settings }: AccessSettings): {
  readonly guard: MiddlewareHandler;
  /** There is nothing to sign in to where no key is needed. */
  readonly routes: Hono;
} {
  const shared = { keys: keyring(apiKeys), sessions: sessions(), ...settings };
  return { guard: access(shared), routes: shared.keys.closed ? signIn(shared) : new Hono() };
}
