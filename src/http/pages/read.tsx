import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Paragraph, type RecordDocument, type Span, spansOf, type Wording } from '../../corpus/index.js';
import { parse } from '../problems.js';
import { readPageQuery } from '../schemas.js';
import { Layout } from './layout.js';
import { anchorOf } from './links.js';
import type { PageOptions } from './options.js';

/** A document as it stands, with a quotation marked. */
export function readPage({ documentOf, assets }: PageOptions): Hono {
  return new Hono().get('/documents/:id', (c) => {
    const document = documentOf(c);
    const { mark } = parse(readPageQuery, c.req.query());
    return c.html(
      <Layout assets={assets} place="documents" title={document.metadata.title}>
        <h1>{document.metadata.title}</h1>
        <p class="note">
          {document.metadata.date} ·{' '}
          <a href={`/v1/documents/${document.metadata.id}/source`}>the file as it is</a>
        </p>
        {document.paragraphs.map((paragraph) => (
          <Part document={document} paragraph={paragraph} marks={mark} />
        ))}
      </Layout>,
    );
  });
}

interface PartProps {
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  readonly marks: readonly Span[];
}

function Part({ document, paragraph, marks }: PartProps) {
  return (
    <article id={anchorOf(paragraph.number === 0 ? null : paragraph.number)}>
      {paragraph.blocks.map(({ kind, wording }, index) => (
        <p class={kind}>
          {index === 0 && paragraph.number > 0 && <span class="number">{paragraph.number}. </span>}
          {marked(document, wording, marks)}
        </p>
      ))}
      {paragraph.footnotes.map(({ mark, wording }) => (
        <p class="footnote">
          <sup>{mark}</sup> {marked(document, wording, marks)}
        </p>
      ))}
    </article>
  );
}

/** A wording with the characters marked whose place in the source is inside one of the spans. */
function marked(document: RecordDocument, wording: Wording, marks: readonly Span[]): Child[] {
  const inside = (offset: number) => marks.some(([start, end]) => offset >= start && offset < end);
  const cuts = [
    ...new Set(
      wording.runs.flatMap(({ at, source, length }) =>
        [0, length, ...marks.flat().map((offset) => offset - source)]
          .filter((cut) => cut >= 0 && cut <= length)
          .map((cut) => at + cut),
      ),
    ),
  ].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const [first] = spansOf(wording, start, start + 1, document.source);
    const text = wording.text.slice(start, end);
    return first !== undefined && inside(first[0]) ? <mark>{text}</mark> : text;
  });
}
