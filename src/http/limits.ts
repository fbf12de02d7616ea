import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { ParaciteError } from '../errors.js';

/** Longest request body, in bytes: the longest quotation with every character as a pair of escapes, and its JSON. */
const MAX_BODY = 128 * 1024;
/** The same for the longest draft. */
const MAX_DRAFT_BODY = 2560 * 1024;
/** Where drafts are sent to, and conversations, of which only the end is read. */
const DRAFT_PATHS: readonly string[] = ['/v1/verify', '/verify', '/mcp', '/v1/chat/completions'];
/** Longest path and query, in characters: the longest question with every character as four escaped bytes, and filters. */
const MAX_TARGET = 28 * 1024;
/** Longest request line and headers together, in bytes; most headers, of which further ones are not read. */
export const MAX_HEAD = 40 * 1024;
export const MAX_HEADERS = 100;
/** Deepest JSON; the requests need three levels. */
const MAX_DEPTH = 16;

/** @throws ParaciteError `uri_too_long` */
export const targetLimit = createMiddleware(async (c, next) => {
  const { pathname, search } = new URL(c.req.url);
  if (pathname.length + search.length > MAX_TARGET) {
    throw new ParaciteError('uri_too_long', `path and query are longer than ${MAX_TARGET} characters`);
  }
  await next();
});

/** @throws ParaciteError `too_large` */
export const sizeLimit = createMiddleware((c, next) =>
  (DRAFT_PATHS.includes(c.req.path) ? draftLimit : limit)(c, next),
);
const limit = limitOf(MAX_BODY);
const draftLimit = limitOf(MAX_DRAFT_BODY);

function limitOf(maxSize: number): MiddlewareHandler {
  const onError = () => {
    throw new ParaciteError('too_large', `the request body is larger than ${maxSize} bytes`);
  };
  const counted = bodyLimit({ maxSize, onError });
  return (c, next) => {
    const announced = c.req.header('Content-Length');
    if (announced === undefined || c.req.header('Transfer-Encoding') !== undefined) return counted(c, next);
    if (!(Number(announced) <= maxSize)) return onError();
    // The parser reads no more than was announced. Counting would make a stream of each body, a tenth of a request's cost.
    return next();
  };
}

/**
 * Refuses lists and objects that are nested too deeply before they are read.
 *
 * @throws ParaciteError `bad_request`
 */
export function checkDepth(json: string): void {
  let depth = 0;
  // Strings are skipped as a whole: a bracket in them opens nothing.
  for (const [mark] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gsu)) {
    if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
    if (depth > MAX_DEPTH)
      throw new ParaciteError('bad_request', `the body is nested more than ${MAX_DEPTH} deep`);
  }
}
