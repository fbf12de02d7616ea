import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { z } from 'zod';
import type { Responder } from '../../response/index.js';
import { isSecure } from '../access/index.js';
import { answering } from '../answering.js';
import { jsonBody } from '../body.js';
import { type Asked, chatAnswerOf, chatChunksOf, historyOf, questionOf, refuse } from '../chat/index.js';
import { chatRequest, MODEL, type model, type modelList } from '../contract/door-bodies.js';
import { askBody } from '../schemas.js';
import { titlesOf } from '../words.js';
import type { RouteOptions } from './options.js';

/** The record as OpenAI's interface has a model: any client of it can ask. */
export function chat({ ready, trustedProxies }: RouteOptions): Hono {
  return new Hono()
    .get('/v1/models', (c) => {
      const list: z.output<typeof modelList> = { object: 'list', data: [modelOf(ready())] };
      return c.json(list);
    })
    .get('/v1/models/:model', (c) => {
      const only = modelOf(ready());
      const id = c.req.param('model');
      return id === only.id ? c.json(only) : noModel(c, id);
    })
    .post('/v1/chat/completions', async (c) => {
      const responder = ready();
      const request = chatRequest.safeParse(await jsonBody(c));
      if (!request.success) return wrong(c, request.error);
      const { model: id, messages, answer, stream, stream_options } = request.data;
      if (id !== MODEL) return noModel(c, id);
      const last = questionOf(messages);
      if (!last) {
        const message = 'the messages have none of the role "user" with a text, which would be the question';
        return refuse(c, 400, { message, param: 'messages', code: null });
      }
      const question = askBody.safeParse({
        question: last.text,
        history: historyOf(messages, last.position),
        answer,
      });
      if (!question.success) return wrong(c, question.error, `messages.${last.position}.content`);
      c.set('question', question.data.question);
      const view = await answering(responder, question.data, { signal: c.req.raw.signal });
      const asked: Asked = {
        id: c.get('requestId'),
        now: Date.now(),
        origin: originOf(c, trustedProxies),
        titleOf: titlesOf(responder),
      };
      if (!stream) return c.json(chatAnswerOf(view, asked));
      const chunks = chatChunksOf(view, asked, stream_options?.include_usage === true);
      // nginx would hold the events back.
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, async (events) => {
        for (const chunk of chunks) await events.writeSSE({ data: JSON.stringify(chunk) });
        await events.writeSSE({ data: '[DONE]' });
      });
    });
}

function modelOf({ builtAt }: Responder): z.output<typeof model> {
  return { id: MODEL, object: 'model', created: Math.floor(Date.parse(builtAt) / 1000), owned_by: MODEL };
}

function noModel(c: Context, id: string): Response {
  const message = `no model "${id.slice(0, 100)}"; there is "${MODEL}"`;
  return refuse(c, 404, { message, param: 'model', code: 'model_not_found' });
}

/** @param within the parameter that was checked, where it was only a part */
function wrong(c: Context, { issues }: z.ZodError, within?: string): Response {
  const names = issues.map(({ path }) => within ?? path.join('.'));
  const message = issues.map((issue, at) => [names[at], issue.message].filter(Boolean).join(': ')).join('; ');
  return refuse(c, 400, { message, param: names[0] || null, code: null });
}

/** Where this server is for whoever asks: the host that it was asked by. */
function originOf(c: Context, trustedProxies: number): string {
  const { host } = new URL(c.req.url);
  return `${isSecure(c, trustedProxies) ? 'https' : 'http'}://${host}`;
}
