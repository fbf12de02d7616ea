import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { z } from 'zod';
import { parse } from '../problems.js';
import { tableQuery } from '../schemas.js';

export interface Column<Row> {
  /** In addresses and files. */
  readonly key: string;
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  /** What the page shows, where it is more than the value. */
  readonly cell?: (row: Row) => Child;
}

/** How a table is sorted and narrowed. */
export type TableQuery = z.output<typeof tableQuery>;

/** @throws ParaciteError `bad_request` */
export function tableQueryIn(c: Context): TableQuery {
  return parse(tableQuery, c.req.query());
}

/** The rows that have the words of the filter, sorted as asked for; as they come where no column is named. */
export function rowsFor<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  query: TableQuery,
): Row[] {
  const wanted = (query.filter ?? '').toLowerCase();
  const kept = rows.filter((row) =>
    columns.some(({ value }) =>
      String(value(row) ?? '')
        .toLowerCase()
        .includes(wanted),
    ),
  );
  const column = columns.find(({ key }) => key === query.sort);
  if (!column) return kept;
  const sign = query.order === 'desc' ? -1 : 1;
  return kept.sort((a, b) => compare(column.value(a), column.value(b), sign));
}

/** What has no value comes last, whatever the order. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}

export interface TableProps<Row> {
  readonly caption: string;
  /** Path of the page. */
  readonly page: string;
  /** What else the page's address holds. */
  readonly kept: URLSearchParams;
  readonly query: TableQuery;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}

/** A table to be sorted, narrowed and taken away, all by links and a form. */
export function Table<Row>({ caption, page, kept, query, columns, rows }: TableProps<Row>) {
  const shown = rowsFor(rows, columns, query);
  const told = columns.filter(({ value }) => rows.some((row) => value(row) !== null));
  const address = (changes: TableQuery, path = page) => withQuery(path, kept, changes);
  return (
    <section class="listing" aria-label={caption}>
      <div class="tools no-print">
        <form action={page} method="get">
          {[...kept].map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {query.sort !== undefined && <input type="hidden" name="sort" value={query.sort} />}
          {query.order !== undefined && <input type="hidden" name="order" value={query.order} />}
          <label for="filter">Rows with</label>
          <input
            id="filter"
            name="filter"
            type="search"
            value={query.filter ?? ''}
            maxlength={2000}
            dir="auto"
          />
          <button type="submit">Filter</button>
        </form>
        <p>
          <a href={address(query, `${page}.csv`)} download>
            Download CSV
          </a>
          <a href={address(query, `${page}.json`)} download>
            Download JSON
          </a>
        </p>
      </div>
      <p class="note" role="status">
        {shown.length === rows.length ? '' : `${shown.length} of `}
        {rows.length} {rows.length === 1 ? 'row' : 'rows'}
      </p>
      <section class="scroll" aria-label={`${caption}, table`} tabindex={0}>
        <table>
          <caption class="only-heard">{caption}</caption>
          <thead>
            <tr>
              {told.map((column) => (
                <HeaderCell column={column} query={query} address={address} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                {told.map(({ key, value, cell }) => (
                  <td class={`column-${key}`} dir="auto">
                    {cell ? cell(row) : value(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

interface HeaderProps<Row> {
  readonly column: Column<Row>;
  readonly query: TableQuery;
  readonly address: (changes: TableQuery) => string;
}

function HeaderCell<Row>({ column: { key, title }, query, address }: HeaderProps<Row>) {
  const sorted = query.sort === key ? (query.order ?? 'asc') : null;
  return (
    <th
      scope="col"
      class={`column-${key}`}
      aria-sort={sorted === null ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      <a href={address({ ...query, sort: key, order: sorted === 'asc' ? 'desc' : 'asc' })}>{title}</a>
    </th>
  );
}

function withQuery(path: string, kept: URLSearchParams, { sort, order, filter }: TableQuery): string {
  const query = new URLSearchParams(kept);
  for (const [name, value] of Object.entries({ sort, order, filter })) {
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}
