export { checkSentence } from './check.js';
export {
  type CheckedPassage,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type SentenceVerdict,
} from './types.js';
