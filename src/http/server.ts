import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { messageOf, ParaciteError } from '../errors.js';
import { type Operations, Serving } from '../serving/index.js';
import { createApp } from './app.js';

/** A running server. */
export interface RunningServer {
  readonly url: string;
  /** Settles when questions can be answered, or with the reason why they never will. */
  readonly ready: Promise<void>;
  readonly operations: Operations;
  /** Takes no more requests, finishes those that run, and closes everything. */
  close(): Promise<void>;
}

/** Longest time that running requests get to finish when the server stops, in milliseconds. */
const GRACE_MS = 10_000;
/** Connections that a client holds open longer than this after the last answer are closed, in milliseconds. */
const KEEP_ALIVE_MS = 5_000;
/** Longest time for the headers and for the whole of a request to arrive, in milliseconds. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/**
 * Listens at once and opens what answers behind it: until then `/healthz` answers and everything else says 503.
 *
 * @throws ParaciteError `config` where the address cannot be listened on
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const serving = new Serving(config, log);
  const app = createApp({
    responder: () => serving.state(),
    operations: serving,
    onError: (error) => log.error({ err: error }, 'request failed'),
  });
  const server = await listen(app.fetch, config);
  const { address, port, family } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  log.info({ url }, 'listening');
  return {
    url,
    ready: serving.open(),
    operations: serving,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections();
      }, GRACE_MS).unref();
      await closed;
      await serving.close();
    },
  };
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], config: Config): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch,
        hostname: config.host,
        port: config.port,
        serverOptions: {
          keepAliveTimeout: KEEP_ALIVE_MS,
          headersTimeout: HEADERS_MS,
          requestTimeout: REQUEST_MS,
        },
      },
      () => resolve(server),
    );
    server.once('error', (cause) =>
      reject(
        new ParaciteError(
          'config',
          `cannot listen on ${config.host}:${config.port}: ${messageOf(cause)}; set HOST or PORT`,
          {
            cause,
          },
        ),
      ),
    );
  });
}
