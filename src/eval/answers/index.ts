export { CHANGES, changed, type OwnSentence, ownSentences } from './changes.js';
export { type CitationScores, citationScores, type Judge, type Statement } from './citations.js';
export {
  type CaughtFigures,
  type CorrectFigures,
  type PlantedFigures,
  plantedFigures,
  plantedGateFigures,
  wronglyJudged,
} from './figures.js';
export { type AnswersFigures, answersFigures, answersGateFigures, type WrittenFigures } from './measure.js';
export { type TriedCase, tryCases } from './planted.js';
export { readGroundingCases } from './read.js';
export { answersTable, plantedTable } from './table.js';
export { trainCheck } from './train.js';
export { type GroundingCase, groundingCaseSchema, PLANTED, type Planted } from './types.js';
