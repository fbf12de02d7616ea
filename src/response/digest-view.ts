import { placeOf } from '../corpus/index.js';
import type {
  Digest,
  DigestQuery,
  PlainDigest,
  PlainSection,
  PlainStatement,
  Said,
  Statement,
} from '../digest/index.js';
import type { ServedIndex } from '../index/index.js';
import { quotationView, round } from './views.js';

/** The body of `/v1/digest`, but for the time it took. */
export function digestView(index: ServedIndex, digest: Digest, query: DigestQuery): PlainDigest {
  const { documents } = query.filters;
  const statements = digest.statements.map(statementView);
  return {
    topic: query.topic,
    status: statements.length > 0 ? 'found' : 'not_found',
    filters: query.filters,
    scope: digest.scope,
    documents: index.documents
      .filter(({ metadata }) => documents.length === 0 || documents.includes(metadata.id))
      .map(({ metadata: { id, title, date } }) => ({ id, title, date })),
    counts: {
      paragraphs: digest.passages.length,
      quotations: statements.length,
      years: digest.years,
      parts: digest.parts,
      elsewhere: digest.elsewhere,
      omitted: digest.omitted,
    },
    silentYears: digest.years.flatMap(({ year, paragraphs }) =>
      year !== null && paragraphs === 0 ? [year] : [],
    ),
    years: grouped(statements, ({ year }) => String(year)).map((ofYear) => ({
      year: ofYear[0]?.year ?? null,
      sections: sectionsOf(ofYear),
    })),
    confidence: round(digest.confidence, 4),
    index: index.manifest.identity,
  };
}

function sectionsOf(statements: readonly PlainStatement[]): PlainSection[] {
  const sections = grouped(statements, ({ document, section }) => JSON.stringify([document, section]));
  return sections.flatMap((quotations): PlainSection[] => {
    const [first] = quotations;
    return first ? [{ document: first.document, section: first.section, quotations }] : [];
  });
}

function statementView({ again, ...statement }: Statement, position: number): PlainStatement {
  return {
    id: position + 1,
    ...quotedView(statement),
    score: round(statement.passage.score, 4),
    alsoIn: again.map(quotedView),
  };
}

function quotedView({ passage, extract }: Said) {
  const { leadIn, footnote } = extract;
  return {
    ...quotationView(extract),
    leadIn: leadIn && quotationView(leadIn),
    footnote,
    ...placeOf(passage),
  };
}

/** Groups in the order of their first member. */
function grouped<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return [...groups.values()];
}
