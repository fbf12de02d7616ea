import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { type ErrorCode, messageOf, ParaciteError } from '../errors.js';

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  bad_request: 400,
  // Nobody reads it; what counts statuses finds the number that servers have agreed on.
  cancelled: 499 as ContentfulStatusCode,
  not_found: 404,
  too_large: 413,
  unsupported_media_type: 415,
  not_ready: 503,
  overloaded: 503,
  timeout: 504,
  config: 500,
  corpus: 500,
  index: 500,
  model: 500,
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Content too large',
  415: 'Unsupported media type',
  499: 'Client closed request',
  500: 'Internal error',
  503: 'Not ready',
  504: 'Timed out',
};

/** Seconds after which a client may try again: while the index is built, and while too many requests wait. */
const RETRY_AFTER_SECONDS = { not_ready: 5, overloaded: 1 } as const;

/** Problem details (RFC 9457). */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  title = TITLES[status] ?? 'Error',
): Response {
  const type = `urn:paracite:problem:${title.toLowerCase().replaceAll(' ', '-')}`;
  return c.body(JSON.stringify({ type, title, status, detail }), status, {
    'Content-Type': 'application/problem+json',
    ...headers,
  });
}

/** The one place that turns what was thrown into a response. What is not known is told to the log, not to the client. */
export function problemOf(error: unknown, c: Context, log: (error: unknown) => void): Response {
  if (error instanceof ParaciteError && STATUS[error.code] < 500)
    return problem(c, STATUS[error.code], error.message);
  if (error instanceof ParaciteError) {
    const { code, message } = error;
    if (code === 'not_ready' || code === 'overloaded') {
      const after = { 'Retry-After': String(RETRY_AFTER_SECONDS[code]) };
      return problem(c, 503, message, after, code === 'overloaded' ? 'Overloaded' : undefined);
    }
    if (code === 'timeout') return problem(c, 504, message);
  }
  if (error instanceof HTTPException)
    return problem(c, error.status as ContentfulStatusCode, messageOf(error));
  log(error);
  return problem(c, 500, 'The request could not be answered; the server log has the reason.');
}

/** @throws ParaciteError `bad_request` that names each wrong field */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new ParaciteError('bad_request', wrong.join('; '));
}
