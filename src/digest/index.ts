export { digest } from './digest.js';
export type {
  Digest,
  DigestQuery,
  PartCount,
  PlainDigest,
  PlainQuotation,
  PlainSection,
  PlainStatement,
  PlainYear,
  Said,
  Statement,
  YearCount,
} from './types.js';
