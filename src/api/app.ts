import type { Hono } from 'hono';
import type { BlankEnv } from 'hono/types';
import type { z } from 'zod';
import type * as bodies from '../http/contract/bodies.js';
import type * as doors from '../http/contract/door-bodies.js';
import type { askBody, draftBody, verifyBody } from '../http/schemas.js';

/** The interface as types, made of the schemas that check requests and that the contract is made of. */

type RequestErrors = 400 | 401 | 413 | 414 | 415 | 429 | 500 | 503 | 504;
type ReadErrors = 400 | 401 | 404 | 414 | 429 | 500 | 503 | 504;

/** What an operation takes and gives, and how it refuses. */
type Operation<Input, Output, Errors extends number, Problem = z.output<typeof bodies.problemDetails>> =
  | { input: Input; output: Output; outputFormat: 'json'; status: 200 }
  | { input: Input; output: Problem; outputFormat: 'json'; status: Errors };

/** A query as it is written into an address: numbers are text there. */
interface Limits {
  limit?: string;
  year?: string | string[];
  document?: string | string[];
  section?: string | string[];
  scope?: 'true' | 'false';
}

type OpenAiProblem = z.output<typeof doors.openAiError>;

/** Every operation that answers with JSON or a text, by its path and method. */
export interface Operations {
  '/v1/ask': {
    $post: Operation<{ json: z.input<typeof askBody> }, z.output<typeof bodies.askAnswer>, RequestErrors>;
  };
  '/v1/search': {
    $get: Operation<{ query: { q: string } & Limits }, z.output<typeof bodies.searchAnswer>, ReadErrors>;
  };
  '/v1/verify': {
    /** VerifyAnswer for a quote, DraftAnswer for a text. */
    $post: Operation<
      { json: z.input<typeof verifyBody> | Omit<z.input<typeof draftBody>, 'quote'> },
      z.output<typeof bodies.verifyAnswer> | z.output<typeof bodies.draftAnswer>,
      RequestErrors
    >;
  };
  '/v1/digest': {
    $get: Operation<
      { query: { topic: string; format?: 'json' } & Limits },
      z.output<typeof bodies.digestAnswer>,
      ReadErrors
    >;
  };
  '/v1/documents': {
    $get: Operation<Record<never, never>, z.output<typeof bodies.documentList>, ReadErrors>;
  };
  '/v1/documents/:id': {
    $get: Operation<{ param: { id: string } }, z.output<typeof bodies.documentDetail>, ReadErrors>;
  };
  '/v1/documents/:id/source': {
    $get:
      | { input: { param: { id: string } }; output: string; outputFormat: 'text'; status: 200 }
      | {
          input: { param: { id: string } };
          output: z.output<typeof bodies.problemDetails>;
          outputFormat: 'json';
          status: ReadErrors;
        };
  };
  '/v1/documents/:id/paragraphs/:n': {
    $get: Operation<
      { param: { id: string; n: string } },
      z.output<typeof bodies.paragraphAnswer>,
      ReadErrors
    >;
  };
  '/v1/chat/completions': {
    $post: Operation<
      { json: z.input<typeof doors.chatRequest> },
      z.output<typeof doors.chatAnswer>,
      RequestErrors | 404,
      OpenAiProblem
    >;
  };
  '/v1/models': {
    $get: Operation<Record<never, never>, z.output<typeof doors.modelList>, ReadErrors, OpenAiProblem>;
  };
  '/v1/models/:model': {
    $get: Operation<{ param: { model: string } }, z.output<typeof doors.model>, ReadErrors, OpenAiProblem>;
  };
  '/v1/admin/reindex': {
    $post:
      | {
          input: Record<never, never>;
          output: z.output<typeof bodies.reindexProgress>;
          outputFormat: 'json';
          status: 202;
        }
      | {
          input: Record<never, never>;
          output: z.output<typeof bodies.problemDetails>;
          outputFormat: 'json';
          status: ReadErrors | 403;
        };
    $get: Operation<Record<never, never>, z.output<typeof bodies.reindexProgress>, ReadErrors | 403>;
  };
  '/healthz': {
    $get: {
      input: Record<never, never>;
      output: z.output<typeof bodies.up>;
      outputFormat: 'json';
      status: 200;
    };
  };
  '/readyz': { $get: Operation<Record<never, never>, z.output<typeof bodies.ready>, 500 | 503> };
}

/** The server as Hono's RPC sees it: `hc<App>(baseUrl)`. */
export type App = Hono<BlankEnv, { [Path in keyof Operations]: Operations[Path] }, '/'>;
