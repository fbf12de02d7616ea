import { z } from 'zod';
import { MEDIA_TYPES } from '../../digest/index.js';
import { askBody, digestQuery, draftBody, searchQuery, verifyBody } from '../schemas.js';
import * as bodies from './bodies.js';
import * as examples from './examples.js';
import { JSON_TYPE, json, type Operation, text, unchanging } from './operation.js';

const documentPath = z.object({ id: z.string().describe('Id of the document.') });
const paragraphPath = documentPath.extend({
  n: z
    .string()
    .regex(/^(?:front-matter|[1-9]\d*)$/u)
    .describe('Number of the paragraph, or front-matter.'),
});

/** What is asked of the record, in the order of the reference. */
export const RECORD_OPERATIONS: readonly Operation[] = [
  {
    id: 'search',
    method: 'get',
    path: '/v1/search',
    tag: 'Ask',
    summary: 'Find the paragraphs nearest to a query',
    description:
      'One result a paragraph, best first. Filters of one kind widen, kinds narrow. Words such as "in 2022" limit the search too; `scope=false` switches that off.',
    queryParameters: searchQuery,
    answers: unchanging(json('Ranked paragraphs.', bodies.searchAnswer, examples.SEARCH)),
    problems: [400, 503, 504],
    access: 'key',
  },
  {
    id: 'ask',
    method: 'post',
    path: '/v1/ask',
    tag: 'Ask',
    summary: 'Answer a question with quotations',
    description: [
      'Every quotation is the own words of the source, with the paragraph that they stand in; or `not_found` where the record does not answer.',
      'With `Accept: text/event-stream` the same answer comes as events: `passages` (PassagesEvent), one `citation` (Citation) for each, then `done` (AskAnswer, the whole body).',
      'Quotations are complete before the first event, because ranking and quoting take the same few milliseconds; what goes wrong until then is an ordinary problem response, and afterwards an `error` event (Problem).',
      'Where a language model is set (`ANSWER_MODEL`), it writes the answer, and every sentence is checked against the passages it cites. In a stream each comes as an event `sentence` (SentenceEvent) between `passages` and the citations, once it is checked; `done` has the answer that holds, which is made of quotations after all where the model failed meanwhile. `"answer": "extractive"` asks for quotations alone.',
      'A follow-up ("and in 2023?", "why?", "what about children?") is completed from the earlier questions in `history`; `understood` says to what. A question that stands alone is left as it is, and nothing is kept between requests.',
      'Whoever closes the connection cancels the work.',
    ].join('\n\n'),
    body: { type: JSON_TYPE, schema: askBody, example: examples.ASK_REQUEST },
    answers: {
      200: {
        description: 'Quotations, or not_found.',
        content: {
          [JSON_TYPE]: {
            schema: bodies.askAnswer,
            examples: {
              answered: examples.ASK,
              follow_up: examples.FOLLOW_UP,
              not_found: examples.NOT_FOUND,
            },
          },
          'text/event-stream': {
            schema: z.string().describe('Server-sent events; `data` is JSON.'),
            examples: { answered: examples.EVENTS },
          },
        },
      },
    },
    problems: [400, 413, 415, 503, 504],
    access: 'key',
  },
  {
    id: 'verify',
    method: 'post',
    path: '/v1/verify',
    tag: 'Ask',
    summary: 'Compare a quotation, or every quotation of a draft, with the record',
    description:
      'With `quote` one quotation is checked (VerifyAnswer); with `text` a whole draft, whose quotations and claims of paragraphs are found (DraftAnswer).',
    body: {
      type: JSON_TYPE,
      schema: z.union([verifyBody, draftBody.omit({ quote: true })]),
      example: examples.VERIFY_REQUEST,
    },
    answers: {
      200: json(
        'The verdict, and the places that the quotation or its parts come from.',
        z.union([bodies.verifyAnswer, bodies.draftAnswer]),
        examples.VERIFY,
      ),
    },
    problems: [400, 413, 415, 503, 504],
    access: 'key',
  },
  {
    id: 'digest',
    method: 'get',
    path: '/v1/digest',
    tag: 'Ask',
    summary: 'Gather what was said on a topic over the years',
    description:
      'Every statement once, by year and section, with the years that have none. As JSON or as a file to keep, by `format` or `Accept`.',
    queryParameters: digestQuery,
    answers: {
      200: {
        description: 'The digest.',
        content: {
          [JSON_TYPE]: { schema: bodies.digestAnswer },
          [`${MEDIA_TYPES.markdown}; charset=utf-8`]: { schema: z.string() },
          [`${MEDIA_TYPES.csv}; charset=utf-8`]: { schema: z.string() },
          [MEDIA_TYPES.docx]: { schema: z.string().describe('A file of Word.') },
        },
      },
    },
    problems: [400, 503, 504],
    access: 'key',
  },
  {
    id: 'listDocuments',
    method: 'get',
    path: '/v1/documents',
    tag: 'Documents',
    summary: 'List the documents',
    answers: unchanging(json('All of them.', bodies.documentList, examples.DOCUMENTS)),
    problems: [503],
    access: 'key',
  },
  {
    id: 'getDocument',
    method: 'get',
    path: '/v1/documents/:id',
    tag: 'Documents',
    summary: 'Metadata and outline of a document',
    pathParameters: documentPath,
    answers: unchanging(json('The document without its text.', bodies.documentDetail, examples.DOCUMENT)),
    problems: [404, 503],
    access: 'key',
  },
  {
    id: 'getSource',
    method: 'get',
    path: '/v1/documents/:id/source',
    tag: 'Documents',
    summary: 'The file as it is',
    description: 'Spans are offsets into this text, in UTF-16 code units.',
    pathParameters: documentPath,
    answers: unchanging(text('The text that every quotation is a part of.', 'text/plain; charset=utf-8')),
    problems: [404, 503],
    access: 'key',
  },
  {
    id: 'getParagraph',
    method: 'get',
    path: '/v1/documents/:id/paragraphs/:n',
    tag: 'Documents',
    summary: 'One paragraph',
    pathParameters: paragraphPath,
    answers: unchanging(
      json('Text, bullets and footnotes, each with its spans.', bodies.paragraphAnswer, examples.PARAGRAPH),
    ),
    problems: [404, 503],
    access: 'key',
  },
];
