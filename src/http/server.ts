import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { messageOf, ParaciteError } from '../errors.js';
import { type Operations, Serving } from '../serving/index.js';
import { createApp } from './app.js';
import { httpServer } from './listener.js';
import { accessLog } from './observe/index.js';

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
/** Shortest key that nobody guesses, in characters. */
const SAFE_KEY = 16;

/**
 * Listens at once and opens what answers behind it: until then `/healthz` answers and everything else says 503.
 *
 * @throws ParaciteError `config` where the address cannot be listened on
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const onError = (error: unknown, requestId?: string) =>
    log.error({ err: error, requestId }, 'request failed');
  const serving = new Serving(config, log);
  const app = createApp({
    responder: () => serving.state(),
    operations: serving,
    onError,
    onRequest: accessLog(log),
    settings: config,
  });
  const server = await listen(app.fetch, config, onError);
  const { address, port, family } = server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  log.info({ url }, 'listening');
  if (config.apiKeys.some((key) => key.length < SAFE_KEY)) {
    log.warn(`a key of API_KEYS is shorter than ${SAFE_KEY} characters, and can be guessed`);
  }
  return {
    url,
    ready: serving.open(),
    operations: serving,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      setTimeout(() => {
        server.closeAllConnections();
      }, GRACE_MS).unref();
      await closed;
      await serving.close();
    },
  };
}

function listen(
  fetch: Hono['fetch'],
  config: Config,
  onError: (error: unknown, requestId?: string) => void,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = httpServer({
      fetch,
      hostname: config.host,
      timeouts: { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
      onError,
    });
    server.listen(config.port, config.host, () => resolve(server));
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
