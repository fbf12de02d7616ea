import type { Context } from 'hono';
import type { Column } from './table.js';

/** Spreadsheets take what begins so for a formula: it gets an apostrophe before it, which they show as text. */
const FORMULA = /^[=+\-@\t\r]/u;
/** Byte order mark: without it spreadsheets do not read UTF-8. */
const BOM = '\uFEFF';

/** Rows as a file of comma-separated values (RFC 4180) in UTF-8. */
export function csvFile<Row>(
  c: Context,
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Response {
  const lines = [columns.map(({ key }) => key), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  const text = lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
  return file(c, `${name}.csv`, 'text/csv; charset=utf-8; header=present', BOM + text);
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

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function file(c: Context, name: string, type: string, text: string): Response {
  return c.body(text, 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}
