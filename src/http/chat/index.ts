export { type Asked, chatAnswerOf, chatChunksOf } from './answer.js';
export { openAiErrors, refuse } from './errors.js';
export { historyOf, questionOf } from './question.js';
