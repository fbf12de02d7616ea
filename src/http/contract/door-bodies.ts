import { z } from 'zod';

/** Bodies of the interfaces that others have defined. */

/** The one model that there is. */
export const MODEL = 'paracite';

const offset = z.int().min(0);

export const rpcRequest = z
  .looseObject({
    jsonrpc: z.literal('2.0'),
    id: z.union([z.string(), z.int()]).optional().describe('Left out in a notification.'),
    method: z.string(),
    params: z.looseObject({}).optional(),
  })
  .describe('A message of the Model Context Protocol (JSON-RPC 2.0).');

export const rpcResponse = z.looseObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.int()]).optional(),
  result: z.looseObject({}).optional(),
  error: z.looseObject({ code: z.int(), message: z.string() }).optional(),
});

const part = z.looseObject({ type: z.string(), text: z.string().optional() });

/** What a chat is asked with. Parameters of a language model say nothing here, and are not looked at. */
export const chatRequest = z.looseObject({
  model: z.string().default(MODEL).describe('One that GET /v1/models lists.'),
  messages: z
    .array(
      z.looseObject({
        role: z.string(),
        content: z.union([z.string(), z.array(part)]).nullish(),
      }),
    )
    .min(1)
    .describe(
      'The text of the last message of the role "user" is the question, that of those before it its history.',
    ),
  answer: z
    .enum(['extractive', 'generated'])
    .default('generated')
    .describe('extractive: only quotations, also where a language model is set.'),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});

const annotation = z
  .object({
    type: z.literal('url_citation'),
    url_citation: z.object({
      start_index: offset.describe('Where its mark, as "[1]", begins in the content, in UTF-16 code units.'),
      end_index: offset.describe('Where the mark ends: the first position after it.'),
      title: z.string().describe('Title of the document and label of the paragraph.'),
      url: z.string().describe('The reading page at the paragraph, with the quotation marked.'),
    }),
    citation: z
      .object({
        id: z.int().min(1),
        quote: z.string(),
        spans: z.array(z.tuple([offset, offset])),
        document: z.string(),
        paragraph: z.int().min(1).nullable(),
        label: z.string(),
        section: z.array(z.string()),
        year: z.int().nullable(),
        url: z.string().describe('Path of the paragraph on this server.'),
      })
      .describe('The same as POST /v1/ask has it.'),
  })
  .describe('A place in the record that a mark in the content stands for.');

const usage = z
  .object({
    prompt_tokens: z.int().min(0),
    completion_tokens: z.int().min(0),
    total_tokens: z.int().min(0),
  })
  .describe('Of the language model that wrote the answer; 0 where none took part.');

const envelope = {
  id: z.string(),
  created: z.int().describe('Seconds since 1970.'),
  model: z.string(),
};

export const chatAnswer = z.object({
  ...envelope,
  object: z.literal('chat.completion'),
  choices: z.array(
    z.object({
      index: z.literal(0),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string().describe('Quotations with [1] markers, and under them where each stands.'),
        refusal: z
          .string()
          .nullable()
          .describe('Where the record does not answer: that it does not. The content then says so too.'),
        annotations: z.array(annotation),
      }),
      logprobs: z.null(),
      finish_reason: z.literal('stop'),
    }),
  ),
  usage,
});

export const chatChunk = z.object({
  ...envelope,
  object: z.literal('chat.completion.chunk'),
  choices: z.array(
    z.object({
      index: z.literal(0),
      delta: z.object({
        role: z.literal('assistant').optional(),
        content: z.string().optional(),
        refusal: z.string().optional(),
        annotations: z.array(annotation).optional(),
      }),
      logprobs: z.null(),
      finish_reason: z.literal('stop').nullable(),
    }),
  ),
  usage: usage.nullable().optional(),
});

export const model = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int().describe('When its index was built, in seconds since 1970.'),
  owned_by: z.string(),
});

export const modelList = z.object({ object: z.literal('list'), data: z.array(model) });

export const openAiError = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string().nullable(),
    }),
  })
  .describe("An error as OpenAI's interface writes it.");
