import type { z } from 'zod';
import { chatAnswerOf } from '../chat/answer.js';
import type { chatRequest, modelList, rpcRequest, rpcResponse } from './door-bodies.js';
import * as examples from './examples.js';

/** The examples of asking and verifying, as other interfaces say them. */

const TITLE = "Chair's summaries 2021-2024";

export const RPC_REQUEST: z.input<typeof rpcRequest> = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'verify', arguments: examples.VERIFY_REQUEST },
};

export const RPC_RESPONSE: z.input<typeof rpcResponse> = {
  jsonrpc: '2.0',
  id: 1,
  result: {
    content: [{ type: 'text', text: examples.VERIFY.verdict }],
    structuredContent: examples.VERIFY,
  },
};

export const CHAT_REQUEST: z.input<typeof chatRequest> = {
  model: 'paracite',
  messages: [{ role: 'user', content: examples.ASK_REQUEST.question }],
};

const ASKED = {
  id: '7f6f3b0e-5a3c-4d0e-9a51-0c6a4b1f2d3e',
  now: Date.UTC(2025, 2, 1, 9, 30),
  origin: 'https://record.example.org',
  titleOf: () => TITLE,
};

export const CHAT = chatAnswerOf(examples.ASK, ASKED);
export const CHAT_REFUSAL = chatAnswerOf(examples.NOT_FOUND, ASKED);

export const MODELS: z.input<typeof modelList> = {
  object: 'list',
  data: [{ id: 'paracite', object: 'model', created: Date.UTC(2025, 2, 1) / 1000, owned_by: 'paracite' }],
};
