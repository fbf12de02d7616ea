import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { messageOf, ParaciteError } from '../errors.js';
import { openWriter } from '../generate/index.js';
import { type Operations, Serving } from '../serving/index.js';
import { createApp } from './app.js';
import { type HttpServer, httpServer } from './listener.js';
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
/** How long a client is waited for, in milliseconds. */
export interface Patience {
  /** For the next request on a connection. */
  readonly keepAliveTimeout: number;
  /** For the headers, and for the whole of a request. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** How often that is looked at: Node's own half minute would let a slow client stay so much longer. */
  readonly connectionsCheckingInterval: number;
}

export const PATIENCE: Patience = {
  keepAliveTimeout: 5_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
/** Shortest key that nobody guesses, in characters. */
const SAFE_KEY = 16;

/**
 * Listens at once and opens what answers behind it: until then `/healthz` answers and everything else says 503.
 *
 * @throws ParaciteError `config` where the address cannot be listened on, or the language model not opened
 */
export async function startServer(
  config: Config,
  log: Logger,
  patience: Patience = PATIENCE,
): Promise<RunningServer> {
  const onError = (error: unknown, requestId?: string) =>
    log.error({ err: error, requestId }, 'request failed');
  const writer = await openWriter(config, {
    onFallback: ({ reason, status }) =>
      log.warn({ reason, status }, 'no answer of the model; quotations instead'),
  });
  const serving = new Serving(config, log);
  const app = createApp({
    responder: () => serving.state(),
    operations: serving,
    onError,
    onRequest: accessLog(log),
    settings: config,
    writer,
  });
  const listening = await listen(app.fetch, config, patience, onError);
  const { address, port, family } = listening.server.address() as AddressInfo;
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
      await listening.close(GRACE_MS);
      await serving.close();
    },
  };
}

function listen(
  fetch: Hono['fetch'],
  config: Config,
  patience: Patience,
  onError: (error: unknown, requestId?: string) => void,
): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    const listening = httpServer({
      fetch,
      hostname: config.host,
      timeouts: patience,
      onError,
    });
    const { server } = listening;
    server.listen(config.port, config.host, () => resolve(listening));
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
