import { etag, RETAINED_304_HEADERS } from 'hono/etag';

/** What a 304 keeps beside the fields that HTTP wants: who asked, how often they may, and who may read it. */
const KEPT = [
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'RateLimit',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'X-Request-Id',
];

/** Gives an answer an `ETag`, and 304 to whoever has it already. */
export function validated() {
  return etag({ retainedHeaders: [...RETAINED_304_HEADERS, ...KEPT] });
}
