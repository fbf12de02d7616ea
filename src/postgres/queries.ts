import type { VECTORS } from '../index/index.js';

/** What MiniSearch takes off the score of a word that is only like the one in the query. */
const FUZZY = 0.45;
/** Longest word that is compared letter by letter, in characters: `levenshtein` takes 255 bytes. */
const MAX_COMPARED = 60;

/** How a search for the nearest entries is limited. */
export type Reach =
  /** Everything is allowed. */
  | 'all'
  /** Much is: the graph is followed until enough of what it finds is allowed. */
  | 'most'
  /** Little is: all of it is compared, so that nothing is missed. */
  | 'few';

type Table = (typeof VECTORS)[number];

/** A question that was found. */
const QUESTION = `json_build_object('text', entry->>'text', 'cosine', -distance)`;

/** The nearest entries of a table. `$ranges` is the allowed paragraphs as int4multirange. */
function nearest(
  schema: string,
  table: Table,
  vector: string,
  limit: string,
  reach: Reach,
  ranges: string,
): string {
  const from = `${schema}.${table}`;
  const order = (distance: string) => `ORDER BY ${distance} LIMIT ${limit}::int`;
  const distance = `embedding <#> ${vector}::vector`;
  const columns = `paragraph, row, entry, ${distance} AS distance`;
  switch (reach) {
    case 'all':
      return `SELECT ${columns} FROM ${from} ${order(distance)}`;
    case 'most':
      return `SELECT ${columns} FROM ${from} WHERE paragraph <@ ${ranges}::int4multirange ${order(distance)}`;
    case 'few':
      // OFFSET 0 keeps the planner from following the graph after all.
      return `SELECT * FROM (
        SELECT ${columns} FROM unnest(${ranges}::int4multirange) AS span
        JOIN ${from} ON paragraph >= lower(span) AND paragraph < upper(span) OFFSET 0
      ) AS compared ${order('distance')}`;
  }
}

/** $1 vector, $2 ranges where the reach is limited. */
export function headingQuery(schema: string, reach: Reach): string {
  return `SELECT paragraph, (entry->>'position')::int AS position, -distance AS similarity
    FROM (${nearest(schema, 'headings', '$1', '1', reach, '$2')}) AS found`;
}

/**
 * The whole of a search. One row of JSON: matches, the nearest questions, frequencies of words.
 *
 * $1 vector, $2 adapted vector, $3 entries of each graph, $4 paragraphs by words, $5 questions of a paragraph,
 * $6 questions of each kind, $7 terms with $8 how often each is asked for and $9 in how many letters others may differ,
 * $10 terms whose frequency is asked for, $11 ranges where the reach is limited.
 */
