import type { Question } from '../answer/index.js';
import type { DigestQuery, PlainDigest } from '../digest/index.js';
import type { Query } from '../retrieve/index.js';
import type { Claim, Draft } from '../verify/index.js';
import type { Responder } from './responder.js';
import type { AnswerView, DraftView, SearchView, VerifyView } from './views.js';

/** What is asked of a responder and what it says, by kind. */
export interface Exchanges {
  readonly ask: { readonly request: Question; readonly view: AnswerView };
  readonly search: { readonly request: Query; readonly view: SearchView };
  readonly verify: { readonly request: Claim; readonly view: VerifyView };
  readonly verifyDraft: { readonly request: Draft; readonly view: DraftView };
  readonly digest: { readonly request: DigestQuery; readonly view: PlainDigest };
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
    case 'verifyDraft':
      return responder.verifyDraft(job.request);
    case 'digest':
      return responder.digest(job.request);
  }
}
