export { openModel } from './open.js';
export { type NumberedPassage, numberedPassages } from './passages.js';
export type { WritingStats } from './tally.js';
export type { AnswerModel, Message, ModelFailure, Piece, Tokens } from './types.js';
export { openWriter, type Writer, type WriterOptions, written } from './writer.js';
