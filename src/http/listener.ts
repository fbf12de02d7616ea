import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { MAX_HEAD, MAX_HEADERS } from './limits.js';
import { problemBody, UNKNOWN } from './problems.js';

export interface ListenerOptions {
  readonly fetch: Hono['fetch'];
  /** Name of the server where a request has none. */
  readonly hostname: string;
  /** Longest times to wait for a client. */
  readonly timeouts: Pick<
    ServerOptions,
    'headersTimeout' | 'keepAliveTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'
  >;
  /** Told of errors that are no client's fault. */
  readonly onError: (error: unknown, requestId: string) => void;
}

/** What a refusal outside the app consists of: problem details like any other, and the end of the connection. */
interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly requestId: string;
  readonly body: string;
}

export interface HttpServer {
  readonly server: Server;
  /**
   * Takes no more connections, and answers what was asked on those that are open, each for the last time.
   *
   * @param graceMs after which what is still open is cut off, in milliseconds
   */
  close(graceMs: number): Promise<void>;
}

/** An HTTP server that gives requests to the app, and refuses with problem details what never gets that far. */
export function httpServer({ fetch, hostname, timeouts, onError }: ListenerOptions): HttpServer {
  const answer = getRequestListener(fetch, {
    hostname,
    errorHandler: (error) => {
      const isRequest = error instanceof RequestError;
      const { status, headers, body, requestId } = isRequest
        ? refusal(400, 'Bad Request', 'host or target of the request are malformed')
        : refusal(500, 'Internal Server Error', UNKNOWN);
      if (!isRequest) onError(error, requestId);
      return new Response(body, { status, headers: headers as Record<string, string> });
    },
  });
  const options = { ...timeouts, maxHeaderSize: MAX_HEAD, requireHostHeader: false };
  const running = new Set<ServerResponse>();
  let closing = false;
  const server = createServer(options, (request, response) => {
    running.add(response);
    response.once('close', () => running.delete(response));
    // Without it a busy client goes on asking on the connection that it has, and is cut off in the end.
    if (closing) response.shouldKeepAlive = false;
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      refuse(response, refusal(400, 'Bad Request', 'the request has no Host header'));
    } else void answer(request, response);
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) =>
    refuse(response, refusal(417, 'Expectation Failed', 'only "Expect: 100-continue" can be met')),
  );
  server.on('clientError', refuseUnread);
  const close = async (graceMs: number) => {
    closing = true;
    for (const response of running) response.shouldKeepAlive = false;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
    await closed;
  };
  return { server, close };
}

/** What the parser refuses, by its code; anything else is malformed. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  // An answer that has begun cannot be followed by another.
  const { _httpMessage: running } = socket as Socket & { _httpMessage?: ServerResponse };
  if (!socket.writable || running?.headersSent) {
    socket.destroy();
    return;
  }
  const { status, reason, headers, body } =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? refusal(
          431,
          'Request Header Fields Too Large',
          `request line and headers are larger than ${MAX_HEAD} bytes`,
        )
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? refusal(408, 'Request Timeout', 'the request took too long to arrive')
        : refusal(400, 'Bad Request', 'this is no HTTP request');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${reason}`, ...lines, '', body].join('\r\n'), () => socket.destroy());
}

function refuse(response: ServerResponse, { status, headers, body }: Refusal): void {
  response.writeHead(status, headers).end(body);
}

function refusal(status: number, reason: string, detail: string): Refusal {
  const requestId = randomUUID();
  const body = JSON.stringify(problemBody(status, detail, requestId));
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'X-Request-Id': requestId,
    Connection: 'close',
  };
  return { status, reason, headers, requestId, body };
}
