export {
  type AnswersFigures,
  answersFigures,
  answersGateFigures,
  answersTable,
  CHANGES,
  changed,
  citationScores,
  type GroundingCase,
  type OwnSentence,
  ownSentences,
  PLANTED,
  type PlantedFigures,
  plantedFigures,
  plantedGateFigures,
  plantedTable,
  readGroundingCases,
  type TriedCase,
  trainCheck,
  tryCases,
  wronglyJudged,
} from './answers/index.js';
export { calibrate } from './calibrate.js';
export { type Comparison, compare, comparisonText } from './compare.js';
export {
  type ConversationFigures,
  conversationFigures,
  conversationGateFigures,
  conversationTable,
  type Dialogue,
  readDialogues,
} from './conversations.js';
export { digestFigures, digestTable } from './digests.js';
export { type EvaluateOptions, evaluate, type SetResult, withoutSidecar } from './evaluate.js';
export { exportSets } from './export.js';
export { type Figures, figuresOf, readFigures } from './figures.js';
export { gateFigures, missedGates, readGates } from './gates.js';
export { mean, pairedP, recallAt, reciprocalRank, successAt } from './metrics.js';
export { exportRagas } from './ragas.js';
export { type Report, reportPage } from './report.js';
export { readSet } from './run.js';
export { type FusionPoint, sweepFusion } from './sweep.js';
export { langchainDefault, oramaHybrid, paracite } from './systems.js';
export { table } from './table.js';
export { trainRanker } from './train-ranker.js';
export {
  type CheckedCase,
  checkCases,
  HALVES,
  type Half,
  halfOf,
  readVerifyCases,
  type VerifyCase,
  type VerifyFigures,
  verifyFigures,
  verifyGateFigures,
  verifyTable,
} from './verify/index.js';
