import { type AnswerModel, type Message, ModelFailure, type Tokens } from './types.js';

/** Most characters that are read of a model: what writes more does not stop by itself. */
const MAX_WRITTEN = 8000;

export interface ReadOptions {
  /** Ends it, whatever the model does. */
  readonly signal: AbortSignal;
  /** Told of what the request took, as soon as the model says. */
  readonly onTokens: (tokens: Tokens) => void;
}

/**
 * Sends a request and reads what comes, until the model stops, the signal comes or it is too much.
 *
 * @throws ModelFailure, what the model's package throws, or the signal's reason
 */
export async function read(
  model: AnswerModel,
  messages: readonly Message[],
  { signal, onTokens }: ReadOptions,
  onText: (text: string) => void,
): Promise<void> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  // A package that does not heed the signal must not hold the answer up.
  const aborted = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  let length = 0;
  let stopped: string | undefined;
  try {
    signal.throwIfAborted();
    const pieces = model.stream(messages, stop.signal)[Symbol.asyncIterator]();
    for (;;) {
      const next = pieces.next();
      next.catch(() => undefined);
      const { done, value } = await Promise.race([next, aborted]);
      if (done) break;
      if (value.tokens) onTokens(value.tokens);
      if (stopped !== 'refusal') stopped = value.stopped ?? stopped;
      length += value.text.length;
      if (length > MAX_WRITTEN) throw new ModelFailure('endless');
      if (value.text !== '') onText(value.text);
    }
    if (stopped === 'refusal') throw new ModelFailure('refused');
    if (stopped === 'length') throw new ModelFailure('endless');
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Whatever is still on its way is not wanted.
    stop.abort();
  }
}
