export { type FusionWeights, retrieve, WEIGHTS } from './retrieve.js';
export { type PassageMetadata, PassageRetriever, type PassageRetrieverOptions } from './retriever.js';
export {
  type Filters,
  NO_FILTERS,
  type Passage,
  type Query,
  type Retrieval,
  type ScopeTerm,
  type Signals,
} from './types.js';
