import { z } from 'zod';
import { askBody, searchQuery, verifyBody } from '../schemas.js';
import * as bodies from './bodies.js';
import * as examples from './examples.js';

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
  readonly tag: 'Ask' | 'Documents' | 'Operation' | 'Access';
  readonly summary: string;
  readonly description?: string;
  /** Parameters of the path and of the query. */
  readonly path_?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: { readonly type: string; readonly schema: z.ZodType; readonly example: unknown };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses that come as problem details. */
  readonly problems: readonly number[];
  /** `key` needs one where keys are set, `open` does not but is counted, `free` is neither. */
  readonly access: 'key' | 'open' | 'free';
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
    schema: { type: 'string', const: 'Bearer realm="paracite"' },
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

const JSON_TYPE = 'application/json';

function json(description: string, schema: z.ZodType, example?: unknown): Answer {
  const examples = example === undefined ? {} : { examples: { example } };
  return { description, content: { [JSON_TYPE]: { schema, ...examples } } };
}

function unchanging(answer: Answer): Record<number, Answer> {
  return {
    200: { ...answer, headers: ['ETag'] },
    304: { description: 'Nothing has changed since the answer with this ETag.', headers: ['ETag'] },
  };
}

function text(description: string, type: string): Answer {
  return { description, content: { [type]: { schema: z.string() } } };
}

const documentPath = z.object({ id: z.string().describe('Id of the document.') });
const paragraphPath = documentPath.extend({
  n: z
    .string()
    .regex(/^(?:front-matter|[1-9]\d*)$/u)
    .describe('Number of the paragraph, or front-matter.'),
});
const page = (description: string) => text(description, 'text/html; charset=UTF-8');

