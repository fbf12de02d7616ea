export { isCalled, keyOf, labelOf, markOf } from '../corpus/index.js';
export { type Exchanges, type Job, type JobKind, perform, type View } from './job.js';
export { type AnswerProgress, inProcess, type RequestOptions, type Responder } from './responder.js';
export {
  type AnswerView,
  type CitationView,
  citationView,
  type DraftView,
  documentDetailView,
  documentView,
  draftView,
  FALLBACK_REASONS,
  type FallbackReason,
  type GenerationView,
  type MatchView,
  NOT_ANSWERED,
  type PassageView,
  paragraphView,
  type SearchView,
  type SentenceView,
  type VerifyView,
} from './views.js';
