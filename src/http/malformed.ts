import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { MAX_HEAD, MAX_HEADERS } from './limits.js';
import { problemBody } from './problems.js';

/** What the parser refuses, by its code; anything else is malformed. */
const REFUSALS: Readonly<Record<string, readonly [status: number, reason: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Request Header Fields Too Large',
    `request line and headers are larger than ${MAX_HEAD} bytes`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request took too long to arrive'],
};

/** Refuses what is no HTTP request, or too much of one, with problem details too: nothing of it reaches the app. */
export function refuseMalformed(server: ServerType): void {
  if ('maxHeadersCount' in server) server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, reason, detail] = REFUSALS[error.code ?? ''] ?? [
      400,
      'Bad Request',
      'this is no HTTP request',
    ];
    // An answer that has begun cannot be followed by another.
    const { _httpMessage: running } = socket as Socket & { _httpMessage?: ServerResponse };
    if (!socket.writable || running?.headersSent) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const body = JSON.stringify(problemBody(status, detail, requestId));
    socket.end(
      [
        `HTTP/1.1 ${status} ${reason}`,
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        `X-Request-Id: ${requestId}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
      () => socket.destroy(),
    );
  });
}
