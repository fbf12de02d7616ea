import type { Question } from '../answer/index.js';
import type { AnswerView, RequestOptions, Responder } from '../response/index.js';
import { type Understood, understand } from '../understand/index.js';

/** A request to `/v1/ask`, checked. */
export interface Asking extends Omit<Question, 'text'> {
  readonly question: string;
  /** Earlier questions, oldest first. */
  readonly history: readonly string[];
}

/** An answer, and what the question was understood as where there was a history. */
export interface Answering extends AnswerView {
  readonly understood?: Understood | undefined;
}

/**
 * Answers a request that was checked, through whichever door it came. What is remembered of it is by the question that was
 * understood, so that a conversation gets no other answer than the same question asked at once.
 *
 * A responder's `rewriter` completes follow-ups before the rules do.
 */
export async function answering(
  responder: Responder,
  { question, history, ...rest }: Asking,
  options: RequestOptions = {},
): Promise<Answering> {
  if (history.length === 0) return responder.ask({ text: question, ...rest }, options);
  const understood = await understand(history, question, {
    // Who wants quotations alone wants no model.
    rewriter: rest.answer === 'extractive' ? undefined : responder.rewriter,
    signal: options.signal,
  });
  const { progress } = options;
  const view = await responder.ask(
    { text: understood.question, ...rest },
    {
      ...options,
      ...(progress && {
        progress: { ...progress, found: (found) => progress.found({ ...found, ...{ understood } }) },
      }),
    },
  );
  return { ...view, understood };
}
