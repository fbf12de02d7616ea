import { messageOf, ParaciteError } from '../errors.js';
import type { Connection, Database } from './database.js';

/** Number of the advisory lock under which one process at a time changes the tables: "paracite" in base 36, shortened. */
const LOCK = 1_978_012_634;

/**
 * What was changed, in order; never edited, only added to. An index itself stands in a schema of its own (`tables.ts`), so
 * that these few tables rarely change.
 */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    'CREATE EXTENSION IF NOT EXISTS vector',
    // Levenshtein distances, for misspelt words.
    'CREATE EXTENSION IF NOT EXISTS fuzzystrmatch',
    `CREATE TABLE paracite.generations (
       id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       ready boolean NOT NULL DEFAULT false,
       manifest text NOT NULL,
       adapter bytea NOT NULL,
       used_at timestamptz NOT NULL DEFAULT now()
     )`,
    // One row a format and model: versions of the program that cannot read each other's index do not take it from each other.
    `CREATE TABLE paracite.current (
       kind text PRIMARY KEY,
       generation bigint NOT NULL REFERENCES paracite.generations (id)
     )`,
  ],
];

/**
 * Brings the tables up to date. Any number of processes may do so at the same time.
 *
 * @throws ParaciteError `index` where the extensions cannot be made or a later version of Paracite was there
 */
export async function migrate(database: Database): Promise<void> {
  if ((await versionOf(database)) === MIGRATIONS.length) return;
  await database.transaction(async (connection) => {
    await connection.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await connection.query('CREATE SCHEMA IF NOT EXISTS paracite');
    await connection.query(
      'CREATE TABLE IF NOT EXISTS paracite.migrations (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const applied = await appliedIn(connection);
    if (applied > MIGRATIONS.length) {
      throw new ParaciteError(
        'index',
        `the database is of a later version of Paracite (${applied}, not ${MIGRATIONS.length}); upgrade this one, or use another database`,
      );
    }
    for (const [position, statements] of MIGRATIONS.entries()) {
      if (position < applied) continue;
      for (const statement of statements) await apply(connection, statement);
      await connection.query('INSERT INTO paracite.migrations (version) VALUES ($1)', [position + 1]);
    }
  });
}

/** Null before the first migration. */
async function versionOf(database: Database): Promise<number | null> {
  const [row] = await database.query<{ present: boolean }>(
    `SELECT to_regclass('paracite.migrations') IS NOT NULL AS present`,
  );
  return row?.present ? appliedIn(database) : null;
}

async function appliedIn(queries: Pick<Connection, 'query'>): Promise<number> {
  const [row] = await queries.query<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM paracite.migrations',
  );
  return row?.version ?? 0;
}

async function apply(connection: Connection, statement: string): Promise<void> {
  try {
    await connection.query(statement);
  } catch (cause) {
    if (!statement.includes('EXTENSION')) throw cause;
    throw new ParaciteError(
      'index',
      `${statement}: ${messageOf(cause)}; install it on the server (pgvector for vector, contrib for fuzzystrmatch) and let someone with the right make it`,
      { cause },
    );
  }
}
