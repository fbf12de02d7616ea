import type { z } from 'zod';
import { type CitationView, NOT_ANSWERED } from '../../response/index.js';
import type { Answering } from '../answering.js';
import { type chatAnswer, type chatChunk, MODEL } from '../contract/door-bodies.js';
import { paragraphUrl, readUrl } from '../pages/links.js';
import { answerInWords, type Naming, type Place } from '../words.js';

export type ChatAnswer = z.output<typeof chatAnswer>;
export type ChatChunk = z.output<typeof chatChunk>;
type Message = ChatAnswer['choices'][0]['message'];
type Annotation = Message['annotations'][number];

/** What a language model read and wrote for an answer; nothing where none took part. */
function usageOf({ generation }: Answering) {
  const { input, output } = generation?.tokens ?? { input: 0, output: 0 };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

export interface Asked {
  /** Id of the request. */
  readonly id: string;
  /** Time, in milliseconds since 1970. */
  readonly now: number;
  /** Where this server is for the client, as "https://example.org". */
  readonly origin: string;
  /** Short title of a document, by its id. */
  readonly titleOf: (document: string) => string;
}

/** An answer as a message of an assistant: the citations as text, and as annotations of their marks. */
export function chatAnswerOf(view: Answering, asked: Asked): ChatAnswer {
  return {
    ...envelopeOf(asked),
    object: 'chat.completion',
    choices: [{ index: 0, message: messageOf(view, asked), logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(view),
  };
}

/**
 * The same in chunks: role, paragraphs of the text, annotations all at once (clients keep the last that come), the end.
 *
 * @param withUsage whether a last chunk says what it cost
 */
export function chatChunksOf(view: Answering, asked: Asked, withUsage: boolean): ChatChunk[] {
  const { role, content, refusal, annotations } = messageOf(view, asked);
  const chunk = (
    delta: ChatChunk['choices'][0]['delta'],
    finish_reason: 'stop' | null = null,
  ): ChatChunk => ({
    ...envelopeOf(asked),
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage && { usage: null }),
  });
  return [
    chunk({ role, content: '' }),
    ...(content.match(/.+?(?:\n\n|$)/gsu) ?? []).map((part) => chunk({ content: part })),
    ...(refusal === null ? [] : [chunk({ refusal })]),
    ...(annotations.length === 0 ? [] : [chunk({ annotations })]),
    chunk({}, 'stop'),
    ...(withUsage ? [{ ...chunk({}), choices: [], usage: usageOf(view) }] : []),
  ];
}

function envelopeOf({ id, now }: Asked) {
  return { id: `chatcmpl-${id}`, created: Math.floor(now / 1000), model: MODEL };
}

function messageOf(view: Answering, { origin, titleOf }: Asked): Message {
  const addressOf = ({ document, paragraph, spans }: Place) =>
    origin + (spans ? readUrl({ document, paragraph, spans }) : paragraphUrl(document, paragraph));
  const content = answerInWords(view, { titleOf, addressOf });
  return {
    role: 'assistant',
    content,
    refusal: view.answer === null ? NOT_ANSWERED : null,
    annotations: view.citations.flatMap((citation) =>
      marksOf(citation, view.answer ?? '').map((mark) =>
        annotationOf(citation, mark, { titleOf, addressOf }),
      ),
    ),
  };
}

/** Where an answer has the mark of a citation, as `[start, end)`. The content begins with the answer. */
function marksOf({ id }: CitationView, answer: string): [number, number][] {
  const mark = `[${id}]`;
  return [...answer.matchAll(new RegExp(`\\[${id}\\]`, 'gu'))].map(({ index }) => [
    index,
    index + mark.length,
  ]);
}

function annotationOf(
  citation: CitationView,
  [start_index, end_index]: [number, number],
  { titleOf, addressOf }: Naming,
): Annotation {
  const { id, quote, spans, document, paragraph, label, section, year, url } = citation;
  return {
    type: 'url_citation',
    url_citation: {
      start_index,
      end_index,
      title: `${titleOf(document)}, ${label}`,
      url: addressOf(citation),
    },
    citation: {
      id,
      quote,
      spans: spans.map(([start, end]): [number, number] => [start, end]),
      document,
      paragraph,
      label,
      section: [...section],
      year,
      url,
    },
  };
}
