/** What a model needs to be told before and after it encodes. */
export interface ModelProfile {
  /** As in `EMBEDDING_MODEL`. */
  readonly name: string;
  /** Name and a hash of weights, tokenizer and profile: two models with the same identity give the same vectors. */
  readonly identity: string;
  /** Length of a vector. */
  readonly dimension: number;
  /** Longest input in tokens, special tokens included. */
  readonly maxTokens: number;
  readonly pooling: Pooling;
  /** Put before a question. */
  readonly queryPrefix: string;
  /** Put before a passage. */
  readonly passagePrefix: string;
}

/** What turns a text into ids of tokens. */
export interface Tokenizer {
  (text: string, options: object): { readonly input_ids: number[] };
  encode(text: string): number[];
  readonly pad_token_id?: number;
  /** What cuts words, of whatever kind. */
  readonly model?: unknown;
  /** Longest input in tokens; absurdly large where the model's files name none. */
  model_max_length: number;
}

/** How token states become one vector; `output` where the model's graph does it itself. */
export type Pooling = 'mean' | 'cls' | 'output';

/** Told what is going on: `done` of `total` in the unit that `stage` names. What it throws ends the work. */
export type Progress = (stage: string, done: number, total: number) => void;
