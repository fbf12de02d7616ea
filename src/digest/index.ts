export { digest } from './digest.js';
export { FORMATS, type Format, fileNameOf, MEDIA_TYPES, written } from './formats.js';
export {
  alsoInOf,
  type Chapter,
  chaptersOf,
  markOf,
  partTitle,
  sectionTitle,
  summaryOf,
  yearTitle,
} from './phrases.js';
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
