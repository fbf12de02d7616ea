/**
 * Rows in the binary format of COPY (PostgreSQL's documentation, "COPY", "Binary Format"), and of pgvector's `vector`:
 * numbers with the highest byte first.
 */

export type Field =
  | { readonly int: number }
  | { readonly double: number }
  | { readonly text: string }
  | { readonly json: unknown }
  | { readonly bytes: Uint8Array }
  | { readonly vector: Float32Array };

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const END = Buffer.from([0xff, 0xff]);
/** Bytes that are sent at once. */
const AT_ONCE = 64 * 1024;

/** The whole of a COPY. */
export async function* binaryRows(
  rows: Iterable<readonly (Field | null)[]> | AsyncIterable<readonly (Field | null)[]>,
): AsyncGenerator<Uint8Array> {
  let waiting: Buffer[] = [HEADER];
  let size = 0;
  for await (const row of rows) {
    const bytes = rowBytes(row);
    waiting.push(bytes);
    size += bytes.length;
    if (size < AT_ONCE) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  yield Buffer.concat([...waiting, END]);
}

/** Nothing is a length of -1. */
function rowBytes(row: readonly (Field | null)[]): Buffer {
  const fields = row.map((field) => field && fieldBytes(field));
  const whole = Buffer.allocUnsafe(2 + fields.reduce((sum, field) => sum + 4 + (field?.length ?? 0), 0));
  let at = whole.writeInt16BE(row.length, 0);
  for (const field of fields) {
    at = whole.writeInt32BE(field?.length ?? -1, at);
    at += field?.copy(whole, at) ?? 0;
  }
  return whole;
}

function fieldBytes(field: Field): Buffer {
  if ('text' in field) return Buffer.from(field.text);
  if ('bytes' in field) return Buffer.from(field.bytes);
  if ('json' in field) return Buffer.from(JSON.stringify(field.json));
  if ('vector' in field) return vectorBytes(field.vector);
  const number = Buffer.allocUnsafe('int' in field ? 4 : 8);
  if ('int' in field) number.writeInt32BE(field.int);
  else number.writeDoubleBE(field.double);
  return number;
}

/** Dimension, nothing, and the numbers. */
function vectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.allocUnsafe(4 + 4 * vector.length);
  let at = bytes.writeInt16BE(vector.length, 0);
  at = bytes.writeInt16BE(0, at);
  for (const value of vector) at = bytes.writeFloatBE(value, at);
  return bytes;
}
