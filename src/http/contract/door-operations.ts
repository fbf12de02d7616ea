import { z } from 'zod';
import * as doors from './door-bodies.js';
import * as examples from './door-examples.js';
import { JSON_TYPE, json, type Operation } from './operation.js';

/** The same record for programs that speak an interface of others. */
export const DOOR_OPERATIONS: readonly Operation[] = [
  {
    id: 'mcp',
    method: 'post',
    path: '/mcp',
    tag: 'Doors',
    summary: 'Model Context Protocol',
    description: [
      'Streamable HTTP, without sessions and without a stream to listen on: each message is answered in the response to its request. Tools: `ask`, `search`, `verify`, `verify_draft`, `read_paragraph`; resources: the documents and their paragraphs.',
      'What goes wrong with a tool is told in its result (`isError`), with what to do. Browsers are let in from this origin and those of CORS_ORIGINS only.',
    ].join('\n\n'),
    body: { type: JSON_TYPE, schema: doors.rpcRequest, example: examples.RPC_REQUEST },
    answers: {
      200: json('What the message asked for.', doors.rpcResponse, examples.RPC_RESPONSE),
      202: { description: 'The message was a notification, or an answer.' },
    },
    problems: [400, 403, 406, 413, 415],
    access: 'key',
    errors: 'in-answer',
  },
  {
    id: 'chatCompletions',
    method: 'post',
    path: '/v1/chat/completions',
    tag: 'Doors',
    summary: "Answer a question as OpenAI's chat does",
    description: [
      'The last message of the role "user" is the question; what a parameter of a language model would change is not looked at. The answer is made of verbatim quotations with [1] markers, with an annotation for each marker, and under them where each stands. Where the record does not answer, `refusal` says so, and the content names the nearest paragraphs.',
      'With `"stream": true` the same comes as chunks (ChatChunk): the quotations one by one, then the places, then the annotations, then `data: [DONE]`. The answer is complete before the first of them.',
      "Errors are in OpenAI's shape. Whoever closes the connection cancels the work.",
    ].join('\n\n'),
    body: { type: JSON_TYPE, schema: doors.chatRequest, example: examples.CHAT_REQUEST },
    answers: {
      200: {
        description: 'Quotations, or a refusal.',
        content: {
          [JSON_TYPE]: {
            schema: doors.chatAnswer,
            examples: { answered: examples.CHAT, not_found: examples.CHAT_REFUSAL },
          },
          'text/event-stream': {
            schema: z.string().describe('Server-sent events; `data` is JSON, or [DONE].'),
          },
        },
      },
    },
    problems: [400, 404, 413, 415, 503, 504],
    access: 'key',
    errors: 'openai',
  },
  {
    id: 'models',
    method: 'get',
    path: '/v1/models',
    tag: 'Doors',
    summary: 'List the models: one',
    answers: { 200: json('It.', doors.modelList, examples.MODELS) },
    problems: [503],
    access: 'key',
    errors: 'openai',
  },
  {
    id: 'model',
    method: 'get',
    path: '/v1/models/:model',
    tag: 'Doors',
    summary: 'The model',
    pathParameters: z.object({ model: z.string().describe('Its id.') }),
    answers: { 200: json('It.', doors.model, examples.MODELS.data[0]) },
    problems: [404, 503],
    access: 'key',
    errors: 'openai',
  },
];
