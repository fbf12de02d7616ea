export {
  type Change,
  type Claim,
  type Match,
  type Stretch,
  VERDICTS,
  type Verdict,
  type VerdictKind,
} from './types.js';
export { verify } from './verify.js';
