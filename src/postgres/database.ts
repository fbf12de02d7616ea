import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { messageOf, ParaciteError } from '../errors.js';
import { HNSW } from '../index/index.js';

/** Connections of one process. A search takes one for some milliseconds. */
const MAX_CONNECTIONS = 4;
/** Longest time until a connection is made, in milliseconds: a server that is gone is told soon. */
const CONNECT_MS = 3_000;
/** Time beside the server's own timeout after which a connection that says nothing is given up, in milliseconds. */
const SILENCE_MS = 1_000;
/** Longest time that a timer can wait, in milliseconds. */
const NO_TIMEOUT = 2 ** 31 - 1;

/** SQLSTATE codes and classes of a server that goes away, is full, or does not take connections yet. */
const AWAY = /^(?:08|57P0[123]|53[0-9A-Z])/u;
/** Of wrong credentials, databases and rights: a setting is wrong. */
const REFUSED = /^(?:28|3D000|42501)/u;
/** The server gave up a statement that took too long. */
const CANCELLED = '57014';
/** Tables that are not there: of an index that was dropped, or before the first migration. */
const MISSING = /^(?:3F000|42P01)$/u;

/**
 * Errors of Node and `pg` before a server has said anything that trying again does not mend: a certificate that is not
 * trusted, a file of the address that cannot be read, a server without the TLS that the address asks for.
 */
const WRONG_ADDRESS =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|HOSTNAME_MISMATCH|ERR_TLS_\w+|ERR_SSL_\w+|ERR_OSSL_\w+)$/u;
const NO_TLS = /server does not support SSL/u;

export type Values = readonly unknown[];

export interface Queries {
  query<R extends pg.QueryResultRow>(text: string, values?: Values): Promise<R[]>;
}

/** One connection that a piece of work has for itself. */
export interface Connection extends Queries {
  /** COPY in its binary format. Undone by the server where the stream ends with an error. */
  copy(table: string, columns: readonly string[], bytes: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface DatabaseOptions {
  /** "postgres://user:password@host/database"; `sslmode` and the like as in libpq's addresses. */
  readonly url: string;
  /** Longest time of a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
}

/** A pool of connections. Makes new ones by itself when the old ones are lost. */
export class Database implements Queries {
  readonly #pool: pg.Pool;

  constructor({ url, statementTimeoutMs }: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: verifying(url),
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: statementTimeoutMs + SILENCE_MS,
      keepAlive: true,
      application_name: 'paracite',
      // Compiling a search takes longer than the search.
      onConnect: async (client) => {
        await client.query(`SET statement_timeout = ${statementTimeoutMs}`);
        await client.query('SET jit = off');
        await client.query(`SET hnsw.ef_search = ${HNSW.ef}`);
        // Of pgvector 0.8; before that filtered searches are exact.
        await client.query("SET hnsw.iterative_scan = 'strict_order'").catch(() => undefined);
      },
    });
    // A connection that was lost while nothing used it: the next query makes another.
    this.#pool.on('error', () => undefined);
  }

  /** @throws ParaciteError as `errorOf` says */
  async query<R extends pg.QueryResultRow>(text: string, values: Values = []): Promise<R[]> {
    try {
      const { rows } = await this.#pool.query<R>(text, [...values]);
      return rows;
    } catch (error) {
      throw errorOf(error);
    }
  }

  /** Does all of the work or nothing of it. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return this.connected(async (connection) => {
      await connection.query('BEGIN');
      const result = await work(connection);
      await connection.query('COMMIT');
      return result;
    });
  }

  /**
   * Work on one connection of its own, without a limit of time. It is closed at the end, and so rolled back where the work fails.
   *
   * @throws ParaciteError as `errorOf` says
   */
  async connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    // What is told between two statements is told again by the next one.
    const onError = () => undefined;
    try {
      client = await this.#pool.connect();
      client.on('error', onError);
      await client.query('SET statement_timeout = 0');
      return await work(connectionOf(client));
    } catch (error) {
      throw errorOf(error);
    } finally {
      client?.release(true);
      client?.off('error', onError);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/**
 * `pg` verifies certificates for every `sslmode` from `prefer` on, and prints that a later version will not. Said outright it
 * stays so, without a word; `uselibpqcompat` is left to mean what it says.
 */
function verifying(url: string): string {
  return url.includes('uselibpqcompat=')
    ? url
    : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/u, '$1verify-full');
}

function connectionOf(client: pg.PoolClient): Connection {
  return {
    query: async <R extends pg.QueryResultRow>(text: string, values: Values = []) => {
      const { rows } = await client.query<R>({
        text,
        values: [...values],
        query_timeout: NO_TIMEOUT,
      } as pg.QueryConfig);
      return rows;
    },
    copy: async (table, columns, bytes) => {
      const stream = client.query(
        copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`),
      );
      await pipeline(bytes, stream);
    },
  };
}

/**
 * What a failed query is to the rest of Paracite: `not_ready` where the server is away or the tables are gone, so that it
 * is tried again; `timeout`; `config` where the server refuses; otherwise the error as it is.
 */
function errorOf(error: unknown): unknown {
  if (error instanceof ParaciteError) return error;
  // A mistake of the program's own.
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const { code, syscall } = (error ?? {}) as { readonly code?: unknown; readonly syscall?: unknown };
  const state = error instanceof pg.DatabaseError ? String(code) : null;
  const told = (kind: 'not_ready' | 'timeout' | 'config', message: string) =>
    new ParaciteError(kind, message, { cause: error });
  if (state === CANCELLED) return told('timeout', 'the database took too long; try again later');
  // A socket that is not there is a server that is away.
  const unreadable = syscall === 'open';
  const refused =
    state === null
      ? unreadable || WRONG_ADDRESS.test(String(code)) || NO_TLS.test(messageOf(error))
      : REFUSED.test(state);
  if (refused) return told('config', `INDEX_URL: ${messageOf(error)}`);
  if (state !== null && MISSING.test(state))
    return told('not_ready', 'the index in the database is gone; another is opened');
  if (state === null || AWAY.test(state))
    return told('not_ready', `the database cannot be reached: ${messageOf(error)}`);
  return error;
}
