import type { RecordDocument } from '../../corpus/index.js';
import type { CitationView, PassageView } from '../../response/index.js';
import type { Answering } from '../answering.js';
import { type Asked, urlOf } from './asked.js';
import { Chips } from './chips.js';
import { citationTexts } from './cite.js';
import { Copies } from './copies.js';
import { FollowUp } from './follow-up.js';
import { anchorOf, paragraphUrl, readUrl } from './links.js';
import { WithTerms } from './terms.js';
import { WrittenPart } from './written.js';

interface AnswerProps {
  readonly answer: Answering;
  readonly asked: Asked;
  readonly documents: readonly RecordDocument[];
  readonly terms: ReadonlySet<string>;
  /** Of the service, for addresses that are pasted elsewhere. */
  readonly origin: string;
}

/** What the record says to a question, or that it does not. */
export function AnswerPart(props: AnswerProps) {
  const { answer, asked, documents, terms } = props;
  const answered = answer.status === 'answered';
  return (
    <>
      <section class="answer" aria-labelledby="answer">
        <h2 id="answer" tabindex={-1}>
          {answered ? 'What the record says' : 'Not in the record'}
        </h2>
        <p class="only-printed">{asked.q}</p>
        <Chips
          page="/"
          asked={asked}
          scope={answer.scope}
          understood={answer.understood}
          documents={documents}
        />
        {answered ? <Quotations {...props} /> : <NotFound confidence={answer.confidence} />}
        <FollowUp asked={asked} understood={answer.understood} />
      </section>
      <section class="nearest" aria-labelledby="nearest">
        <h2 id="nearest">{answered ? 'Nearest paragraphs' : 'The nearest paragraphs'}</h2>
        {answer.passages.length === 0 ? (
          <p>No paragraph lies within these limits.</p>
        ) : (
          <ol>
            {answer.passages.map((passage) => (
              <Passage passage={passage} terms={terms} />
            ))}
          </ol>
        )}
        <p class="sans small">
          <a href={urlOf('/search', { ...asked, q: answer.understood?.question ?? asked.q, after: [] })}>
            More paragraphs, as a table
          </a>
        </p>
      </section>
    </>
  );
}

function Quotations({ answer, asked, documents, terms, origin }: AnswerProps) {
  const { citations, confidence } = answer;
  const places = new Set(citations.map(({ document, paragraph }) => `${document} ${paragraph}`)).size;
  return (
    <>
      <p class="note" data-summary>
        {count(citations.length, 'quotation')} from {count(places, 'paragraph')}. Confidence that this answers
        the question: {percent(confidence)}.
      </p>
      <WrittenPart answer={answer} asked={asked} />
      {citations.map((citation) => (
        <Citation citation={citation} documents={documents} terms={terms} origin={origin} />
      ))}
    </>
  );
}

function NotFound({ confidence }: { readonly confidence: number }) {
  return (
    <div class="not-found">
      <p data-summary>
        The record does not answer this question with enough certainty: confidence {percent(confidence)}.
      </p>
      <p class="quiet">
        Nothing is quoted as an answer. The paragraphs that come nearest are given so that you can judge for
        yourself; other words, or fewer limits, may find more.
      </p>
    </div>
  );
}

interface CitationProps extends Omit<AnswerProps, 'answer' | 'asked'> {
  readonly citation: CitationView;
}

function Citation({ citation, documents, terms, origin }: CitationProps) {
  const { id, quote, leadIn, section, year, footnote, score, document, paragraph } = citation;
  const metadata = documents.find((other) => other.metadata.id === document)?.metadata;
  const label = footnote === null ? citation.label : `${citation.label}, footnote ${footnote}`;
  const url = readUrl(citation);
  return (
    <figure class="card" id={`citation-${id}`}>
      <figcaption>
        <h3>
          <span class="marker">[{id}]</span> <a href={url}>{label}</a>
        </h3>
        <p class="facts">
          {year !== null && <span>{year}</span>}
          <span title="How near the paragraph is to the question; the best is near 100 %">
            Match {percent(score)}
          </span>
          {documents.length > 1 && metadata && <span>{metadata.shortTitle}</span>}
        </p>
      </figcaption>
      {leadIn && (
        <p class="lead" dir="auto">
          <WithTerms text={leadIn.quote} terms={terms} />
        </p>
      )}
      <blockquote dir="auto">
        <WithTerms text={quote} terms={terms} />
      </blockquote>
      <SectionPath section={section} />
      {metadata && (
        <Copies
          id={`copy-${id}`}
          name={`quotation ${id}`}
          texts={citationTexts({
            metadata,
            quote,
            leadIn: leadIn?.quote ?? null,
            label,
            paragraph,
            url: `${origin}${url}`,
          })}
        />
      )}
    </figure>
  );
}

interface PassageProps {
  readonly passage: PassageView;
  readonly terms: ReadonlySet<string>;
}

function Passage({ passage, terms }: PassageProps) {
  const { document, paragraph, label, section, snippet, year } = passage;
  return (
    <li id={`passage-${document}-${anchorOf(paragraph)}`}>
      <p class="place">
        <a href={paragraphUrl(document, paragraph)}>{label}</a>
        {year !== null && <span>{year}</span>}
      </p>
      <p class="snippet" dir="auto">
        <WithTerms text={snippet} terms={terms} />
      </p>
      <SectionPath section={section.slice(-1)} />
    </li>
  );
}

/** The headings above a paragraph. */
export function SectionPath({ section }: { readonly section: readonly string[] }) {
  if (section.length === 0) return null;
  return (
    <p class="path">
      {section.map((title, index) => (
        <>
          {index > 0 && <span aria-hidden="true"> › </span>}
          <span>{title}</span>
        </>
      ))}
    </p>
  );
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
