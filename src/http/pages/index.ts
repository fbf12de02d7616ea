import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type Paragraph, type RecordDocument, type Span, spansOf, type Wording } from '../../corpus/index.js';
import type { AnswerView, CitationView, PassageView, Responder } from '../../response/index.js';
import { NO_FILTERS } from '../../retrieve/index.js';
import { parse } from '../problems.js';
import type { RouteOptions } from '../routes/index.js';
import { pageQuery } from '../schemas.js';
import { STYLE } from './style.js';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Citations and passages on the page. */
const PAGE_LIMIT = 5;

/** The pages that a person uses: ask, and read the record with a quotation marked where it stands. No script, no outside resource. */
export function pages({ ready, documentOf }: RouteOptions): Hono {
  const app = new Hono();
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));

  app.get('/', async (c) => {
    const responder = ready();
    const { q } = parse(pageQuery, c.req.query());
    const answer =
      q === undefined
        ? null
        : await responder.ask(
            { text: q, limit: PAGE_LIMIT, filters: NO_FILTERS, scope: true },
            { signal: c.req.raw.signal },
          );
    return c.html(page(q ? `${q} - Paracite` : 'Paracite', askPage(responder, q ?? '', answer)));
  });

  app.get('/documents/:id', (c) => {
    const document = documentOf(c);
    const { mark } = parse(pageQuery, c.req.query());
    return c.html(page(document.metadata.title, readPage(document, mark)));
  });
  return app;
}

function page(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
${body}
</body>
</html>`;
}

function askPage({ documents }: Responder, question: string, answer: AnswerView | null): Html {
  return html`<header><h1><a href="/">Paracite</a></h1><p>Ask the record, get the paragraph.</p></header>
<main>
<form action="/" method="get" role="search">
<label for="q">Question</label>
<input id="q" name="q" type="search" value="${question}" maxlength="2000" required autofocus>
<button>Ask</button>
</form>
${answer ? answerPart(answer) : ''}
<section aria-labelledby="documents"><h2 id="documents">The record</h2>
<ul>${documents.map(({ metadata }) => html`<li><a href="/documents/${metadata.id}">${metadata.title}</a>, ${metadata.date}</li>`)}</ul>
</section>
</main>`;
}

function answerPart(answer: AnswerView): Html {
  const { scope } = answer;
  return html`<section aria-labelledby="answer" aria-live="polite">
<h2 id="answer">${answer.status === 'answered' ? 'What the record says' : 'Not in the record'}</h2>
${scope.length > 0 ? html`<p class="note">Understood as: ${scope.map(({ value }) => value).join('; ')}</p>` : ''}
${answer.status === 'answered' ? answer.citations.map(citationPart) : html`<p>The record does not answer this question. The nearest paragraphs are below.</p>`}
<p class="note">Confidence ${Math.round(answer.confidence * 100)} %</p>
<h3>Nearest paragraphs</h3>
<ol>${answer.passages.map(passagePart)}</ol>
</section>`;
}

function citationPart(citation: CitationView): Html {
  const { id, quote, leadIn, label, section, footnote } = citation;
  return html`<figure id="citation-${id}">
${leadIn ? html`<p class="lead">${leadIn.quote}</p>` : ''}
<blockquote>${quote}</blockquote>
<figcaption>[${id}] <a href="${readUrl(citation)}">${label}${footnote === null ? '' : `, footnote ${footnote}`}</a>
<span class="note">${section.join(' › ')}</span></figcaption>
</figure>`;
}

function passagePart({ document, paragraph, label, section }: PassageView): Html {
  return html`<li><a href="/documents/${document}#${anchorOf(paragraph)}">${label}</a>
<span class="note">${section.at(-1) ?? ''}</span></li>`;
}

function readUrl({ document, paragraph, spans }: CitationView): string {
  const marks = spans.map(([start, end]) => `${start}-${end}`).join();
  return `/documents/${document}?mark=${marks}#${anchorOf(paragraph)}`;
}

/** Id of a paragraph on the reading page; null is the front matter. */
function anchorOf(number: number | null): string {
  return number === null ? 'front-matter' : `para-${number}`;
}

function readPage(document: RecordDocument, marks: readonly Span[]): Html {
  let path: readonly string[] = [];
  const parts = document.paragraphs.map((paragraph) => {
    const level = paragraph.section.findIndex((title, i) => path[i] !== title);
    const from = level === -1 ? paragraph.section.length : level;
    const fresh = paragraph.section.slice(from);
    path = paragraph.section;
    return html`${fresh.map((title, index) => headingPart(title, from + index))}${paragraphPart(document, paragraph, marks)}`;
  });
  return html`<header><h1><a href="/">Paracite</a></h1></header>
<main class="read"><h2>${document.metadata.title}</h2>
<p class="note">${document.metadata.date} · <a href="/v1/documents/${document.metadata.id}/source">the file as it is</a></p>
${parts}
</main>`;
}

/** Headings of the record start under the page's own. */
function headingPart(title: string, level: number): Html {
  const tag = `h${Math.min(level + 3, 6)}`;
  return html`${raw(`<${tag}>`)}${title}${raw(`</${tag}>`)}`;
}

function paragraphPart(document: RecordDocument, paragraph: Paragraph, marks: readonly Span[]): Html {
  const blocks = paragraph.blocks.map(({ kind, wording }, index) => {
    const text = marked(document, wording, marks);
    const number =
      index === 0 && paragraph.number > 0 ? html`<span class="number">${paragraph.number}.</span> ` : '';
    return kind === 'bullet' ? html`<p class="bullet">${text}</p>` : html`<p>${number}${text}</p>`;
  });
  const footnotes = paragraph.footnotes.map(
    ({ mark, wording }) =>
      html`<p class="footnote"><sup>${mark}</sup> ${marked(document, wording, marks)}</p>`,
  );
  return html`<article id="${anchorOf(paragraph.number === 0 ? null : paragraph.number)}">${blocks}${footnotes}</article>`;
}

/** A wording with the characters marked whose place in the source is inside one of the spans. */
function marked(document: RecordDocument, wording: Wording, marks: readonly Span[]): Html {
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
  const pieces = cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const [first] = spansOf(wording, start, start + 1, document.source);
    return { text: wording.text.slice(start, end), marked: first !== undefined && inside(first[0]) };
  });
  return html`${pieces.map(({ text, marked: isMarked }) => (isMarked ? html`<mark>${text}</mark>` : text))}`;
}
