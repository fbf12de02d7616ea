import { Hono } from 'hono';
import type { AnswerView, CitationView, PassageView } from '../../response/index.js';
import { NO_FILTERS } from '../../retrieve/index.js';
import { parse } from '../problems.js';
import { pageQuery } from '../schemas.js';
import { Layout } from './layout.js';
import { anchorOf, readUrl } from './links.js';
import type { PageOptions } from './options.js';

/** Citations and passages on the page. */
const PAGE_LIMIT = 5;

/** A question and what the record says to it. */
export function askPage({ ready, assets }: PageOptions): Hono {
  return new Hono().get('/', async (c) => {
    const responder = ready();
    const { q } = parse(pageQuery, c.req.query());
    const answer =
      q === undefined
        ? null
        : await responder.ask({ text: q, limit: PAGE_LIMIT, filters: NO_FILTERS, scope: true });
    return c.html(
      <Layout assets={assets} place="ask" {...(q !== undefined && { title: q })}>
        <h1>Ask the record</h1>
        <search>
          <form action="/" method="get">
            <label for="q">Question</label>
            <input id="q" name="q" type="search" value={q ?? ''} maxlength={2000} required />
            <button type="submit">Ask</button>
          </form>
        </search>
        {answer && <AnswerPart answer={answer} />}
        <section aria-labelledby="documents">
          <h2 id="documents">The record</h2>
          <ul>
            {responder.documents.map(({ metadata }) => (
              <li>
                <a href={`/documents/${metadata.id}`}>{metadata.title}</a>, {metadata.date}
              </li>
            ))}
          </ul>
        </section>
      </Layout>,
    );
  });
}

function AnswerPart({ answer }: { readonly answer: AnswerView }) {
  return (
    <section aria-labelledby="answer">
      <h2 id="answer">{answer.status === 'answered' ? 'What the record says' : 'Not in the record'}</h2>
      {answer.citations.map((citation) => (
        <Citation citation={citation} />
      ))}
      <p class="note">Confidence {Math.round(answer.confidence * 100)} %</p>
      <h3>Nearest paragraphs</h3>
      <ol>
        {answer.passages.map((passage) => (
          <Passage passage={passage} />
        ))}
      </ol>
    </section>
  );
}

function Citation({ citation }: { readonly citation: CitationView }) {
  const { id, quote, leadIn, label, section, footnote } = citation;
  return (
    <figure id={`citation-${id}`}>
      {leadIn && <p class="lead">{leadIn.quote}</p>}
      <blockquote>{quote}</blockquote>
      <figcaption>
        [{id}]{' '}
        <a href={readUrl(citation)}>
          {label}
          {footnote !== null && `, footnote ${footnote}`}
        </a>{' '}
        <span class="note">{section.join(' › ')}</span>
      </figcaption>
    </figure>
  );
}

function Passage({ passage: { document, paragraph, label, section } }: { readonly passage: PassageView }) {
  return (
    <li>
      <a href={`/documents/${document}#${anchorOf(paragraph)}`}>{label}</a>{' '}
      <span class="note">{section.at(-1) ?? ''}</span>
    </li>
  );
}
