export { type Asked, chatAnswerOf, chatChunksOf } from './answer.js';
export { openAiErrors, refuse } from './errors.js';
export { questionOf } from './question.js';
