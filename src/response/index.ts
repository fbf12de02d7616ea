export { inProcess, type RequestOptions, type Responder } from './responder.js';
export {
  type AnswerView,
  type CitationView,
  documentDetailView,
  documentView,
  keyOf,
  labelOf,
  type PassageView,
  paragraphView,
  type SearchView,
  type VerifyView,
} from './views.js';
