import type { Question } from '../answer/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { DigestQuery, PlainDigest } from '../digest/index.js';
import { type Query, retrieve } from '../retrieve/index.js';
import type { Service } from '../service.js';
import type { Rewriter } from '../understand/index.js';
import { type Claim, type Draft, verify, verifyDraft } from '../verify/index.js';
import { digestView } from './digest-view.js';
import {
  type AnswerView,
  answerView,
  type DraftView,
  draftView,
  type SearchView,
  type SentenceView,
  searchView,
  type VerifyView,
  verifyView,
} from './views.js';

/** Told of a written answer while it is made; of one that is only quoted it hears nothing. */
export interface AnswerProgress {
  /** What was found, as it would be the answer without a model. */
  readonly found: (view: AnswerView) => void;
  /** The next sentence, checked. */
  readonly sentence: (sentence: SentenceView) => void;
}

export interface RequestOptions {
  /** Ends what was not begun: the client went away. */
  readonly signal?: AbortSignal;
  readonly progress?: AnswerProgress;
}

/**
 * What answers requests: plain data in, plain data out, so that it may run in another process. Documents are read where the
 * caller is.
 */
export interface Responder {
  readonly documents: readonly RecordDocument[];
  /** Identity of the index that answers. */
  readonly identity: string;
  /** ISO 8601 time at which it was built. */
  readonly builtAt: string;
  /** Completes follow-ups, where something does it before the rules. */
  readonly rewriter?: Rewriter;
  /** @throws ParaciteError `cancelled`, `overloaded` or `timeout`, where requests have to wait; so do the others */
  ask(question: Question, options?: RequestOptions): Promise<AnswerView>;
  search(query: Query, options?: RequestOptions): Promise<SearchView>;
  verify(claim: Claim, options?: RequestOptions): Promise<VerifyView>;
  digest(query: DigestQuery, options?: RequestOptions): Promise<PlainDigest>;
  /** Checks every quotation of a draft. */
  verifyDraft(draft: Draft, options?: RequestOptions): Promise<DraftView>;
}

/** Answers in this thread, at once. */
export function inProcess(service: Service): Responder {
  const { index } = service;
  return {
    documents: index.documents,
    identity: index.manifest.identity,
    builtAt: index.manifest.builtAt,
    ask: async (question) => answerView(index, await service.ask(question), question.text),
    search: async (query) => searchView(index, await retrieve(index, query), query.text),
    verify: async (claim) => verifyView(verify(index.documents, claim)),
    digest: async (query) => digestView(index, await service.digest(query), query),
    verifyDraft: async (draft) => draftView(verifyDraft(index.documents, draft)),
  };
}
