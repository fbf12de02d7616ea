export type { Change, Claim, Match, Verdict, VerdictKind } from './types.js';
export { verify } from './verify.js';
