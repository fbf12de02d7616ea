export { ALIKE } from './everyday.js';
export { type FusionWeights, type Limits, limitsOf, retrieve, WEIGHTS, type Weights } from './retrieve.js';
export { type PassageMetadata, PassageRetriever, type PassageRetrieverOptions } from './retriever.js';
export { counted, Wanted, wordsIn } from './said.js';
export { SIGNALS, scaled, signalsOf, targetOf } from './signals.js';
export {
  type Filters,
  type NearestQuestions,
  NO_FILTERS,
  type Passage,
  type Query,
  type Retrieval,
  type ScopeTerm,
  type Signals,
} from './types.js';
