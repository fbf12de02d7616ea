export { checkSentence, examine } from './check.js';
export { contentOf } from './content.js';
export { EVIDENCE, type Evidence } from './evidence.js';
export { isLeaning } from './leaning.js';
export { groupsOf } from './lexicon.js';
export { basesOf } from './stems.js';
export {
  type CheckedPassage,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type Retold,
  type SentenceVerdict,
} from './types.js';
