import { Hono } from 'hono';
import { countChart } from '../../charts/index.js';
import {
  alsoInOf,
  type Chapter,
  chaptersOf,
  type DigestQuery,
  FORMATS,
  type Format,
  fileNameOf,
  markOf,
  type PlainDigest,
  type PlainStatement,
  partTitle,
  sectionTitle,
  summaryOf,
  yearTitle,
} from '../../digest/index.js';
import { parseDigest } from '../digest-query.js';
import { DigestForm } from './digest-form.js';
import { Layout } from './layout.js';
import { readUrl } from './links.js';
import type { PageOptions } from './options.js';

const DOWNLOADS: Readonly<Record<Format, string>> = {
  docx: 'Word (DOCX)',
  markdown: 'Markdown',
  csv: 'Spreadsheet (CSV)',
  json: 'JSON',
};

/** Everything that was said on a topic, by year. */
export function digestPage({ ready, assets }: PageOptions): Hono {
  return new Hono().get('/digest', async (c) => {
    const responder = ready();
    const asked = withoutBlanks(c.req.queries());
    const query = asked.topic === undefined ? null : parseDigest(asked).query;
    const found = query && (await responder.digest(query, { signal: c.req.raw.signal }));
    return c.html(
      <Layout assets={assets} place="digest" title={query ? `Digest: ${query.topic}` : 'Digest'}>
        <h1>What was said on a topic</h1>
        <DigestForm documents={responder.documents} query={query} />
        {query && found && <Result query={query} digest={found} />}
      </Layout>,
    );
  });
}

/** A field of the form that is left empty asks for nothing. */
function withoutBlanks(parameters: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const filled = Object.entries(parameters).map(
    ([name, values]) => [name, values.filter((value) => value.trim() !== '')] as const,
  );
  return Object.fromEntries(filled.filter(([, values]) => values.length > 0));
}

interface ResultProps {
  readonly query: DigestQuery;
  readonly digest: PlainDigest;
}

function Result({ query, digest }: ResultProps) {
  const { counts } = digest;
  return (
    <section aria-labelledby="result" class="digest">
      <h2 id="result">{digest.status === 'found' ? digest.topic : 'Not in the record'}</h2>
      <p>{summaryOf(digest).join(' ')}</p>
      <ul class="chips no-print" aria-label="Downloads">
        {FORMATS.map((format) => (
          <li>
            {/* A browser would show JSON instead of keeping it. */}
            <a href={downloadUrl(query, format)} download={fileNameOf(digest, format)}>
              {DOWNLOADS[format]}
            </a>
          </li>
        ))}
      </ul>
      <Counts
        id="years"
        title="Paragraphs by year"
        name="Year"
        rows={counts.years.map(({ year, paragraphs }) => ({ label: yearTitle(year), count: paragraphs }))}
      />
      <Counts
        id="parts"
        title="Paragraphs by part"
        name="Part"
        rows={counts.parts.map((part) => ({ label: partTitle(digest, part), count: part.paragraphs }))}
      />
      {chaptersOf(digest).map((chapter) => (
        <Year digest={digest} chapter={chapter} />
      ))}
    </section>
  );
}

interface CountsProps {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly rows: readonly { readonly label: string; readonly count: number }[];
}

/** The same numbers as a picture and as a table. */
function Counts({ id, title, name, rows }: CountsProps) {
  const description = rows.map(({ label, count }) => `${label}: ${count}`).join('; ');
  return (
    <div class="counts">
      <p>{title}</p>
      {countChart({ id: `chart-${id}`, title, description }, rows)}
      <details>
        <summary>
          As a table<span class="only-heard">: {title}</span>
        </summary>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              <th scope="col">Paragraphs</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, count }) => (
              <tr>
                <th scope="row">{label}</th>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}

interface YearProps {
  readonly digest: PlainDigest;
  readonly chapter: Chapter;
}

function Year({ digest, chapter: { title, silence, sections } }: YearProps) {
  return (
    <>
      <h3>{title}</h3>
      {silence !== null && <p class="quiet">{silence}</p>}
      {sections.map((section) => (
        <>
          <h4>{sectionTitle(section)}</h4>
          {section.quotations.map((said) => (
            <Said digest={digest} said={said} />
          ))}
        </>
      ))}
    </>
  );
}

interface SaidProps {
  readonly digest: PlainDigest;
  readonly said: PlainStatement;
}

function Said({ digest, said }: SaidProps) {
  const { id, leadIn, quote, section, alsoIn } = said;
  return (
    <figure id={`quotation-${id}`}>
      {leadIn && (
        <p class="lead" dir="auto">
          {leadIn.quote}
        </p>
      )}
      <blockquote dir="auto">{quote}</blockquote>
      <figcaption>
        <a href={readUrl(said)}>{markOf(digest, said)}</a> <span class="note">{section.join(' › ')}</span>
        {alsoIn.length > 0 && (
          <details>
            <summary>{alsoInOf(digest, said)}</summary>
            {alsoIn.map((other) => (
              <p>
                <a href={readUrl(other)}>{markOf(digest, other)}</a>: <q>{other.quote}</q>
              </p>
            ))}
          </details>
        )}
      </figcaption>
    </figure>
  );
}

function downloadUrl({ topic, filters, scope }: DigestQuery, format: Format): string {
  const query = new URLSearchParams({ topic, format });
  for (const year of filters.years) query.append('year', String(year));
  for (const document of filters.documents) query.append('document', document);
  for (const section of filters.sections) query.append('section', section);
  if (!scope) query.set('scope', 'false');
  return `/v1/digest?${query}`;
}
