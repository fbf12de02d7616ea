import type { RequestOptions, SentenceView } from '../response/index.js';
import type { Answering } from './answering.js';

/** An answer that is being written. */
export interface Underway {
  /** What was found: the answer as it would be without a model. */
  readonly found: Answering;
  /** Its sentences as they come; they end with the answer, however that ends. */
  readonly sentences: AsyncIterable<SentenceView>;
  readonly whole: Promise<Answering>;
}

/**
 * Asks, and waits until there is something to show: the whole answer, or what was found where the rest is written by and by.
 *
 * @param ask what begins to answer
 * @throws whatever it throws before anything was found
 */
export async function begin(
  ask: (options: Required<Pick<RequestOptions, 'progress'>>) => Promise<Answering>,
): Promise<Answering | Underway> {
  const waiting: SentenceView[] = [];
  let ended = false;
  let wake: () => void = () => undefined;
  let onFound: (view: Answering) => void = () => undefined;
  const found = new Promise<Answering>((resolve) => {
    onFound = resolve;
  });
  const sentence = (view: SentenceView) => {
    waiting.push(view);
    wake();
  };
  const end = () => {
    ended = true;
    wake();
  };
  const whole = ask({ progress: { found: onFound, sentence } });
  whole.then(end, end);
  const first = await Promise.race([found.then((view) => ({ found: view })), whole]);
  if (!('found' in first)) return first;
  async function* sentences(): AsyncGenerator<SentenceView> {
    for (;;) {
      const next = waiting.shift();
      if (next) yield next;
      else if (ended) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return { found: first.found, sentences: sentences(), whole };
}
