import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ParaciteError } from '../../errors.js';
import { jsonBody } from '../body.js';
import { problem } from '../problems.js';
import type { RouteOptions } from './options.js';

/**
 * The Model Context Protocol over Streamable HTTP. Nothing is kept between requests, and answers take milliseconds: so each message is
 * answered with JSON in the response to it, there is no stream to listen on (405 on GET) and no session to end.
 */
export function mcp({ ready, onError }: RouteOptions): Hono {
  return new Hono().post('/mcp', async (c) => {
    const message = await jsonBody(c);
    if (Array.isArray(message)) {
      // They would be counted as one request; the protocol has no batches since 2025-06-18.
      throw new ParaciteError('bad_request', 'send each message in a request of its own');
    }
    const accepted = c.req.header('Accept');
    if (accepted !== undefined && !JSON_ACCEPTED.test(accepted)) {
      return problem(
        c,
        406,
        'this answers with application/json; send "Accept: application/json, text/event-stream"',
      );
    }
    const { mcpServer, WebStandardStreamableHTTPServerTransport: Transport } = await protocol();
    const server = mcpServer({
      responder: async () => ready(),
      onError: (error) => onError(error, c.get('requestId')),
      onCall: ({ question }) => {
        if (question !== null) c.set('question', question);
      },
    });
    const transport = new Transport({ enableJsonResponse: true });
    await server.connect(transport);
    const gone = whenAborted(c.req.raw.signal);
    try {
      const answer = transport.handleRequest(asked(c), { parsedBody: message });
      return await inOurWords(c, await Promise.race([answer, gone.promise]));
    } finally {
      gone.forget();
      // Ends what a client that has gone still waits for.
      await server.close();
    }
  });
}

const JSON_ACCEPTED = /(?:^|[\s,])(?:application\/(?:json|\*)|\*\/\*)/iu;

/** The request without its body, which was read. Clients must accept events too, but none are sent: so it does not matter. */
function asked(c: Context): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.set('Accept', 'application/json, text/event-stream');
  return new Request(c.req.url, { method: 'POST', headers });
}

/** Loaded when it is first needed: it takes a third of a second. */
async function protocol() {
  const [{ mcpServer }, { WebStandardStreamableHTTPServerTransport }] = await Promise.all([
    import('../mcp/index.js'),
    import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
  ]);
  return { mcpServer, WebStandardStreamableHTTPServerTransport };
}

/** What the transport answers, with the headers of every other answer; what it refuses, as problem details. */
async function inOurWords(c: Context, response: Response): Promise<Response> {
  if (response.status === 202) return c.body(null, 202);
  const answer = (await response.json()) as JSONRPCMessage;
  if (response.ok) return c.json(answer);
  const detail = 'error' in answer ? answer.error.message : 'this is no message of the protocol';
  return problem(c, response.status as ContentfulStatusCode, detail);
}

function whenAborted(signal: AbortSignal): { readonly promise: Promise<never>; readonly forget: () => void } {
  let onAbort: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(new ParaciteError('cancelled', 'the client went away'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  return { promise, forget: () => signal.removeEventListener('abort', onAbort) };
}