export function searchQuery(schema: string, reach: Reach): string {
  const allowed = reach === 'all' ? '' : 'WHERE p.paragraph <@ $11::int4multirange';
  const near = (table: Table, vector: string, limit: string, within: Reach) =>
    nearest(schema, table, vector, limit, within, '$11');
  // The nearest of all were looked for already where everything is allowed; `searchLimits` asks for more of them than $6.
  const answered =
    reach === 'all'
      ? 'SELECT * FROM near_questions ORDER BY distance LIMIT $6::int'
      : near('questions', '$2', '$6', 'all');
  return `WITH
    near_chunks AS MATERIALIZED (${near('chunks', '$1', '$3', reach)}),
    near_questions AS MATERIALIZED (${near('questions', '$2', '$3', reach)}),
    answered AS MATERIALIZED (${answered}),
    unanswered AS MATERIALIZED (${near('unanswered', '$2', '$6', 'all')}),
    asked AS (SELECT * FROM unnest($7::text[], $8::int[], $9::int[]) AS a (source, times, edits)),
    words AS MATERIALIZED (
      SELECT a.source, a.times::float8 AS weight, t.id FROM asked a JOIN ${schema}.terms t ON t.term = a.source
      UNION ALL
      SELECT a.source, a.times * ${FUZZY}::float8 * length(t.term) / (length(t.term) + levenshtein(a.source, t.term)), t.id
      FROM asked a
      JOIN ${schema}.terms t ON a.edits > 0 AND length(a.source) <= ${MAX_COMPARED} AND length(t.term) <= ${MAX_COMPARED}
        AND abs(length(t.term) - length(a.source)) <= a.edits
        AND levenshtein_less_equal(a.source, t.term, a.edits) <= a.edits
      WHERE NOT EXISTS (SELECT FROM ${schema}.terms k WHERE k.term = a.source)
    ),
    hits AS (
      SELECT p.paragraph, w.source,
        sum(w.weight * (p.in_text + p.in_context)) AS own,
        sum(w.weight * (p.in_text + p.in_context + p.in_questions)) AS whole
      FROM words w JOIN ${schema}.postings p ON p.term = w.id ${allowed}
      GROUP BY p.paragraph, w.source
    ),
    worded AS MATERIALIZED (
      SELECT paragraph, sum(whole) * count(*) AS whole, sum(own) * count(*) FILTER (WHERE own > 0) AS own
      FROM hits GROUP BY paragraph
    ),
    found AS MATERIALIZED (
      (SELECT paragraph FROM worded ORDER BY whole DESC, paragraph LIMIT $4::int)
      UNION SELECT paragraph FROM near_chunks
      UNION SELECT paragraph FROM near_questions
    ),
    of_chunks AS (
      SELECT paragraph, max(-(embedding <#> $1::vector)) AS best
      FROM found JOIN ${schema}.chunks USING (paragraph) GROUP BY paragraph
    ),
    of_questions AS (
      SELECT f.paragraph, best FROM found f CROSS JOIN LATERAL (
        SELECT array_agg(cosine ORDER BY cosine DESC) AS best FROM (
          SELECT -(embedding <#> $2::vector) AS cosine FROM ${schema}.questions q
          WHERE q.paragraph = f.paragraph ORDER BY cosine DESC LIMIT $5::int
        ) AS highest
      ) AS of_paragraph
    ),
    matches AS (
      SELECT f.paragraph, coalesce(w.whole, 0) AS lexical, coalesce(w.own, 0) AS text, coalesce(c.best, 0) AS chunk,
        coalesce(q.best, '{}') AS questions, coalesce(-(o.centroid <#> $2::vector), 0) AS centroid
      FROM found f
      JOIN ${schema}.paragraphs o ON o.ordinal = f.paragraph
      LEFT JOIN worded w ON w.paragraph = f.paragraph
      LEFT JOIN of_chunks c ON c.paragraph = f.paragraph
      LEFT JOIN of_questions q ON q.paragraph = f.paragraph
    )
  SELECT
    (SELECT coalesce(json_agg(m), '[]') FROM matches m) AS matches,
    (SELECT coalesce(json_agg(${QUESTION} ORDER BY distance), '[]') FROM answered) AS answered,
    (SELECT coalesce(json_agg(${QUESTION} ORDER BY distance), '[]') FROM unanswered) AS unanswered,
    (SELECT coalesce(json_agg(json_build_array(term, frequency)), '[]') FROM ${schema}.terms WHERE term = ANY ($10::text[]))
      AS frequencies`;
}

/** Entries of paragraphs with their cosines. $1 vector, $2 adapted vector, $3 paragraphs. */
export function closeUpQuery(schema: string): string {
  const of = (table: Table, vector: string, entry = 'entry') =>
    `SELECT '${table}' AS kind, paragraph, row, ${entry} AS entry, -(embedding <#> ${vector}::vector) AS cosine
     FROM ${schema}.${table} WHERE paragraph = ANY ($3::int[])`;
  return `${of('chunks', '$1')}
    UNION ALL ${of('questions', '$2')}
    UNION ALL ${of('unanswered', '$2', 'NULL')}
    ORDER BY kind, row`;
}
