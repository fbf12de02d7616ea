import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { type ErrorCode, messageOf, ParaciteError } from '../errors.js';

const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  bad_request: 400,
  // Nobody reads it; what counts statuses finds the number that servers have agreed on.
  cancelled: 499 as ContentfulStatusCode,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  too_many_requests: 429,
  not_ready: 503,
  overloaded: 503,
  timeout: 504,
  config: 500,
  corpus: 500,
  index: 500,
  model: 500,
};

export const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Request timeout',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  417: 'Expectation failed',
  429: 'Too many requests',
  431: 'Header fields too large',
  499: 'Client closed request',
  500: 'Internal error',
  503: 'Not ready',
  504: 'Timed out',
};

/** All that a client is told of an error that is not its own. */
export const UNKNOWN = 'The request could not be answered; the server log has the reason.';

/** Seconds after which a client may try again: while the index is built, and while too many requests wait. */
const RETRY_AFTER_SECONDS = { not_ready: 5, overloaded: 1 } as const;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Id of the request, as the log has it. */
  readonly requestId?: string | undefined;
}

/** Problem details (RFC 9457). */
export function problemBody(
  status: number,
  detail: string,
  requestId: string | undefined,
  title = TITLES[status] ?? 'Error',
): Problem {
  const type = `urn:paracite:problem:${title.toLowerCase().replaceAll(' ', '-')}`;
  return { type, title, status, detail, ...(requestId !== undefined && { requestId }) };
}

/** A response that has problem details. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
  title?: string,
): Response {
  return c.body(JSON.stringify(problemBody(status, detail, c.get('requestId'), title)), status, {
    'Content-Type': 'application/problem+json',
    ...headers,
  });
}

/** The one place that turns what was thrown into a response. What is not known is told to the log, not to the client. */
export function problemOf(error: unknown, c: Context, log: (error: unknown) => void): Response {
  if (c.req.raw.signal.aborted) return problem(c, STATUS.cancelled, 'the client went away');
  if (isForClients(error)) {
    const { code, message } = error;
    if (code === 'not_ready' || code === 'overloaded') {
      const after = { 'Retry-After': String(RETRY_AFTER_SECONDS[code]) };
      return problem(c, 503, message, after, code === 'overloaded' ? 'Overloaded' : undefined);
    }
    return problem(c, STATUS[code], message);
  }
  if (error instanceof HTTPException)
    return problem(c, error.status as ContentfulStatusCode, messageOf(error) || 'This is not allowed.');
  log(error);
  return problem(c, 500, UNKNOWN);
}

/** Whether an error says something that a client may know and can act on. */
function isForClients(error: unknown): error is ParaciteError {
  if (!(error instanceof ParaciteError)) return false;
  return STATUS[error.code] < 500 || ['not_ready', 'overloaded', 'timeout'].includes(error.code);
}

/** The same for a client that reads no status: what is wrong and what to do, on one line. What is not known is told to the log. */
export function adviceOf(error: unknown, log: (error: unknown) => void): string {
  if (!isForClients(error)) {
    log(error);
    return UNKNOWN;
  }
  const { code, message } = error;
  return code === 'not_ready' ? `${message}; try again in ${RETRY_AFTER_SECONDS[code]} s` : message;
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
