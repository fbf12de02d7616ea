import { ModelFailure } from './types.js';

export interface Deadline {
  readonly signal: AbortSignal;
  clear(): void;
}

/** A signal that comes when time is up, with a ModelFailure, or with another. Not `AbortSignal.any`: Node 20 may collect its parts. */
export function deadlineOf(milliseconds: number, other: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new ModelFailure('timeout')), Math.max(0, milliseconds));
  const onAbort = () => controller.abort(other?.reason);
  if (other?.aborted) onAbort();
  other?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      other?.removeEventListener('abort', onAbort);
    },
  };
}
