export { type CorpusProgress, readCorpus } from './folder.js';
export { describeProblem, loadCorpus } from './load.js';
export { parseRecord, type Structure } from './parse.js';
export { isCalled, keyOf, labelOf, markOf, type Place, placeOf, urlOf } from './place.js';
export type {
  Block,
  Corpus,
  CorpusProblem,
  Footnote,
  Metadata,
  OutlineEntry,
  Paragraph,
  ParagraphQuestions,
  Piece,
  PieceKind,
  Print,
  RecordDocument,
  Span,
  StrayNote,
  Wording,
} from './types.js';
export { isVerbatim } from './verbatim.js';
export { spansOf, textOf } from './wording.js';
