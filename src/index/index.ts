export { QueryAdapter } from './adapter.js';
export { coverage, paragraphTerms, sentenceSimilarity, sentenceTerms } from './affinity.js';

export {
  type Built,
  buildIndex,
  composeStored,
  FORMAT,
  holdIndex,
  identityOf,
  manifestOf,
  type Pointer,
  readPointer,
  writeIndex,
} from './build.js';
export {
  type ComposedIndex,
  composeIndex,
  type Encode,
  paragraphsOf,
  withoutQuestions,
} from './compose.js';
export { type Inspection, inspectIndex } from './inspect.js';
export { editsOf, type LexicalField, LexicalIndex, termsOf, tokenize } from './lexical.js';

export {
  type OpenOptions,
  openIndex,
  openOrBuild,
  type SearchIndex,
  type Unusable,
} from './open.js';
export type {
  AnyIndex,
  CloseUp,
  Engine,
  Entries,
  IndexedCorpus,
  Lexicon,
  Match,
  Matches,
  NearQuestion,
  RemoteIndex,
  SearchLimits,
  ServedIndex,
  Sought,
} from './search.js';
export { HNSW } from './segment.js';
export { sentencesReader } from './sentences.js';
export {
  type Allowed,
  type ChunkEntry,
  type Entry,
  type EntryKind,
  type EntryList,
  type HeadingEntry,
  IN_GRAPHS,
  type IndexedParagraph,
  listOf,
  type Manifest,
  type QuestionEntry,
  type UnansweredEntry,
  VECTORS,
  type VectorsName,
} from './types.js';
export { type Cosines, type EntryHit, VectorIndex } from './vectors.js';
