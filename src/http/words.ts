import {
  type AnswerView,
  type CitationView,
  NOT_ANSWERED,
  type PassageView,
  type Responder,
} from '../response/index.js';
import type { Answering } from './answering.js';

export interface Naming {
  /** Short title of a document, by its id. */
  readonly titleOf: (document: string) => string;
  /** Address of a place in the record, to be followed or read. */
  readonly addressOf: (place: Place) => string;
}

export type Place = Pick<PassageView, 'document' | 'paragraph'> & Partial<Pick<CitationView, 'spans'>>;

/** Short titles of what a responder answers from. */
export function titlesOf({ documents }: Responder): (document: string) => string {
  return (id) => documents.find(({ metadata }) => metadata.id === id)?.metadata.shortTitle ?? id;
}

/**
 * An answer as text: the prose with its [1] markers, and under it where each stands; or that there is none. Last what the
 * question was taken for, where that is not what it says.
 */
export function answerInWords(view: Answering, naming: Naming): string {
  const { understood } = view;
  const taken = understood?.from === 'history' ? [`Understood as: ${understood.question}`] : [];
  return [saidInWords(view, naming), ...taken].join('\n\n');
}

function saidInWords(view: AnswerView, naming: Naming): string {
  if (view.answer === null) return nearestInWords(view.passages, naming);
  // Prose does not hold the quotations that it rests on.
  const quoted = view.mode === 'generated';
  const sources = view.citations.map((citation) => sourceInWords(citation, naming, quoted));
  return [view.answer, sources.join('\n')].join('\n\n');
}

/** Passages as a list, each with its place. */
export function passagesInWords(passages: readonly PassageView[], naming: Naming): string {
  return passages.map((passage) => `- ${placeInWords(passage, naming)}\n  ${passage.snippet}`).join('\n');
}

function nearestInWords(passages: readonly PassageView[], naming: Naming): string {
  if (passages.length === 0) return NOT_ANSWERED;
  return `${NOT_ANSWERED} The nearest paragraphs, none of which answers it:\n\n${passagesInWords(passages, naming)}`;
}

function sourceInWords(citation: CitationView, naming: Naming, quoted: boolean): string {
  return [
    `[${citation.id}] ${placeInWords(citation, naming)}`,
    ...(citation.leadIn ? [`introduced by “${citation.leadIn.quote}”`] : []),
    ...(quoted ? [`“${citation.quote}”`] : []),
  ].join('\n    ');
}

function placeInWords(place: PassageView | CitationView, { titleOf, addressOf }: Naming): string {
  const footnote = 'footnote' in place && place.footnote !== null ? [`footnote ${place.footnote}`] : [];
  const section = place.section.at(-1);
  const label = place.year === null ? place.label : `${place.label} (${place.year})`;
  const parts = [titleOf(place.document), label, ...footnote, ...(section ? [section] : [])];
  return `${parts.join(', ')}: ${addressOf(place)}`;
}
