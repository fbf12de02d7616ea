import type { Paragraph } from '../corpus/index.js';
import type { Allowed, ComposedIndex, IndexedParagraph } from '../index/index.js';
import { readScope, type Standing } from './scope.js';
import type { Filters, Passage, Query, Retrieval, Signals } from './types.js';

/** Entries taken from each graph. More changed no result on the development split. */
const NEAREST = 150;
/** Paragraphs taken from the lexical index, as many. */
const LEXICAL_CANDIDATES = 40;
/** Best questions of a paragraph whose cosines are averaged. */
const BEST_QUESTIONS = 6;

type Weights = Readonly<Record<keyof Signals, number>>;

/** Shares of the fused score, where a paragraph's document has a sidecar of questions and where not. Tuned by `npm run ablation`. */
export const WEIGHTS: { readonly withQuestions: Weights; readonly without: Weights } = {
  withQuestions: { lexical: 0.25, questionTerms: 0.15, chunk: 0, question: 0.3, questions: 0.3 },
  without: { lexical: 0.6, questionTerms: 0, chunk: 0.4, question: 0, questions: 0 },
};

/** What the score is multiplied by, by standing towards the scope of the question. */
const STANDING: Readonly<Record<Standing, number>> = { inside: 1, mentioned: 0.85, outside: 0 };

/** Finds the paragraphs nearest to a query: one result a paragraph, filters and scope applied inside the searches. */
export async function retrieve(index: ComposedIndex, query: Query): Promise<Retrieval> {
  const vector = Float32Array.from(await index.embeddings.embedQuery(query.text));
  const scope = query.scope ? readScope(query.text, index.documents) : readScope('', index.documents);
  const standings = index.paragraphs.map((paragraph) =>
    passes(paragraph, query.filters) ? scope.standing(paragraph) : 'outside',
  );
  const allowed: Allowed = (ordinal) => standings[ordinal] !== 'outside';
  const adapted = index.adapter.apply(vector);
  const signals = await signalsOf(
    index,
    query.text,
    vector,
    adapted,
    standings.every((s) => s !== 'outside') ? null : allowed,
  );
  const fused = fuse(signals, (ordinal) => withQuestions(index.paragraphs[ordinal]));
  const passages = [...signals].flatMap(([ordinal, own]): Passage[] => {
    const found = index.paragraphs[ordinal];
    const standing = standings[ordinal] ?? 'outside';
    if (!found) return [];
    return [{ ordinal, ...found, signals: own, score: (fused.get(ordinal) ?? 0) * STANDING[standing] }];
  });
  passages.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
  return { passages: passages.slice(0, query.limit), scope: scope.terms, vector, adapted };
}

/** Signals of every paragraph that one of the searches found. */
async function signalsOf(
  index: ComposedIndex,
  text: string,
  vector: Float32Array,
  adapted: Float32Array,
  allowed: Allowed | null,
): Promise<Map<number, Signals>> {
  const everything: Allowed = allowed ?? (() => true);
  const [chunkHits, questionHits] = await Promise.all([
    index.chunks.nearest(vector, NEAREST, allowed),
    index.questions.nearest(adapted, NEAREST, allowed),
  ]);
  const lexical = index.lexical.scores(text, ['text', 'context', 'questions'], everything);
  const questionTerms = index.lexical.scores(text, ['questions'], everything);
  const found = new Set([
    ...topKeys(lexical, LEXICAL_CANDIDATES),
    ...[...chunkHits, ...questionHits].map(({ entry }) => entry.paragraph),
  ]);
  return new Map(
    [...found].map((ordinal) => {
      const questions = index.questions
        .rowsOf(ordinal)
        .map((row) => index.questions.similarity(adapted, row))
        .sort((a, b) => b - a);
      const best = questions.slice(0, BEST_QUESTIONS);
      const chunks = index.chunks.rowsOf(ordinal).map((row) => index.chunks.similarity(vector, row));
      return [
        ordinal,
        {
          lexical: lexical.get(ordinal) ?? 0,
          questionTerms: questionTerms.get(ordinal) ?? 0,
          chunk: Math.max(0, ...chunks),
          question: Math.max(0, questions[0] ?? 0),
          questions: Math.max(0, best.reduce((sum, value) => sum + value, 0) / Math.max(best.length, 1)),
        },
      ];
    }),
  );
}

function topKeys(scores: ReadonlyMap<number, number>, limit: number): number[] {
  const ranked = [...scores].sort(([a, x], [b, y]) => y - x || a - b);
  return ranked.slice(0, limit).map(([key]) => key);
}

/** Weighted sum of the signals, each divided by its best in this query. */
function fuse(
  signals: ReadonlyMap<number, Signals>,
  hasQuestions: (ordinal: number) => boolean,
): Map<number, number> {
  const names = Object.keys(WEIGHTS.without) as (keyof Signals)[];
  const best = Object.fromEntries(
    names.map((name) => [name, Math.max(...[...signals.values()].map((own) => own[name]), Number.MIN_VALUE)]),
  ) as Record<keyof Signals, number>;
  return new Map(
    [...signals].map(([ordinal, own]) => {
      const weights = hasQuestions(ordinal) ? WEIGHTS.withQuestions : WEIGHTS.without;
      return [ordinal, names.reduce((sum, name) => sum + (weights[name] * own[name]) / best[name], 0)];
    }),
  );
}

function withQuestions(indexed: IndexedParagraph | undefined): boolean {
  return (indexed?.document.questions.length ?? 0) > 0;
}

function passes({ document, paragraph }: IndexedParagraph, filters: Filters): boolean {
  return (
    (filters.documents.length === 0 || filters.documents.includes(document.metadata.id)) &&
    (filters.years.length === 0 || (paragraph.year !== null && filters.years.includes(paragraph.year))) &&
    (filters.sections.length === 0 || filters.sections.some((section) => isUnder(paragraph, section))) &&
    (filters.paragraphs === null ||
      (paragraph.number >= (filters.paragraphs.from ?? 0) &&
        paragraph.number <= (filters.paragraphs.to ?? Number.POSITIVE_INFINITY)))
  );
}

function isUnder(paragraph: Paragraph, section: string): boolean {
  const wanted = fold(section);
  return paragraph.section.some((title) => fold(title).includes(wanted));
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[’']/gu, "'").replace(/\s+/gu, ' ').trim();
}
