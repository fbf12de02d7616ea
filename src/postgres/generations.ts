import { createHash } from 'node:crypto';
import path from 'node:path';
import { ParaciteError } from '../errors.js';
import { FORMAT, type Manifest, type Pointer } from '../index/index.js';
import type { Database } from './database.js';

/** Age from which a generation that nobody says to use is dropped: as for folders, in minutes. */
const LEFT_OVER_MINUTES = 10;
/** How often a generation is said to be in use, in milliseconds. */
const HOLD_MS = 60_000;

/** One index in the database: a row here, and a schema with its tables. It never changes once it is ready. */
export interface Generation {
  readonly id: string;
  readonly manifest: Manifest;
  /** Of the adapter, [dimension, dimension], row-major. */
  readonly adapter: Float32Array;
}

/** Schema of a generation's tables. */
export function schemaOf(id: string): string {
  return `paracite_${id}`;
}

/** The id behind a pointer. */
export function idOf({ folder }: Pointer): string {
  const id = /^paracite_(\d+)$/u.exec(folder)?.[1];
  if (id === undefined) throw new ParaciteError('index', `${folder} is not an index of a database`);
  return id;
}

/**
 * Programs that read the same tables with the same encoder share an index.
 *
 * @param model name, path or identity ("bundled@0123...") of the encoder
 */
function kindOf(model: string): string {
  return `${FORMAT} ${path.basename(model).replace(/@[^@]*$/u, '')}`;
}

/** The generation in use. Null where there is none for this format and model. */
export async function currentPointer(database: Database, model: string): Promise<Pointer | null> {
  const [row] = await database.query<{ id: string; manifest: string }>(
    `SELECT g.id, g.manifest FROM paracite.current c JOIN paracite.generations g ON g.id = c.generation
     WHERE c.kind = $1 AND g.ready`,
    [kindOf(model)],
  );
  return row ? { folder: schemaOf(row.id), manifestSha256: sha256(row.manifest) } : null;
}

/** @throws ParaciteError `not_ready` where it was dropped */
export async function readGeneration(database: Database, pointer: Pointer): Promise<Generation> {
  const id = idOf(pointer);
  const [row] = await database.query<{ manifest: string; adapter: Buffer }>(
    'SELECT manifest, adapter FROM paracite.generations WHERE id = $1 AND ready',
    [id],
  );
  if (!row) throw new ParaciteError('not_ready', 'the index in the database is gone; another is opened');
  const bytes = Uint8Array.from(row.adapter);
  return { id, manifest: JSON.parse(row.manifest) as Manifest, adapter: new Float32Array(bytes.buffer) };
}

/** Begins a generation, which nobody sees before it is published. */
export async function beginGeneration(
  database: Database,
  manifest: Manifest,
  adapter: Float32Array,
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    'INSERT INTO paracite.generations (manifest, adapter) VALUES ($1, $2) RETURNING id',
    [JSON.stringify(manifest), Buffer.from(adapter.buffer, adapter.byteOffset, adapter.byteLength)],
  );
  if (!row) throw new Error('a generation was not begun');
  return row.id;
}

/** Makes a generation that is whole the one in use: the one step of the swap. */
export async function publish(database: Database, id: string, model: string): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.query('UPDATE paracite.generations SET ready = true, used_at = now() WHERE id = $1', [
      id,
    ]);
    await connection.query(
      `INSERT INTO paracite.current (kind, generation) VALUES ($1, $2)
       ON CONFLICT (kind) DO UPDATE SET generation = excluded.generation`,
      [kindOf(model), id],
    );
  });
}

/**
 * Says that a generation is in use, so that nobody drops it, and drops what nobody uses.
 *
 * @returns ends that
 */
export function holdGeneration(database: Database, id: string): () => void {
  const touch = async () => {
    await database.query('UPDATE paracite.generations SET used_at = now() WHERE id = $1', [id]);
    await dropUnused(database);
  };
  // A database that is away is told by whoever searches it.
  const tick = () => void touch().catch(() => undefined);
  tick();
  const timer = setInterval(tick, HOLD_MS).unref();
  return () => clearInterval(timer);
}

/** Drops generations that are not in use: earlier ones, and loads that were never finished. */
export async function dropUnused(database: Database): Promise<void> {
  const unused = `id NOT IN (SELECT generation FROM paracite.current)
    AND used_at < now() - interval '${LEFT_OVER_MINUTES} minutes'`;
  const rows = await database.query<{ id: string }>(`SELECT id FROM paracite.generations WHERE ${unused}`);
  for (const { id } of rows) await dropGeneration(database, id, unused);
}

/** @param where beside its id: looked at again under the lock, since somebody may have begun to use it */
export async function dropGeneration(database: Database, id: string, where = 'true'): Promise<void> {
  await database.transaction(async (connection) => {
    const deleted = await connection.query(
      `DELETE FROM paracite.generations WHERE id = $1 AND ${where} RETURNING id`,
      [id],
    );
    if (deleted.length > 0) await connection.query(`DROP SCHEMA IF EXISTS ${schemaOf(id)} CASCADE`);
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
