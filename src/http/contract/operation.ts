import { z } from 'zod';

/** What an operation answers with one status. */
export interface Answer {
  readonly description: string;
  /** By media type; a schema, or a text without one. */
  readonly content?: Readonly<
    Record<string, { readonly schema: z.ZodType; readonly examples?: Readonly<Record<string, unknown>> }>
  >;
  /** Fields that it always has. */
  readonly headers?: readonly HeaderName[];
}

export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  /** As Hono writes it, with `:id`. */
  readonly path: string;
  readonly tag: 'Ask' | 'Documents' | 'Doors' | 'Operation' | 'Access';
  readonly summary: string;
  readonly description?: string;
  /** Parameters of the path and of the query. */
  readonly pathParameters?: z.ZodObject;
  readonly queryParameters?: z.ZodObject;
  readonly body?: { readonly type: string; readonly schema: z.ZodType; readonly example: unknown };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses that come as problem details. */
  readonly problems: readonly number[];
  /** `key` needs one where keys are set, `open` does not but is counted, `free` is neither. */
  readonly access: 'key' | 'open' | 'free';
  /**
   * How it says what is wrong where not as problem details: in OpenAI's shape, or, once a message was read, inside its answer, so that a
   * failure of ours is no 500.
   */
  readonly errors?: 'openai' | 'in-answer';
}

export const HEADERS = {
  'X-Request-Id': {
    description: 'Id of the request: the one that came with it where that is well-formed, or a new one.',
    schema: { type: 'string', pattern: '^[\\w=-]{1,128}$' },
  },
  'Retry-After': {
    description: 'Seconds after which it makes sense to try again.',
    schema: { type: 'integer', minimum: 1 },
  },
  'WWW-Authenticate': {
    description: 'How to show a key (RFC 6750).',
    schema: { type: 'string', pattern: '^Bearer realm="paracite"(, error="invalid_token")?$' },
  },
  ETag: {
    description: 'Validator; send it as If-None-Match.',
    schema: { type: 'string', pattern: '^(W/)?"[^"]+"$' },
  },
  Location: {
    description: 'Where to look next.',
    schema: { type: 'string', pattern: '^/' },
  },
  'RateLimit-Limit': {
    description: 'Requests in a minute; only where a limit is set, like the other RateLimit fields.',
    schema: { type: 'integer', minimum: 1 },
  },
  'RateLimit-Remaining': {
    description: 'Requests that are left in this minute.',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Reset': {
    description: 'Seconds until the minute ends.',
    schema: { type: 'integer', minimum: 1 },
  },
  'RateLimit-Policy': {
    description: 'The limit as draft-ietf-httpapi-ratelimit-headers-11 writes it.',
    schema: { type: 'string', pattern: '^"default";q=\\d+;w=60$' },
  },
  RateLimit: {
    description: 'What is left of it, in the same draft.',
    schema: { type: 'string', pattern: '^"default";r=\\d+;t=\\d+$' },
  },
} as const;

export type HeaderName = keyof typeof HEADERS;

export const JSON_TYPE = 'application/json';

/** JSON with an example. */
export function json(description: string, schema: z.ZodType, example?: unknown): Answer {
  const examples = example === undefined ? {} : { examples: { example } };
  return { description, content: { [JSON_TYPE]: { schema, ...examples } } };
}

/** What stays the same until the corpus changes. */
export function unchanging(answer: Answer): Record<number, Answer> {
  return {
    200: { ...answer, headers: ['ETag'] },
    304: { description: 'Nothing has changed since the answer with this ETag.', headers: ['ETag'] },
  };
}

/** A body without a schema. */
export function text(description: string, type: string): Answer {
  return { description, content: { [type]: { schema: z.string() } } };
}
