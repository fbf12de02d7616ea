/**
 * The closed set of errors that a user can meet. Each says what happened, where, and what to do about it.
 * `src/http/problems.ts` turns them into problem details, `src/cli/main.ts` into one line and an exit code.
 */
export type ErrorCode =
  | 'bad_request'
  | 'cancelled'
  | 'config'
  | 'corpus'
  | 'forbidden'
  | 'index'
  | 'model'
  | 'not_found'
  | 'not_ready'
  | 'overloaded'
  | 'timeout'
  | 'too_large'
  | 'too_many_requests'
  | 'unauthorized'
  | 'unsupported_media_type'
  | 'uri_too_long';

export class ParaciteError extends Error {
  override readonly name = 'ParaciteError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\s*\n\s*/).join(' ');
}
