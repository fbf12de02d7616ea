import type { Question } from '../answer/index.js';
import type { RecordDocument } from '../corpus/index.js';
import type { DigestQuery, PlainDigest } from '../digest/index.js';
import { type Query, retrieve } from '../retrieve/index.js';
import type { Service } from '../service.js';
import { type Claim, type Draft, verify, verifyDraft } from '../verify/index.js';
import { digestView } from './digest-view.js';
import {
  type AnswerView,
  answerView,
  type DraftView,
  draftView,
  type SearchView,
  searchView,
  type VerifyView,
  verifyView,
} from './views.js';

/**
 * What answers requests: plain data in, plain data out, so that it may run in another thread. Documents are read where the
 * caller is.
 */
export interface Responder {
  readonly documents: readonly RecordDocument[];
  /** Identity of the index that answers. */
  readonly identity: string;
  ask(question: Question): Promise<AnswerView>;
  search(query: Query): Promise<SearchView>;
  verify(claim: Claim): Promise<VerifyView>;
  digest(query: DigestQuery): Promise<PlainDigest>;
  /** Checks every quotation of a draft. */
  verifyDraft(draft: Draft): Promise<DraftView>;
}

/** Answers in this thread. */
export function inProcess(service: Service): Responder {
  const { index } = service;
  return {
    documents: index.documents,
    identity: index.manifest.identity,
    ask: async (question) => answerView(index, await service.ask(question), question.text),
    search: async (query) => searchView(index, await retrieve(index, query), query.text),
    verify: async (claim) => verifyView(verify(index.documents, claim)),
    digest: async (query) => digestView(index, await service.digest(query), query),
    verifyDraft: async (draft) => draftView(verifyDraft(index.documents, draft)),
  };
}
