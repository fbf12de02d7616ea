import type { Context } from 'hono';
import { csvOf } from '../../csv.js';
import type { Column } from './table.js';

/** Rows as a file of comma-separated values (RFC 4180) in UTF-8. */
export function csvFile<Row>(
  c: Context,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Response {
  const text = csvOf(
    columns.map(({ key }) => key),
    rows.map((row) => columns.map(({ value }) => value(row))),
  );
  return file(c, `${name}.csv`, 'text/csv; charset=utf-8; header=present', text);
}

/** Rows as a list of objects, by the columns' keys. */
export function jsonFile<Row>(
  c: Context,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Response {
  const objects = rows.map((row) => Object.fromEntries(columns.map(({ key, value }) => [key, value(row)])));
  return file(c, `${name}.json`, 'application/json', `${JSON.stringify(objects, null, 2)}\n`);
}

function file(c: Context, name: string, type: string, text: string): Response {
  return c.body(text, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}