/** Everything that there is but the pages for people, in the order of the reference. */
export const OPERATIONS: readonly Operation[] = [
  {
    id: 'search',
    method: 'get',
    path: '/v1/search',
    tag: 'Ask',
    summary: 'Find the paragraphs nearest to a query',
    description:
      'One result a paragraph, best first. Filters of one kind widen, kinds narrow. Words such as "in 2022" limit the search too; `scope=false` switches that off.',
    query: searchQuery,
    answers: { 200: json('Ranked paragraphs.', bodies.searchAnswer, examples.SEARCH) },
    problems: [400, 503],
    access: 'key',
  },
  {
    id: 'ask',
    method: 'post',
    path: '/v1/ask',
    tag: 'Ask',
    summary: 'Answer a question with quotations',
    description: [
      'Every quotation is the own words of the source, with the paragraph that they stand in; or `not_found` where the record does not answer.',
      'With `Accept: text/event-stream` the same answer comes as events: `passages` (PassagesEvent), one `citation` (Citation) for each, then `done` (AskAnswer, the whole body).',
      'The answer is complete before the first event, because ranking and quoting take the same few milliseconds; what goes wrong until then is an ordinary problem response, and afterwards an `error` event (Problem).',
      'Whoever closes the connection cancels the work.',
    ].join('\n\n'),
    body: { type: JSON_TYPE, schema: askBody, example: examples.ASK_REQUEST },
    answers: {
      200: {
        description: 'Quotations, or not_found.',
        content: {
          [JSON_TYPE]: {
            schema: bodies.askAnswer,
            examples: { answered: examples.ASK, not_found: examples.NOT_FOUND },
          },
          'text/event-stream': {
            schema: z.string().describe('Server-sent events; `data` is JSON.'),
            examples: { answered: examples.EVENTS },
          },
        },
      },
    },
    problems: [400, 413, 415, 503],
    access: 'key',
  },
  {
    id: 'verify',
    method: 'post',
    path: '/v1/verify',
    tag: 'Ask',
    summary: 'Compare a quotation with the record',
    body: { type: JSON_TYPE, schema: verifyBody, example: examples.VERIFY_REQUEST },
    answers: {
      200: json(
        'The verdict, and the places that the quotation or its parts come from.',
        bodies.verifyAnswer,
        examples.VERIFY,
      ),
    },
    problems: [400, 413, 415, 503],
    access: 'key',
  },
  {
    id: 'listDocuments',
    method: 'get',
    path: '/v1/documents',
    tag: 'Documents',
    summary: 'List the documents',
    answers: unchanging(json('All of them.', bodies.documentList, examples.DOCUMENTS)),
    problems: [503],
    access: 'key',
  },
  {
    id: 'getDocument',
    method: 'get',
    path: '/v1/documents/:id',
    tag: 'Documents',
    summary: 'Metadata and outline of a document',
    path_: documentPath,
    answers: unchanging(json('The document without its text.', bodies.documentDetail, examples.DOCUMENT)),
    problems: [404, 503],
    access: 'key',
  },
  {
    id: 'getSource',
    method: 'get',
    path: '/v1/documents/:id/source',
    tag: 'Documents',
    summary: 'The file as it is',
    description: 'Spans are offsets into this text, in UTF-16 code units.',
    path_: documentPath,
    answers: unchanging(text('The text that every quotation is a part of.', 'text/plain; charset=utf-8')),
    problems: [404, 503],
    access: 'key',
  },
  {
    id: 'getParagraph',
    method: 'get',
    path: '/v1/documents/:id/paragraphs/:n',
    tag: 'Documents',
    summary: 'One paragraph',
    path_: paragraphPath,
    answers: unchanging(
      json('Text, bullets and footnotes, each with its spans.', bodies.paragraphAnswer, examples.PARAGRAPH),
    ),
    problems: [404, 503],
    access: 'key',
  },
  {
    id: 'reindex',
    method: 'post',
    path: '/v1/admin/reindex',
    tag: 'Operation',
    summary: 'Build the index anew from the corpus',
    description: 'The old index answers until the new one is open. Only a server with API_KEYS takes this.',
    answers: {
      202: {
        ...json('It has begun; Location says how it goes.', bodies.reindexProgress, examples.REINDEXING),
        headers: ['Location'],
      },
    },
    problems: [403, 404, 409],
    access: 'key',
  },
  {
    id: 'reindexProgress',
    method: 'get',
    path: '/v1/admin/reindex',
    tag: 'Operation',
    summary: 'How the building goes',
    answers: { 200: json('Progress.', bodies.reindexProgress, examples.REINDEXING) },
    problems: [403, 404],
    access: 'key',
  },
  {
    id: 'health',
    method: 'get',
    path: '/healthz',
    tag: 'Operation',
    summary: 'The process is up',
    answers: { 200: json('It is.', bodies.up, { status: 'up' }) },
    problems: [],
    access: 'free',
  },
  {
    id: 'readiness',
    method: 'get',
    path: '/readyz',
    tag: 'Operation',
    summary: 'Questions can be answered',
    answers: { 200: json('They can.', bodies.ready, { status: 'ready', index: examples.ASK.index }) },
    problems: [503],
    access: 'free',
  },
  {
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    tag: 'Operation',
    summary: 'Counts and times for Prometheus',
    answers: { 200: text('Prometheus text format.', 'text/plain; version=0.0.4; charset=utf-8') },
    problems: [],
    access: 'key',
  },
  {
    id: 'contract',
    method: 'get',
    path: '/openapi.json',
    tag: 'Operation',
    summary: 'This document',
    answers: unchanging(json('OpenAPI 3.1.', z.looseObject({ openapi: z.literal('3.1.0') }))),
    problems: [],
    access: 'open',
  },
  {
    id: 'reference',
    method: 'get',
    path: '/docs',
    tag: 'Operation',
    summary: 'This document as a page',
    answers: { 200: page('The page.') },
    problems: [],
    access: 'open',
  },
  {
    id: 'referenceAsset',
    method: 'get',
    path: '/docs/assets/:file',
    tag: 'Operation',
    summary: 'What that page is drawn with',
    path_: z.object({ file: z.enum(['start.js', 'swagger-ui-bundle.js', 'swagger-ui.css']) }),
    answers: unchanging({
      description: 'Script or style.',
      content: {
        'text/javascript; charset=utf-8': { schema: z.string() },
        'text/css; charset=utf-8': { schema: z.string() },
      },
    }),
    problems: [404],
    access: 'free',
  },
  {
    id: 'signInPage',
    method: 'get',
    path: '/sign-in',
    tag: 'Access',
    summary: 'The page that asks a person for a key',
    query: z.object({ next: z.string().optional().describe('Path to go to afterwards.') }),
    answers: { 200: page('The page.') },
    problems: [],
    access: 'open',
  },
  {
    id: 'signIn',
    method: 'post',
    path: '/sign-in',
    tag: 'Access',
    summary: 'Exchange a key for a cookie',
    body: {
      type: 'application/x-www-form-urlencoded',
      schema: z.object({ key: z.string(), next: z.string().optional() }),
      example: { key: 'KEY', next: '/' },
    },
    answers: {
      303: { description: 'Signed in for twelve hours.', headers: ['Location'] },
      401: page('The key is not known; the page again.'),
    },
    problems: [403, 413],
    access: 'open',
  },
  {
    id: 'signOut',
    method: 'post',
    path: '/sign-out',
    tag: 'Access',
    summary: 'Give the cookie back',
    answers: { 303: { description: 'Signed out.', headers: ['Location'] } },
    problems: [403],
    access: 'open',
  },
];
