import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RecordDocument } from '../corpus/index.js';
import type { Progress } from '../embed/index.js';
import { type ComposedIndex, type Manifest, type Pointer, VECTORS } from '../index/index.js';
import { binaryRows, type Field } from './binary.js';
import type { Connection, Database } from './database.js';
import {
  beginGeneration,
  currentPointer,
  dropGeneration,
  dropUnused,
  holdGeneration,
  publish,
  schemaOf,
} from './generations.js';
import { migrate } from './migrate.js';
import { createIndexes, createTables, GRAPH_FROM } from './tables.js';
import { termsOfCorpus } from './terms.js';

const packed = promisify(gzip);

/**
 * Loads an index into the database as a new generation and makes it the one in use. Killed at any moment, either the old or
 * the new one is in use, whole; what was loaded by then is dropped by whoever comes later.
 *
 * @param graphFrom vectors of a table from which on it has a graph
 * @throws ParaciteError `not_ready` where the database goes away, `config` where it refuses, `index` where it lacks something
 */
export async function loadIndex(
  database: Database,
  composed: ComposedIndex,
  manifest: Manifest,
  progress: Progress,
  graphFrom = GRAPH_FROM,
): Promise<Pointer> {
  await migrate(database);
  await dropUnused(database);
  const id = await beginGeneration(database, manifest, composed.adapter.factor);
  const release = holdGeneration(database, id);
  try {
    await database.connected(async (connection) => {
      await createTables(connection, id, manifest.model.dimension);
      await copyAll(connection, schemaOf(id), composed, progress);
      const graphs = VECTORS.filter((name) => composed[name].size >= graphFrom);
      await createIndexes(connection, id, graphs);
    });
    await publish(database, id, manifest.model.identity);
  } catch (error) {
    // Where the database is away, it is dropped later.
    await dropGeneration(database, id).catch(() => undefined);
    throw error;
  } finally {
    release();
  }
  const pointer = await currentPointer(database, manifest.model.identity);
  if (!pointer) throw new Error('an index that was published is not there');
  return pointer;
}

async function copyAll(
  connection: Connection,
  schema: string,
  { documents, paragraphs, embeddings, ...index }: ComposedIndex,
  progress: Progress,
): Promise<void> {
  const { dimension } = embeddings.profile;
  const positions = new Map(documents.map((document, position) => [document, position]));
  /** Position of the document that a paragraph belongs to. */
  const ownerOf = (ordinal: number) => positions.get(paragraphs[ordinal]?.document as RecordDocument) ?? -1;
  const { terms, postings } = termsOfCorpus(
    paragraphs,
    paragraphs.map((_, ordinal) =>
      index.questions.rowsOf(ordinal).map((row) => index.questions.entry(row)?.text ?? ''),
    ),
  );
  const total =
    documents.length +
    paragraphs.length +
    VECTORS.reduce((sum, name) => sum + index[name].size, 0) +
    terms.length +
    postings.length;
  let done = 0;
  const copy = (table: string, columns: readonly string[], rows: Iterable<Row> | AsyncIterable<Row>) =>
    connection.copy(`${schema}.${table}`, columns, binaryRows(counted(rows)));
  async function* counted(rows: Iterable<Row> | AsyncIterable<Row>) {
    for await (const row of rows) {
      yield row;
      done += 1;
      if (done % 1_000 === 0 || done === total) progress('loading', done, total);
    }
  }

  await copy('documents', ['position', 'id', 'title', 'fingerprint', 'content'], documentRows(documents));
  const paragraphRows = paragraphs.map(({ paragraph }, ordinal): Row => {
    const centroid = meanOf(index.questions, ordinal, dimension);
    return [
      { int: ownerOf(ordinal) },
      { int: ordinal },
      { int: paragraph.number },
      paragraph.year === null ? null : { int: paragraph.year },
      centroid && { vector: centroid },
    ];
  });
  await copy('paragraphs', ['document', 'ordinal', 'number', 'year', 'centroid'], paragraphRows);
  for (const name of VECTORS) {
    const vectors = index[name];
    const rows = function* (): Generator<Row> {
      let row = 0;
      for (const entry of vectors.entries()) {
        const { paragraph } = entry;
        yield [
          { int: ownerOf(paragraph) },
          { int: paragraph },
          { int: row },
          { json: entry },
          { vector: vectors.vector(row) },
        ];
        row += 1;
      }
    };
    await copy(name, ['document', 'paragraph', 'row', 'entry', 'embedding'], rows());
  }
  await copy(
    'terms',
    ['id', 'term', 'frequency'],
    terms.map(({ term, frequency }, id): Row => [{ int: id }, { text: term }, { int: frequency }]),
  );
  await copy(
    'postings',
    ['document', 'paragraph', 'term', 'in_text', 'in_context', 'in_questions'],
    postings.map(
      ({ paragraph, term, added }): Row => [
        { int: ownerOf(paragraph) },
        { int: paragraph },
        { int: term },
        { double: added.text },
        { double: added.context },
        { double: added.questions },
      ],
    ),
  );
}

type Row = readonly (Field | null)[];

/** Mean of a paragraph's questions, brought to length 1. Null where it has none. */
function meanOf(
  questions: ComposedIndex['questions'],
  ordinal: number,
  dimension: number,
): Float32Array | null {
  const rows = questions.rowsOf(ordinal);
  if (rows.length === 0) return null;
  const sum = new Float32Array(dimension);
  for (const row of rows) {
    for (const [i, value] of questions.vector(row).entries()) sum[i] = (sum[i] ?? 0) + value;
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map((value) => value / length);
}

async function* documentRows(documents: readonly RecordDocument[]): AsyncGenerator<Row> {
  for (const [position, document] of documents.entries()) {
    const { metadata, fingerprint } = document;
    yield [
      { int: position },
      { text: metadata.id },
      { text: metadata.title },
      { text: fingerprint },
      { bytes: await packed(JSON.stringify(document)) },
    ];
  }
}
