import type { DigestQuery, PlainDigest, PlainQuotation, PlainStatement } from '../../src/digest/index.js';

/** A topic without limits, but for the changes. */
export function about(
  topic: string,
  filters: Partial<DigestQuery['filters']> = {},
  limit = 100,
): DigestQuery {
  return { topic, filters: { documents: [], years: [], sections: [], ...filters }, scope: true, limit };
}

export function statementsIn({ years }: PlainDigest): PlainStatement[] {
  return years.flatMap(({ sections }) => sections.flatMap(({ quotations }) => quotations));
}

/** Everything that a digest quotes, with what is folded. */
export function quotationsIn(digest: PlainDigest): PlainQuotation[] {
  return statementsIn(digest).flatMap((statement) => [statement, ...statement.alsoIn]);
}

/** Numbers of the paragraphs in a digest, those that only say it again too. */
export function paragraphsIn(digest: PlainDigest): number[] {
  const numbers = new Set(quotationsIn(digest).map(({ paragraph }) => paragraph ?? 0));
  return [...numbers].sort((a, b) => a - b);
}
