import type { Question } from '../answer/index.js';
import type { Query } from '../retrieve/index.js';
import type { Claim } from '../verify/index.js';
import type { Responder } from './responder.js';
import type { AnswerView, SearchView, VerifyView } from './views.js';

/** What is asked of a responder and what it says, by kind. */
export interface Exchanges {
  readonly ask: { readonly request: Question; readonly view: AnswerView };
  readonly search: { readonly request: Query; readonly view: SearchView };
  readonly verify: { readonly request: Claim; readonly view: VerifyView };
}

export type JobKind = keyof Exchanges;
export type View = Exchanges[JobKind]['view'];

/** A request as plain data, to be kept waiting or sent to another process. */
export type Job<K extends JobKind = JobKind> = {
  readonly [Kind in K]: { readonly kind: Kind; readonly request: Exchanges[Kind]['request'] };
}[K];

export function perform(responder: Responder, job: Job): Promise<View> {
  switch (job.kind) {
    case 'ask':
      return responder.ask(job.request);
    case 'search':
      return responder.search(job.request);
    case 'verify':
      return responder.verify(job.request);
  }
}
