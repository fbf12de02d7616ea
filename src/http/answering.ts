import type { z } from 'zod';
import type { AnswerView, RequestOptions, Responder } from '../response/index.js';
import type { askBody } from './schemas.js';

/** Answers a request that was checked, through whichever door it came. */
export function answering(
  responder: Responder,
  { question, ...rest }: z.output<typeof askBody>,
  options: RequestOptions,
): Promise<AnswerView> {
  return responder.ask({ text: question, ...rest }, options);
}
