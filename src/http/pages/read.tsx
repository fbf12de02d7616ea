import { Hono } from 'hono';
import { raw } from 'hono/html';
import { breathe } from '../../breathe.js';
import type { OutlineEntry, Paragraph, RecordDocument } from '../../corpus/index.js';
import { parse } from '../problems.js';
import { readPageQuery } from '../schemas.js';
import { count } from './answer.js';
import { dayOf } from './cite.js';
import { type Found, findIn, MAX_HITS } from './find.js';
import { Layout } from './layout.js';
import type { PageOptions } from './options.js';
import { headingId, recordText } from './record.js';

/** Where the text goes into the page. What people wrote never holds it: its `<` is escaped. */
const TEXT = '<!-- text -->';

/** A document as it stands, with a quotation marked, and with what is searched for. */
export function readPage({ documentOf, assets }: PageOptions): Hono {
  return new Hono().get('/documents/:id', async (c) => {
    const document = documentOf(c);
    const { mark, find, hit } = parse(readPageQuery, c.req.query());
    const found = await findIn(document, find ?? '');
    const current = Math.min(hit, Math.max(1, Math.min(found.total, MAX_HITS)));
    const { title } = document.metadata;
    const page = String(
      <Layout assets={assets} place="documents" width="wide" title={title} scripts={['read']}>
        <div class="reader">
          <div class="aside">
            <Find document={document} find={find} />
            <Outline document={document} />
          </div>
          <div class="text">
            <h1 dir="auto">{title}</h1>
            <About document={document} />
            {find !== undefined && <Hits document={document} find={find} found={found} current={current} />}
            {raw(TEXT)}
          </div>
        </div>
      </Layout>,
    );
    const [before = '', after = ''] = page.split(TEXT);
    const text = recordText({ document, marks: mark, found, hit: current });
    return c.body(streamOf([[before], text, [after]]), 200, { 'Content-Type': 'text/html; charset=UTF-8' });
  });
}

/** Texts one after another, each made when the one before has gone out: other requests have their turn between. */
function streamOf(parts: readonly Iterable<string>[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = (function* () {
    for (const part of parts) yield* part;
  })();
  return new ReadableStream({
    async pull(controller) {
      await breathe();
      const { done, value } = texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

function About({ document: { metadata, paragraphs, file } }: { readonly document: RecordDocument }) {
  const { body, symbol, date, id } = metadata;
  const numbered = paragraphs.filter(({ number }) => number > 0).length;
  return (
    <p class="note">
      {[body, symbol, dayOf(date), count(numbered, 'paragraph')].filter(Boolean).join(' · ')} ·{' '}
      <a href={`/v1/documents/${encodeURIComponent(id)}/source`}>
        {file === undefined ? 'The file as it is' : `The text of ${file}`}
      </a>
    </p>
  );
}

function Find({ document, find }: { readonly document: RecordDocument; readonly find: string | undefined }) {
  return (
    <search>
      <form action={pathOf(document)} method="get">
        <label for="find">Find in this document</label>
        <div class="line">
          <input
            id="find"
            name="find"
            type="search"
            value={find ?? ''}
            maxlength={2000}
            autocomplete="off"
            dir="auto"
            data-question
          />
          <button type="submit">Find</button>
        </div>
      </form>
    </search>
  );
}

interface HitsProps {
  readonly document: RecordDocument;
  readonly find: string;
  readonly found: Found;
  readonly current: number;
}

/** Steps from hit to hit by links; `src/client/read.ts` steps without asking the server again. */
function Hits({ document, find, found, current }: HitsProps) {
  const marked = Math.min(found.total, MAX_HITS);
  const to = (hit: number) =>
    `${pathOf(document)}?${new URLSearchParams({ find, hit: String(hit) })}#hit-${hit}`;
  if (marked === 0) {
    return (
      <p class="hits" role="status">
        “{find}” is not in this document. <a href={pathOf(document)}>Clear</a>
      </p>
    );
  }
  return (
    <p class="hits" id="hits" data-hits={marked}>
      <span role="status">
        Hit <span id="hit">{current}</span> of {found.total.toLocaleString('en')}
        {found.total > marked && `, the first ${marked.toLocaleString('en')} marked`}
      </span>
      <a id="hit-before" href={to(current === 1 ? marked : current - 1)}>
        Previous
      </a>
      <a id="hit-after" href={to(current === marked ? 1 : current + 1)}>
        Next
      </a>
      <a href={pathOf(document)}>Clear</a>
    </p>
  );
}

function Outline({ document }: { readonly document: RecordDocument }) {
  if (document.outline.length === 0) return null;
  return (
    <details class="outline" open>
      <summary>Contents</summary>
      <nav aria-label="Contents">
        <ul>
          {document.outline.map((entry, position) => (
            <li class={`level-${entry.level}`}>
              <a href={`#${headingId(position)}`}>{entry.title}</a>
              {entry.from <= entry.to && <span class="note"> {rangeOf(document, entry)}</span>}
            </li>
          ))}
        </ul>
      </nav>
    </details>
  );
}

/** Its paragraphs as they are numbered in print, or the page where they are not. */
function rangeOf({ paragraphs }: RecordDocument, { from, to }: OutlineEntry): string {
  const [first, last] = [from, to].map((number) => paragraphs.find((own) => own.number === number));
  const printed = (paragraph: Paragraph | undefined) =>
    paragraph?.print ? paragraph.print.printed : String(paragraph?.number);
  const [start, end] = [printed(first), printed(last)];
  if (start !== null && end !== null) return start === end ? start : `${start}–${end}`;
  const page = first?.print?.page ?? null;
  return page === null ? '' : `p. ${page}`;
}

function pathOf({ metadata }: RecordDocument): string {
  return `/documents/${encodeURIComponent(metadata.id)}`;
}
