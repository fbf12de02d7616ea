/** Without it Excel reads UTF-8 in the code page of the machine, and a quotation is no longer the source's words. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet takes for the start of a formula, also behind white space and in full width. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A table as comma-separated values (RFC 4180) for UTF-8. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it, which is no part of it.
 */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return BYTE_ORDER_MARK + [head, ...rows].map((line) => `${line.map(field).join()}\r\n`).join('');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
