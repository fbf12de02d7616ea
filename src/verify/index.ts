export {
  type Draft,
  type DraftClaim,
  type DraftCounts,
  type DraftItem,
  type DraftVerdict,
  type Unjudged,
  verifyDraft,
} from './draft.js';
export type { DraftItemKind } from './found.js';
export { isModal, isNegation, isQuantity } from './meaning.js';
export { type Piece, type Quotation, type Readings, readQuotation } from './quotation.js';
export { type FoundQuote, quotesIn } from './quotes.js';
export {
  type Change,
  type Claim,
  type DiffPart,
  type Match,
  type Stretch,
  VERDICTS,
  type Verdict,
  type VerdictKind,
} from './types.js';
export { verify } from './verify.js';
export { type Word, wordsOf } from './words.js';
