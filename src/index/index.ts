export { QueryAdapter } from './adapter.js';
export { buildIndex, identityOf, paragraphsOf, withoutQuestions } from './build.js';
export { type LexicalField, LexicalIndex, termsOf, tokenize } from './lexical.js';
export { openIndex, openOrBuild, type OpenOptions, type SearchIndex, type Unusable } from './open.js';
export type { Allowed, Entry, EntryKind, IndexedParagraph, Manifest } from './types.js';
export { type EntryHit, HNSW, VectorIndex } from './vectors.js';
