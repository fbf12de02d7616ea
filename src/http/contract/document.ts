import { z } from 'zod';
import { TITLES } from '../problems.js';
import { askBody, verifyBody } from '../schemas.js';
import * as bodies from './bodies.js';
import * as doors from './door-bodies.js';
import { DOOR_OPERATIONS } from './door-operations.js';
import { type Answer, HEADERS, type HeaderName, JSON_TYPE, type Operation } from './operation.js';
import { RECORD_OPERATIONS } from './record-operations.js';
import { SERVICE_OPERATIONS } from './service-operations.js';

type Json = Readonly<Record<string, unknown>>;

/** What is said by name. */
const NAMES: Readonly<Record<string, z.ZodType>> = {
  AskRequest: askBody,
  VerifyRequest: verifyBody,
  AskAnswer: bodies.askAnswer,
  SearchAnswer: bodies.searchAnswer,
  VerifyAnswer: bodies.verifyAnswer,
  DraftAnswer: bodies.draftAnswer,
  DigestAnswer: bodies.digestAnswer,
  Passage: bodies.passage,
  Citation: bodies.citation,
  ScopeTerm: bodies.scopeTerm,
  PassagesEvent: bodies.passagesEvent,
  SentenceEvent: bodies.sentence,
  DocumentList: bodies.documentList,
  DocumentSummary: bodies.documentSummary,
  DocumentDetail: bodies.documentDetail,
  Paragraph: bodies.paragraphAnswer,
  ReindexProgress: bodies.reindexProgress,
  ChatRequest: doors.chatRequest,
  ChatAnswer: doors.chatAnswer,
  ChatChunk: doors.chatChunk,
  Model: doors.model,
  OpenAiError: doors.openAiError,
  Problem: bodies.problemDetails,
};

const PROBLEM_TYPE = 'application/problem+json';
const RATE_LIMIT_HEADERS = [
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
  'RateLimit',
] as const;

/** Fields that come with a problem of a status. */
const PROBLEM_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After', ...RATE_LIMIT_HEADERS],
  503: ['Retry-After'],
};

/** Version of the interface, not of the program. */
export const INTERFACE_VERSION = '1.0.0';

/** The contract as an OpenAPI 3.1 document, made of the schemas that check requests. */
export function contract(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Paracite',
      version: INTERFACE_VERSION,
      summary: 'Questions to an official record, answered with its own words or not at all.',
      description:
        "Errors are problem details (RFC 9457), or in OpenAI's shape where its interface is spoken; a method that a path does not take is refused with 405 and `Allow`. Answers may gain fields.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    // The empty one: without API_KEYS nobody needs a key.
    security: [{ key: [] }, { session: [] }, {}],
    tags: [
      { name: 'Ask' },
      { name: 'Documents' },
      { name: 'Doors', description: 'The same for programs that speak an interface of others.' },
      { name: 'Operation' },
      { name: 'Access', description: 'Only where API_KEYS are set.' },
    ],
    paths: pathsOf([...RECORD_OPERATIONS, ...DOOR_OPERATIONS, ...SERVICE_OPERATIONS]),
    components: {
      schemas: namedSchemas(),
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, header]) => [
          name,
          { ...header, required: !name.startsWith('RateLimit') },
        ]),
      ),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'One of API_KEYS.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'paracite_session',
          description: 'What /sign-in gives a browser.',
        },
      },
    },
  };
}

function pathsOf(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: operationOf(operation) };
  }
  return paths;
}

function operationOf(operation: Operation): Json {
  const { id, tag, summary, description, body, access } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    ...(access !== 'key' && { security: [] }),
    parameters: [
      ...parametersOf('path', operation.pathParameters),
      ...parametersOf('query', operation.queryParameters),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { [body.type]: { schema: schemaOf(body.schema), example: body.example } },
      },
    }),
    responses: responsesOf(operation),
  };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

function responsesOf({ answers, problems, access, errors }: Operation): Json {
  const byAccess = { key: [401, 414, 429, 500], open: [414, 429], free: [414] }[access];
  const refused = [...problems, ...byAccess.filter((status) => status !== 500 || errors !== 'in-answer')];
  return {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, responseOf(answer, access)]),
    ),
    ...Object.fromEntries(refused.map((status) => [status, problemResponse(status, access, errors)])),
  };
}

function responseOf({ description, content, headers = [] }: Answer, access: Operation['access']): Json {
  return {
    description,
    headers: headersOf(headers, access),
    ...(content && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, { schema, examples = {} }]) => [
          type,
          {
            schema: schemaOf(schema),
            examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
          },
        ]),
      ),
    }),
  };
}

function problemResponse(status: number, access: Operation['access'], errors: Operation['errors']): Json {
  const content =
    errors === 'openai'
      ? { [JSON_TYPE]: { schema: schemaOf(doors.openAiError) } }
      : { [PROBLEM_TYPE]: { schema: schemaOf(bodies.problemDetails) } };
  return {
    description: TITLES[status],
    headers: headersOf(PROBLEM_HEADERS[status] ?? [], access),
    content,
  };
}

function headersOf(names: readonly HeaderName[], access: Operation['access']): Json {
  const all = new Set<HeaderName>([
    'X-Request-Id',
    ...names,
    ...(access === 'free' ? [] : RATE_LIMIT_HEADERS),
  ]);
  return Object.fromEntries([...all].map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** A schema as JSON Schema 2020-12: by reference where it has a name. */
function schemaOf(schema: z.ZodType): Json {
  const [name] = Object.entries(NAMES).find(([, named]) => named === schema) ?? [];
  if (name !== undefined) return { $ref: referenceTo(name) };
  const { $schema, '~standard': _, ...rest } = z.toJSONSchema(schema, SETTINGS) as Record<string, unknown>;
  return rest;
}

function namedSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMES)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...SETTINGS, uri: referenceTo });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema, $id, ...rest }]) => [name, rest]));
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** How schemas are written as JSON Schema. */
export const SETTINGS = {
  // What a client sends; and answers have nothing that differs between in and out, but may gain fields.
  io: 'input',
  override: ({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }) => {
    // Bounds of the number type say nothing.
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  },
} as const;
