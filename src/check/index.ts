export { checkSentence, examine } from './check.js';
export { EVIDENCE, type Evidence } from './evidence.js';
export {
  type CheckedPassage,
  FAULT_KINDS,
  type Fault,
  type FaultKind,
  type SentenceVerdict,
} from './types.js';
