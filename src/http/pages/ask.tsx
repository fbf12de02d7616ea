import { type Context, Hono } from 'hono';
import type { RecordDocument } from '../../corpus/index.js';
import { answering } from '../answering.js';
import { AnswerPart } from './answer.js';
import { askedIn, filtersOf, urlOf } from './asked.js';
import { dayOf } from './cite.js';
import { examplesOf } from './examples.js';
import { Layout } from './layout.js';
import type { PageOptions } from './options.js';
import { QuestionForm } from './question-form.js';
import { termsIn } from './terms.js';

/** Citations and passages on the page. */
const PAGE_LIMIT = 5;

/** A question, and what the record says to it. All of it stands in the address. */
export function askPage({ ready, assets }: PageOptions): Hono {
  return new Hono().get('/', async (c) => {
    const responder = ready();
    const { documents } = responder;
    const asked = askedIn(c);
    const { q, after, scope } = asked;
    const answer =
      q === undefined
        ? null
        : await answering(
            responder,
            {
              question: q,
              history: after,
              limit: PAGE_LIMIT,
              filters: filtersOf(asked),
              scope,
              answer: asked.answer,
            },
            { signal: c.req.raw.signal },
          );
    // What the form at the top shows stands alone, whatever was asked before.
    const understood = answer?.understood?.question ?? q;
    return c.html(
      <Layout
        assets={assets}
        place="ask"
        width="wide"
        scripts={['ask']}
        {...(understood !== undefined && { title: understood })}
      >
        <h1>Ask the record</h1>
        <QuestionForm
          page="/"
          label="Your question"
          button="Ask"
          other={{ page: '/search', button: 'List paragraphs' }}
          asked={{ ...asked, q: understood, after: [] }}
          documents={documents}
        />
        <p id="status" class="note" role="status" />
        <div id="result" class={answer?.status === 'answered' ? 'columns' : ''} data-limit={PAGE_LIMIT}>
          {answer && (
            <AnswerPart
              answer={answer}
              asked={asked}
              documents={documents}
              terms={termsIn(understood ?? '')}
              origin={originOf(c)}
            />
          )}
        </div>
        {!answer && <Start documents={documents} />}
        <History />
      </Layout>,
    );
  });
}

function originOf(c: Context): string {
  return new URL(c.req.url).origin;
}

/** What there is to ask about, before anything is asked. */
function Start({ documents }: { readonly documents: readonly RecordDocument[] }) {
  const examples = examplesOf(documents);
  return (
    <div id="start" class="columns">
      {examples.length > 0 && (
        <section aria-labelledby="examples">
          <h2 id="examples">For example</h2>
          <ul class="plain-list">
            {examples.map((q) => (
              <li>
                <a
                  href={urlOf('/', {
                    q,
                    after: [],
                    document: [],
                    year: [],
                    section: [],
                    scope: true,
                    answer: 'generated',
                  })}
                >
                  {q}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="documents">
        <h2 id="documents">The record</h2>
        <ul class="plain-list">
          {documents.map(({ metadata }) => (
            <li>
              <a href={`/documents/${encodeURIComponent(metadata.id)}`} dir="auto">
                {metadata.title}
              </a>
              <span class="note">{[metadata.body, dayOf(metadata.date)].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Shown and filled by `src/client/history.ts`: earlier questions never leave the browser. */
function History() {
  return (
    <section id="history" class="history no-print" aria-labelledby="history-title" hidden>
      <h2 id="history-title">Your questions</h2>
      <p class="note">Kept in this browser only; they are sent nowhere.</p>
      <ol id="history-list" class="plain-list" />
      <p class="row">
        <label class="check">
          <input id="history-keep" type="checkbox" checked /> Keep my questions
        </label>
        <button id="history-clear" type="button" class="plain">
          Clear
        </button>
      </p>
    </section>
  );
}
