import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import type { openAiError } from '../contract/door-bodies.js';
import type { Problem } from '../problems.js';

type OpenAiError = z.output<typeof openAiError>['error'];

/** Says problem details in OpenAI's shape, whichever part of the server they come from. */
export const openAiErrors: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.get('Content-Type')?.startsWith('application/problem+json')) return;
  const { detail, status } = (await c.res.json()) as Problem;
  const headers = new Headers(c.res.headers);
  headers.set('Content-Type', 'application/json');
  const body: { error: OpenAiError } = {
    error: { message: detail, type: typeOf(status), param: null, code: CODES[status] ?? null },
  };
  c.res = new Response(JSON.stringify(body), { status, headers });
};

/** An error that the client can mend, with the parameter that it is about. */
export function refuse(
  c: Context,
  status: ContentfulStatusCode,
  { message, param, code }: Pick<OpenAiError, 'message' | 'param' | 'code'>,
): Response {
  return c.json({ error: { message, type: typeOf(status), param, code } }, status);
}

const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  429: 'rate_limit_exceeded',
};

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
