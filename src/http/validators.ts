import { createHash } from 'node:crypto';
import type { Context } from 'hono';

/** Clients may keep it, and ask each time whether it still holds. */
const CACHE_CONTROL = 'private, no-cache';

/**
 * A validator of what a response says. Made of the words themselves and not of what they were made from, so it changes
 * with the index, the request and the program alike.
 */
export function validatorOf(view: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url')}"`;
}

/** The same for a response that also says what is not worth asking again for, such as the time it took. */
export function weakValidatorOf(view: unknown): string {
  return `W/${validatorOf(view)}`;
}

/** The response, or 304 without a body where the client has it already (RFC 9110, 13.1.2). */
export function unlessKnown(c: Context, validator: string, respond: () => Response): Response {
  c.header('ETag', validator);
  c.header('Cache-Control', CACHE_CONTROL);
  return isKnown(c.req.header('If-None-Match'), validator) ? c.body(null, 304) : respond();
}

/** Validators are compared weakly: with or without `W/`. */
function isKnown(ifNoneMatch: string | undefined, validator: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = validator.replace(/^W\//u, '');
  const given: readonly string[] = ifNoneMatch.match(/"[^"]*"/gu) ?? [];
  return given.includes(opaque);
}
