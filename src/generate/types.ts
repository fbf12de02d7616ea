import type { FallbackReason } from '../response/index.js';

/** A message to a model. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What comes of a model, as it comes. */
export interface Piece {
  readonly text: string;
  /** Of the whole request; with one of the pieces, or none. */
  readonly tokens?: Tokens;
  /** Why it stopped: by itself, at the most that it may write, or because it will not say that. */
  readonly stopped?: 'end' | 'length' | 'refusal';
}

/** A language model, whosever it is. */
export interface AnswerModel {
  /** provider:model */
  readonly name: string;
  /** @throws whatever the provider's package throws: `failureOf` reads it */
  stream(messages: readonly Message[], signal: AbortSignal): AsyncIterable<Piece>;
}

/** Why a model gave nothing that can be used. Its message has nothing of the provider's, which may hold a part of a key. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';

  constructor(
    readonly reason: FallbackReason,
    /** HTTP status of the provider, where it said one. */
    readonly status: number | null = null,
  ) {
    super(status === null ? reason : `${reason} (status ${status})`);
  }
}
