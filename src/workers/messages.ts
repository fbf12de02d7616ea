import type { Config } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import { type ErrorCode, messageOf, ParaciteError } from '../errors.js';
import type { Pointer, Unusable } from '../index/index.js';
import type { BuiltIndex } from '../service.js';

/** What an answering thread is started with. */
export interface AnsweringData {
  readonly config: Config;
  readonly built: BuiltIndex;
}

/** What a building thread is started with. */
export interface BuildingData {
  readonly config: Config;
  readonly documents: readonly RecordDocument[];
}

/** What a building thread says: how far it is, and at last where the index stands, or why there is none. */
export type BuildingMessage =
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  | { readonly kind: 'rebuild'; readonly why: Unusable }
  | { readonly kind: 'end'; readonly outcome: Outcome<Pointer> };

/** What came of a piece of work in another thread: errors lose their class on the way. */
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

/** @throws ParaciteError what was thrown in the other thread, or an Error with its stack */
export function resultOf<T>(outcome: Outcome<T>): T {
  if ('value' in outcome) return outcome.value;
  const { code, message } = outcome.error;
  throw code === null ? new Error(message) : new ParaciteError(code, message);
}
