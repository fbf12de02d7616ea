import type { Config } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import { type ErrorCode, messageOf, ParaciteError } from '../errors.js';
import type { Pointer, Unusable } from '../index/index.js';
import type { Job, View } from '../response/index.js';
import type { BuiltIndex } from '../service.js';

/** What an answering process is started with. */
export interface AnsweringData {
  readonly config: Config;
  readonly built: BuiltIndex;
}

/** Which index a process answers from. */
export interface OpenedIndex {
  readonly identity: string;
  /** ISO 8601 time at which it was built. */
  readonly builtAt: string;
}

/** What it says first: the index that it opened, or why it could not. */
export interface Opened {
  readonly opened: Outcome<OpenedIndex>;
}

/** What it is sent, one after another, and what it says to each. */
export interface Asked {
  readonly job: Job;
}

export interface Answered {
  readonly answer: Outcome<View>;
}

/** What a building process is started with. */
export interface BuildingData {
  readonly config: Config;
  readonly documents: readonly RecordDocument[];
}

/** What it says: how far it is, and at last where the index stands, or why there is none. */
export type BuildingMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  | { readonly kind: 'rebuild'; readonly why: Unusable }
  | { readonly kind: 'end'; readonly outcome: Outcome<Pointer> };

/** What came of a piece of work in another process: errors lose their class on the way. */
export type Outcome<T> =
  | { readonly value: T }
  | { readonly error: { readonly code: ErrorCode | null; readonly message: string } };

/** Waits for work, and gives what came of it as plain data. Never throws. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    const code = error instanceof ParaciteError ? error.code : null;
    const stack = error instanceof Error && code === null ? error.stack : undefined;
    return { error: { code, message: stack ?? messageOf(error) } };
  }
}

/** @throws ParaciteError what was thrown in the other process, or an Error with its stack */
export function resultOf<T>(outcome: Outcome<T>): T {
  if ('value' in outcome) return outcome.value;
  const { code, message } = outcome.error;
  throw code === null ? new Error(message) : new ParaciteError(code, message);
}
