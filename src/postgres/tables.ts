import { HNSW, VECTORS, type VectorsName } from '../index/index.js';
import type { Connection } from './database.js';
import { schemaOf } from './generations.js';

/**
 * The tables of one index.
 *
 * - `documents`: each whole, as it was read.
 * - `paragraphs`: by ordinal; `centroid` is the mean of its questions.
 * - `chunks`, `questions`, `unanswered`, `headings`: entries, by row, with their vectors. As `json`, which is handed out as it
 *   was written; `jsonb` is put together anew for every row of a close-up.
 * - `terms`: every word, and in how many paragraphs' text or headings it stands.
 * - `postings`: what a word adds to the BM25+ score of a paragraph, by field.
 */
function tablesOf(dimension: number): Readonly<Record<string, string>> {
  const vector = `vector(${dimension})`;
  return {
    documents:
      'position int NOT NULL, id text NOT NULL, title text NOT NULL, fingerprint text NOT NULL, content bytea NOT NULL',
    paragraphs: `document int NOT NULL, ordinal int NOT NULL, number int NOT NULL, year int, centroid ${vector}`,
    ...Object.fromEntries(
      VECTORS.map((name) => [
        name,
        `document int NOT NULL, paragraph int NOT NULL, row int NOT NULL, entry json NOT NULL, embedding ${vector} NOT NULL`,
      ]),
    ),
    terms: 'id int NOT NULL, term text NOT NULL, frequency int NOT NULL',
    postings:
      'document int NOT NULL, paragraph int NOT NULL, term int NOT NULL, in_text float8 NOT NULL, in_context float8 NOT NULL, in_questions float8 NOT NULL',
  };
}

/** Vectors stand in the row, so that exact cosines read no second table. (`STORAGE` in CREATE TABLE is of PostgreSQL 16.) */
function storageOf(schema: string): string[] {
  const plain = (table: string, column: string) =>
    `ALTER TABLE ${schema}.${table} ALTER COLUMN ${column} SET STORAGE PLAIN`;
  return [plain('paragraphs', 'centroid'), ...VECTORS.map((name) => plain(name, 'embedding'))];
}

/**
 * Vectors of a table from which on it has a graph. Fewer are compared one by one in some milliseconds, and none is missed;
 * a graph of as many would take longer to make than all the rest of a load.
 */
export const GRAPH_FROM = 10_000;

/** Made after the rows are there: quicker, and the graph better. */
function indexesOf(schema: string, graphs: readonly VectorsName[]): string[] {
  return [
    `CREATE INDEX ON ${schema}.paragraphs (ordinal)`,
    ...VECTORS.map((name) => `CREATE INDEX ON ${schema}.${name} (paragraph)`),
    ...graphs.map(
      (name) =>
        `CREATE INDEX ON ${schema}.${name} USING hnsw (embedding vector_ip_ops) WITH (m = ${HNSW.m}, ef_construction = ${HNSW.efConstruction})`,
    ),
    `CREATE UNIQUE INDEX ON ${schema}.terms (term)`,
    `CREATE INDEX ON ${schema}.postings (term)`,
  ];
}

/** Tables that are spread over the nodes by their document where Citus is there; the others stand on each node. */
const BY_DOCUMENT = ['paragraphs', ...VECTORS, 'postings'];
const ON_EACH_NODE = ['documents', 'terms'];

export async function createTables(connection: Connection, id: string, dimension: number): Promise<void> {
  const schema = schemaOf(id);
  await connection.query(`CREATE SCHEMA ${schema}`);
  for (const [name, columns] of Object.entries(tablesOf(dimension))) {
    await connection.query(`CREATE TABLE ${schema}.${name} (${columns})`);
  }
  for (const statement of storageOf(schema)) await connection.query(statement);
  for (const { call, table } of (await hasCitus(connection)) ? distribution(schema) : []) {
    await connection.query(call, table);
  }
}

/** @param graphs tables that get a graph */
export async function createIndexes(
  connection: Connection,
  id: string,
  graphs: readonly VectorsName[],
): Promise<void> {
  for (const statement of indexesOf(schemaOf(id), graphs)) await connection.query(statement);
  // Without statistics the first searches would read whole tables.
  for (const name of Object.keys(tablesOf(1))) await connection.query(`ANALYZE ${schemaOf(id)}.${name}`);
}

async function hasCitus(connection: Connection): Promise<boolean> {
  return (await connection.query(`SELECT FROM pg_extension WHERE extname = 'citus'`)).length > 0;
}

/** All rows of a document stand on one node, so that what is joined is joined there. */
export function distribution(
  schema: string,
): { readonly call: string; readonly table: readonly [string, ...string[]] }[] {
  const [first, ...others] = BY_DOCUMENT.map((name) => `${schema}.${name}`);
  return [
    {
      call: `SELECT create_distributed_table($1::regclass, 'document', colocate_with => 'none')`,
      table: [first ?? ''],
    },
    ...others.map((name) => ({
      call: `SELECT create_distributed_table($1::regclass, 'document', colocate_with => $2)`,
      table: [name, first ?? ''] as const,
    })),
    ...ON_EACH_NODE.map((name) => ({
      call: 'SELECT create_reference_table($1::regclass)',
      table: [`${schema}.${name}`] as const,
    })),
  ];
}
