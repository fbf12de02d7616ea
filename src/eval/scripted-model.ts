import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A real HTTP server on this machine that speaks OpenAI's chat protocol, streaming or not, and says what a script tells it to:
 * a language model whose faults are known. It knows nothing of answers.
 */
export interface ScriptedModel {
  /** For `ANSWER_MODEL_URL`. */
  readonly url: string;
  /** What it was asked, in order. */
  readonly requests: readonly ScriptedRequest[];
  /** Requests that were neither answered to their end nor given up by the client. */
  running(): number;
  /** Requests whose client went away before the end. */
  abandoned(): number;
  close(): Promise<void>;
}

export interface ScriptedRequest {
  readonly path: string;
  readonly authorization: string | null;
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream: boolean;
}

export type ScriptedReply =
  /** Sent part by part; a promise among them is waited for. */
  | {
      readonly text: string | readonly (string | Promise<unknown>)[];
      /** "stop" where left out. */
      readonly finish?: 'stop' | 'length' | 'content_filter';
      /** Tokens read and written; counted by the spaces where left out, said nowhere where null. */
      readonly usage?: { readonly input: number; readonly output: number } | null;
    }
  | { readonly refusal: string }
  /** An HTTP error, with a body in OpenAI's shape. */
  | { readonly status: number; readonly message?: string }
  /** This body and nothing else, with status 200. */
  | { readonly body: string; readonly type?: string }
  /** A text over and over, until the client goes. */
  | { readonly endless: string }
  /** Nothing: the request is left open. */
  | 'silence'
  /** A text, and then the connection is cut. */
  | { readonly cut: string };

/** @param script what to say to a request, by what it holds and by its position, from 0 */
export async function startScriptedModel(
  script: (request: ScriptedRequest, position: number) => ScriptedReply | Promise<ScriptedReply>,
): Promise<ScriptedModel> {
  const requests: ScriptedRequest[] = [];
  let running = 0;
  let abandoned = 0;
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    running += 1;
    response.once('close', () => {
      running -= 1;
      if (!response.writableFinished) abandoned += 1;
    });
    const request = await requestIn(incoming);
    const position = requests.push(request) - 1;
    await say(await script(request, position), request, response);
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    running: () => running,
    abandoned: () => abandoned,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function requestIn(incoming: IncomingMessage): Promise<ScriptedRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Body;
  return {
    path: incoming.url ?? '',
    authorization: incoming.headers.authorization ?? null,
    model: body.model,
    messages: body.messages.map(({ role, content }) => ({
      role,
      content: typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join(''),
    })),
    stream: body.stream === true,
  };
}

interface Body {
  readonly model: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | readonly { readonly text?: string }[];
  }[];
  readonly stream?: boolean;
}

async function say(reply: ScriptedReply, request: ScriptedRequest, response: ServerResponse): Promise<void> {
  if (reply === 'silence') return;
  if ('status' in reply) {
    const error = { message: reply.message ?? 'scripted', type: 'scripted', param: null, code: null };
    response.writeHead(reply.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ error }));
  } else if ('body' in reply) {
    response.writeHead(200, { 'Content-Type': reply.type ?? 'text/event-stream' }).end(reply.body);
  } else if (request.stream) await stream(reply, request, response);
  else await whole(reply, request, response);
}

type Said = Exclude<ScriptedReply, 'silence' | { status: number } | { body: string }>;

async function stream(reply: Said, { model }: ScriptedRequest, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    id: 'scripted',
    object: 'chat.completion.chunk',
    created: 0,
    model,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const send = async (data: object | '[DONE]') => {
    if (response.destroyed) return;
    const more = response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
    if (!more) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  };
  await send(chunk({ role: 'assistant', content: '' }));
  if ('endless' in reply) {
    while (!response.destroyed) {
      await send(chunk({ content: reply.endless }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return;
  }
  if ('cut' in reply) {
    for (const content of tokensOf(reply.cut)) await send(chunk({ content }));
    response.destroy();
    return;
  }
  if ('refusal' in reply) {
    await send(chunk({ refusal: reply.refusal }));
    await send(chunk({}, 'stop'));
  } else {
    for (const part of partsOf(reply.text)) {
      if (typeof part !== 'string') await part;
      else for (const content of tokensOf(part)) await send(chunk({ content }));
    }
    await send(chunk({}, reply.finish ?? 'stop'));
    const usage = usageOf(reply);
    if (usage) await send({ ...chunk({}), choices: [], usage });
  }
  await send('[DONE]');
  response.end();
}

async function whole(reply: Said, { model }: ScriptedRequest, response: ServerResponse): Promise<void> {
  if ('cut' in reply || 'endless' in reply) {
    response.destroy();
    return;
  }
  const refusal = 'refusal' in reply ? reply.refusal : null;
  const parts = 'refusal' in reply ? [] : partsOf(reply.text);
  for (const part of parts) if (typeof part !== 'string') await part;
  const content = parts.filter((part) => typeof part === 'string').join('');
  const finish_reason = ('finish' in reply && reply.finish) || 'stop';
  const usage = 'refusal' in reply ? null : usageOf(reply);
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(
    JSON.stringify({
      id: 'scripted',
      object: 'chat.completion',
      created: 0,
      model,
      choices: [{ index: 0, message: { role: 'assistant', content, refusal }, finish_reason }],
      ...(usage && { usage }),
    }),
  );
}

type Text = Extract<ScriptedReply, { text: unknown }>;

function partsOf(text: Text['text']): readonly (string | Promise<unknown>)[] {
  return typeof text === 'string' ? [text] : text;
}

/** Words with the space before them, as models write. */
function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? [];
}

function usageOf({ usage, text }: Text) {
  if (usage === null) return null;
  const written = partsOf(text).reduce(
    (sum, part) => sum + (typeof part === 'string' ? tokensOf(part).length : 0),
    0,
  );
  const { input, output } = usage ?? { input: 100, output: written };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}
