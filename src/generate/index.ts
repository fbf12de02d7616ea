export { type Drafter, draftQuestions, estimateOf } from './draft.js';
export { openModel } from './open.js';
export { type NumberedPassage, numberedPassages } from './passages.js';
export type { WritingStats } from './tally.js';
export { type AnswerModel, type Message, ModelFailure, type Piece, type Tokens } from './types.js';
export { openWriter, type Writer, type WriterOptions, written } from './writer.js';
