import { type Context, Hono } from 'hono';
import { documentView } from '../../response/index.js';
import { csvFile, jsonFile } from './download.js';
import { Layout } from './layout.js';
import type { PageOptions } from './options.js';
import { type Column, rowsFor, Table, tableQueryIn } from './table.js';

type Row = ReturnType<typeof documentView>;

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'title',
    title: 'Title',
    value: ({ title }) => title,
    cell: ({ id, title }) => <a href={`/documents/${encodeURIComponent(id)}`}>{title}</a>,
  },
  { key: 'body', title: 'Body', value: ({ body }) => body },
  { key: 'symbol', title: 'Symbol', value: ({ symbol }) => symbol },
  { key: 'date', title: 'Date', value: ({ date }) => date },
  { key: 'language', title: 'Language', value: ({ language }) => language },
  { key: 'paragraphs', title: 'Paragraphs', value: ({ paragraphs }) => paragraphs },
];

/** The documents as a table. */
export function documentsPage({ ready, assets }: PageOptions): Hono {
  const rows = () => ready().documents.map(documentView);
  const asked = (c: Context) => rowsFor(rows(), COLUMNS, tableQueryIn(c));
  return new Hono()
    .get('/documents', (c) =>
      c.html(
        <Layout assets={assets} place="documents" title="Documents" width="wide">
          <h1>Documents</h1>
          <Table
            caption="Documents"
            page="/documents"
            kept={new URLSearchParams()}
            query={tableQueryIn(c)}
            columns={COLUMNS}
            rows={rows()}
          />
        </Layout>,
      ),
    )
    .get('/documents.csv', (c) => csvFile(c, 'documents', COLUMNS, asked(c)))
    .get('/documents.json', (c) => jsonFile(c, 'documents', COLUMNS, asked(c)));
}
