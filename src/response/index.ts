export { keyOf, labelOf } from '../corpus/index.js';
export { type Exchanges, type Job, type JobKind, perform, type View } from './job.js';
export { inProcess, type RequestOptions, type Responder } from './responder.js';
export {
  type AnswerView,
  type CitationView,
  type DraftView,
  documentDetailView,
  documentView,
  draftView,
  type MatchView,
  NOT_ANSWERED,
  type PassageView,
  paragraphView,
  type SearchView,
  type VerifyView,
} from './views.js';
