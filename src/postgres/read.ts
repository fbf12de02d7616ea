import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings, Progress } from '../embed/index.js';
import {
  type ChunkEntry,
  type ComposedIndex,
  type Entry,
  type HeadingEntry,
  IN_GRAPHS,
  LexicalIndex,
  listOf,
  paragraphsOf,
  QueryAdapter,
  type QuestionEntry,
  sentencesReader,
  type UnansweredEntry,
  VectorIndex,
  type VectorsName,
} from '../index/index.js';
import type { Database } from './database.js';
import { type Generation, schemaOf } from './generations.js';

const unpacked = promisify(gunzip);

/** Rows that are fetched at once: some megabytes. */
const ROWS_AT_ONCE = 1_000;

/** The documents that an index in the database is of. */
export async function documentsIn(database: Database, id: string): Promise<RecordDocument[]> {
  const rows = await database.query<{ content: Buffer }>(
    `SELECT content FROM ${schemaOf(id)}.documents ORDER BY position`,
  );
  return Promise.all(
    rows.map(async ({ content }) => JSON.parse((await unpacked(content)).toString()) as RecordDocument),
  );
}

/** The whole of an index in the database, to be written elsewhere. */
export async function readIndex(
  database: Database,
  { id, manifest, adapter }: Generation,
  embeddings: LocalEmbeddings,
  progress: Progress,
): Promise<ComposedIndex> {
  const documents = await documentsIn(database, id);
  const paragraphs = paragraphsOf(documents);
  const { dimension } = manifest.model;
  const read = async <E extends Entry>(name: VectorsName): Promise<VectorIndex<E>> => {
    const entries: E[] = [];
    const vectors: Float32Array[] = [];
    for await (const row of rowsIn(database, `${schemaOf(id)}.${name}`)) {
      entries.push(row.entry as E);
      vectors.push(Float32Array.from(JSON.parse(row.embedding) as number[]));
      if (entries.length % ROWS_AT_ONCE === 0) progress(`reading ${name}`, entries.length, 0);
    }
    return VectorIndex.build(listOf(entries), vectors, dimension, embeddings, { graph: IN_GRAPHS.has(name) });
  };
  const questions = await read<QuestionEntry>('questions');
  const asked = paragraphs.map((_, ordinal) =>
    questions.rowsOf(ordinal).map((row) => questions.entry(row)?.text ?? ''),
  );
  return {
    documents,
    paragraphs,
    sentencesOf: sentencesReader(paragraphs),
    chunks: await read<ChunkEntry>('chunks'),
    questions,
    unanswered: await read<UnansweredEntry>('unanswered'),
    headings: await read<HeadingEntry>('headings'),
    adapter: new QueryAdapter(adapter, dimension),
    lexical: await LexicalIndex.build(paragraphs, asked),
    embeddings,
  };
}

interface EntryRow {
  readonly row: number;
  readonly entry: Entry;
  /** As pgvector writes it, which is JSON. */
  readonly embedding: string;
}

async function* rowsIn(database: Database, table: string): AsyncGenerator<EntryRow> {
  for (let from = 0; ; from += ROWS_AT_ONCE) {
    const rows = await database.query<EntryRow>(
      `SELECT row, entry, embedding::text FROM ${table} WHERE row >= $1 AND row < $2 ORDER BY row`,
      [from, from + ROWS_AT_ONCE],
    );
    if (rows.length === 0) return;
    yield* rows;
  }
}
