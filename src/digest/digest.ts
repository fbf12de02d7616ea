import { confidenceOf, extracts } from '../answer/index.js';
import type { AnyIndex, IndexedParagraph } from '../index/index.js';
import { limitsOf, NO_FILTERS, type Passage, type Retrieval, retrieve } from '../retrieve/index.js';
import { folded, yearsSaid } from './fold.js';
import { originals } from './originals.js';
import { naming, onTopic } from './topic.js';
import type { Digest, DigestQuery, PartCount, Said, YearCount } from './types.js';

/** Sentences quoted at most from a paragraph. */
const SENTENCES = 2;
/** Paragraphs that are looked at, the nearest first: all of most records; of the largest more than anybody reads. */
const MOST_LOOKED_AT = 2_000;

/**
 * Everything that the record says on a topic. What belongs is decided over the whole of the documents; years, sections and
 * scope words only choose from it, so that a part of a digest says nothing that the whole does not. Deterministic.
 *
 * @param abstainThreshold confidence below which the record has nothing on the topic; the calibrated one where undefined
 */
export async function digest(
  index: AnyIndex,
  query: DigestQuery,
  abstainThreshold: number | undefined,
): Promise<Digest> {
  const { text, scope, standing } = await limitsOf(
    index,
    { text: query.topic, filters: { ...query.filters, paragraphs: null }, scope: query.scope },
    1,
  );
  const retrieval = await retrieve(index, {
    text,
    limit: Math.min(index.paragraphs.length, MOST_LOOKED_AT),
    filters: { ...NO_FILTERS, documents: query.filters.documents },
    scope: false,
  });
  const { probability: confidence, threshold } = confidenceOf(index, text, retrieval);
  const found =
    confidence < (abstainThreshold ?? threshold)
      ? []
      : onTopic(index, retrieval.near.lexical, text, retrieval.passages);
  const inside = found.filter(({ ordinal }) => standing(ordinal) !== 'outside');
  const looked = index.paragraphs.filter((_, ordinal) => standing(ordinal) !== 'outside');
  const years = new Set(looked.map(({ paragraph }) => paragraph.year));
  const said = inside.slice(0, query.limit).flatMap((passage) => {
    const all = statementsOf(index, passage, retrieval, text);
    // Of a part without a year that is in scope for naming one, only what does not belong to others.
    return standing(passage.ordinal) === 'mentioned' ? all.filter((one) => isWithin(one, years)) : all;
  });
  const passages = [...new Set(said.map(({ passage }) => passage))].sort(byYear);
  const beyond = Math.max(0, inside.length - query.limit);
  return {
    statements: folded([...said, ...originals(index, said)].sort(byPlace)),
    passages,
    years: yearCounts(looked, passages),
    parts: partCounts(looked, passages),
    elsewhere: found.length - passages.length - beyond,
    omitted: beyond,
    confidence,
    scope,
  };
}

/** What a passage says on the topic. What introduces a list stands beside its items, and not once more alone. */
function statementsOf(index: AnyIndex, passage: Passage, retrieval: Retrieval, topic: string): Said[] {
  const all = naming(retrieval.near.lexical, topic, extracts(index, passage, retrieval, topic, SENTENCES));
  return all
    .filter(({ quote }) => !all.some(({ leadIn }) => leadIn?.quote.includes(quote)))
    .map((extract) => ({ passage, extract }));
}

function isWithin(said: Said, years: ReadonlySet<number | null>): boolean {
  if (said.passage.paragraph.year !== null) return true;
  const named = yearsSaid(said);
  return named.length === 0 || named.some((year) => years.has(year));
}

/** Years in order, undated parts after them, each in the order of the record. */
function byYear(a: Passage, b: Passage): number {
  return yearOf(a) - yearOf(b) || a.ordinal - b.ordinal;
}

function byPlace(a: Said, b: Said): number {
  const startOf = ({ extract }: Said) => extract.spans[0]?.[0] ?? 0;
  return byYear(a.passage, b.passage) || startOf(a) - startOf(b);
}

/** Not infinite: two undated paragraphs must compare as equal. */
function yearOf({ paragraph }: IndexedParagraph): number {
  return paragraph.year ?? Number.MAX_SAFE_INTEGER;
}

function yearCounts(looked: readonly IndexedParagraph[], passages: readonly Passage[]): YearCount[] {
  const years = [...looked].sort((a, b) => yearOf(a) - yearOf(b)).map(({ paragraph }) => paragraph.year);
  return [...new Set(years)].map((year) => ({
    year,
    paragraphs: passages.filter(({ paragraph }) => paragraph.year === year).length,
  }));
}

function partCounts(looked: readonly IndexedParagraph[], passages: readonly Passage[]): PartCount[] {
  const counts = new Map<string, PartCount>();
  for (const { document, paragraph } of looked) {
    const place = { document: document.metadata.id, part: paragraph.section[0] ?? null };
    const key = JSON.stringify(place);
    if (counts.has(key)) continue;
    const within = passages.filter(
      (passage) => passage.document === document && (passage.paragraph.section[0] ?? null) === place.part,
    );
    counts.set(key, { ...place, paragraphs: within.length });
  }
  return [...counts.values()];
}
