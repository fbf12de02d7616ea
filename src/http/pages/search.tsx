import { type Context, Hono } from 'hono';
import type { RecordDocument } from '../../corpus/index.js';
import { ParaciteError } from '../../errors.js';
import type { PassageView } from '../../response/index.js';
import type { ScopeTerm } from '../../retrieve/index.js';
import { MAX_LIMIT } from '../schemas.js';
import { percent } from './answer.js';
import { type Asked, askedIn, filtersOf, urlOf } from './asked.js';
import { Chips } from './chips.js';
import { csvFile, jsonFile } from './download.js';
import { Layout } from './layout.js';
import { paragraphUrl } from './links.js';
import type { PageOptions } from './options.js';
import { QuestionForm } from './question-form.js';
import { type Column, rowsFor, Table, tableQueryIn } from './table.js';
import { termsIn, WithTerms } from './terms.js';

const PAGE = '/search';

interface Row extends PassageView {
  /** From 1, the nearest first. */
  readonly rank: number;
}

/** The paragraphs nearest to a question, as a table. */
export function searchPage({ ready, assets }: PageOptions): Hono {
  const found = async (c: Context, asked: Asked): Promise<{ rows: Row[]; scope: readonly ScopeTerm[] }> => {
    const { q, scope } = asked;
    if (q === undefined) return { rows: [], scope: [] };
    const view = await ready().search(
      { text: q, limit: MAX_LIMIT, filters: filtersOf(asked), scope },
      { signal: c.req.raw.signal },
    );
    return { rows: view.results.map((result, index) => ({ rank: index + 1, ...result })), scope: view.scope };
  };
  const taken = async (c: Context) => {
    const asked = askedIn(c);
    if (asked.q === undefined) throw new ParaciteError('bad_request', 'q: must not be empty');
    const { rows } = await found(c, asked);
    const columns = columnsFor(asked, ready().documents);
    return { columns, rows: rowsFor(rows, columns, tableQueryIn(c)) };
  };

  return new Hono()
    .get(PAGE, async (c) => {
      const { documents } = ready();
      const asked = askedIn(c);
      const { rows, scope } = await found(c, asked);
      return c.html(
        <Layout
          assets={assets}
          place="ask"
          width="wide"
          title={asked.q === undefined ? 'Search' : `${asked.q} - Search`}
        >
          <h1>Search the paragraphs</h1>
          <QuestionForm
            page={PAGE}
            label="Words or a question"
            button="Search"
            other={{ page: '/', button: 'Ask' }}
            asked={asked}
            documents={documents}
          />
          {asked.q !== undefined && (
            <div class="found">
              <Chips page={PAGE} asked={asked} scope={scope} documents={documents} />
              <Table
                caption="Paragraphs, the nearest first"
                page={PAGE}
                kept={new URLSearchParams(urlOf('', asked))}
                query={tableQueryIn(c)}
                columns={columnsFor(asked, documents)}
                rows={rows}
              />
            </div>
          )}
        </Layout>,
      );
    })
    .get(`${PAGE}.csv`, async (c) => {
      const { columns, rows } = await taken(c);
      return csvFile(c, 'paragraphs', columns, rows);
    })
    .get(`${PAGE}.json`, async (c) => {
      const { columns, rows } = await taken(c);
      return jsonFile(c, 'paragraphs', columns, rows);
    });
}

function columnsFor({ q = '' }: Asked, documents: readonly RecordDocument[]): Column<Row>[] {
  const terms = termsIn(q);
  const columns: (Column<Row> | null)[] = [
    { key: 'rank', title: 'Rank', value: ({ rank }) => rank },
    documents.length > 1 ? { key: 'document', title: 'Document', value: ({ document }) => document } : null,
    {
      key: 'paragraph',
      title: 'Paragraph',
      value: ({ paragraph }) => paragraph ?? 0,
      cell: ({ document, paragraph, label }) => <a href={paragraphUrl(document, paragraph)}>{label}</a>,
    },
    { key: 'year', title: 'Year', value: ({ year }) => year },
    {
      key: 'words',
      title: 'Words',
      value: ({ snippet }) => snippet,
      cell: ({ snippet }) => <WithTerms text={snippet} terms={terms} />,
    },
    { key: 'section', title: 'Section', value: ({ section }) => section.at(-1) ?? null },
    {
      key: 'score',
      title: 'Match',
      value: ({ score }) => score,
      cell: ({ score }) => percent(score),
    },
  ];
  return columns.filter((column) => column !== null);
}
