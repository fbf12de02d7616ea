import type { Question } from '../answer/index.js';
import type { RecordDocument } from '../corpus/index.js';
import { type Query, retrieve } from '../retrieve/index.js';
import type { Service } from '../service.js';
import { type Claim, verify } from '../verify/index.js';
import {
  type AnswerView,
  answerView,
  type SearchView,
  searchView,
  type VerifyView,
  verifyView,
} from './views.js';

export interface AskOptions {
  /** Aborted when nobody waits for the answer any longer. */
  readonly signal?: AbortSignal;
}

/** Work in hand, and what was saved. All are counts. */
export interface ResponderStats {
  readonly queued: number;
  readonly running: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
}

/**
 * What answers requests: plain data in, plain data out, so that it may run in another thread. Documents are read where the
 * caller is.
 */
export interface Responder {
  readonly documents: readonly RecordDocument[];
  /** Identity of the index that answers. */
  readonly identity: string;
  /** ISO 8601 time at which it was built. */
  readonly builtAt: string;
  /** @throws the signal's reason where whoever asked has gone */
  ask(question: Question, options?: AskOptions): Promise<AnswerView>;
  search(query: Query): Promise<SearchView>;
  verify(claim: Claim): Promise<VerifyView>;
  /** Left out where nothing is queued or kept. */
  stats?(): ResponderStats;
}

/** Answers in this thread. */
export function inProcess(service: Service): Responder {
  const { index } = service;
  return {
    documents: index.documents,
    identity: index.manifest.identity,
    builtAt: index.manifest.builtAt,
    ask: async (question, { signal } = {}) => {
      signal?.throwIfAborted();
      const answer = await service.ask(question);
      signal?.throwIfAborted();
      return answerView(index, answer, question.text);
    },
    search: async (query) => searchView(index, await retrieve(index, query), query.text),
    verify: async (claim) => verifyView(verify(index.documents, claim)),
  };
}
