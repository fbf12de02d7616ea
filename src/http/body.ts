import type { Context } from 'hono';
import { messageOf, ParaciteError } from '../errors.js';
import { checkDepth } from './limits.js';

/**
 * The body of a request, read as JSON.
 *
 * @throws ParaciteError `unsupported_media_type`, or `bad_request` where it is not JSON in UTF-8 or too deep
 */
export async function jsonBody(c: Context): Promise<unknown> {
  const type = c.req.header('Content-Type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/iu.test(type)) {
    throw new ParaciteError('unsupported_media_type', 'send the body as application/json');
  }
  const bytes = await c.req.arrayBuffer();
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    checkDepth(text);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof ParaciteError) throw error;
    throw new ParaciteError('bad_request', `the body is not valid JSON in UTF-8: ${messageOf(error)}`);
  }
}
