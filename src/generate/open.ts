import type { AnswerSettings } from '../config.js';
import { ParaciteError } from '../errors.js';
import { type AnswerModel, type Message, ModelFailure, type Piece } from './types.js';

/** Most tokens that a model may write at a time: an answer is a few sentences. */
const MAX_TOKENS = 1000;
/** Key for a server that is not the provider's own and asks for none; the packages insist on some. */
const NO_KEY = 'none';

/**
 * The language model of the settings, through LangChain. Its package is loaded only here, and no request is sent.
 *
 * @param maxTokens most that it may write at a time
 * @throws ParaciteError `config` where there is no such provider, its package is not installed, or it refuses the settings
 */
export async function openModel(settings: AnswerSettings, maxTokens = MAX_TOKENS): Promise<AnswerModel> {
  const { provider, model } = settings;
  const name = `${provider}:${model}`;
  // Loading it takes a third of a second, which nobody without a model should wait for.
  const { initChatModel, MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const known: Readonly<Record<string, { readonly package: string }>> = MODEL_PROVIDER_CONFIG;
  const needed = known[provider]?.package;
  if (needed === undefined) {
    const all = Object.keys(known).join(', ');
    throw new ParaciteError('config', `ANSWER_MODEL="${name}": no provider "${provider}"; there are ${all}`);
  }
  await import(needed).catch((cause: unknown) => {
    const advice = `ANSWER_MODEL="${name}" needs a package that is not installed: npm install ${needed}`;
    throw new ParaciteError('config', advice, { cause });
  });
  const chat = await initChatModel(model, {
    modelProvider: provider,
    maxTokens,
    // Whoever waits gets the quotations instead; a second try would only come late.
    maxRetries: 0,
    ...addressOf(settings),
    ...keyOf(settings),
  }).catch(() => {
    // What it says could hold a key.
    const advice = `ANSWER_MODEL="${name}" cannot be opened; is its key set (ANSWER_API_KEY)?`;
    throw new ParaciteError('config', advice);
  });
  return {
    name,
    async *stream(messages, signal) {
      let stopped = false;
      for await (const chunk of await chat.stream(messages.map(toLangChain), { signal })) {
        const piece = pieceOf(chunk as Chunk);
        stopped ||= piece.stopped !== undefined;
        yield piece;
      }
      // A connection that was cut looks like an end; the protocol of OpenAI always says which it is.
      if (provider === 'openai' && !stopped) throw new ModelFailure('bad_response');
    },
  };
}

function keyOf({ apiKey, url }: AnswerSettings) {
  if (apiKey !== undefined) return { apiKey };
  // The provider's own variable holds a key for the provider's own server, and goes to no other.
  return url === undefined ? {} : { apiKey: NO_KEY };
}

function addressOf({ provider, url }: AnswerSettings) {
  if (provider === 'ollama') return url === undefined ? {} : { baseUrl: url };
  if (provider !== 'openai') return {};
  return {
    // The client of OpenAI would write what it cannot read to standard error.
    configuration: { logLevel: 'off' as const, ...(url !== undefined && { baseURL: url }) },
    // A refusal stands nowhere else.
    __includeRawResponse: true,
    ...(url !== undefined && { useResponsesApi: false }),
  };
}

function toLangChain({ role, text }: Message) {
  return { role, content: text };
}

/** What is read of LangChain's chunks, by whichever provider. */
interface Chunk {
  readonly text: string;
  readonly usage_metadata?: { readonly input_tokens: number; readonly output_tokens: number } | undefined;
  readonly response_metadata: Readonly<Record<string, unknown>>;
  readonly additional_kwargs: {
    readonly refusal?: unknown;
    /** The chunk as OpenAI's protocol has it. */
    readonly __raw_response?: {
      readonly choices?: readonly { readonly delta?: { readonly refusal?: string | null } }[];
    };
  };
}

function pieceOf({ text, usage_metadata: usage, response_metadata, additional_kwargs }: Chunk): Piece {
  const { __raw_response: raw, refusal } = additional_kwargs;
  const { finish_reason, stop_reason, done_reason } = response_metadata;
  const refused = raw?.choices?.[0]?.delta?.refusal ?? refusal;
  const stopped = refused ? 'refusal' : stopOf(finish_reason ?? stop_reason ?? done_reason);
  return {
    text,
    ...(usage && { tokens: { input: usage.input_tokens, output: usage.output_tokens } }),
    ...(stopped && { stopped }),
  };
}

function stopOf(finish: unknown): Piece['stopped'] {
  if (typeof finish !== 'string' || finish === '') return undefined;
  if (/length|max_tokens/iu.test(finish)) return 'length';
  return /filter|refus|safety/iu.test(finish) ? 'refusal' : 'end';
}
