import type { Paragraph } from '../corpus/index.js';
import {
  type Allowed,
  type ComposedIndex,
  coverage,
  type IndexedParagraph,
  paragraphTerms,
  termsOf,
} from '../index/index.js';
import { readScope, type Standing } from './scope.js';
import type { Filters, Passage, Query, Retrieval, ScopeTerm, Signals } from './types.js';

/** Entries taken from each graph. More changed no result on the development split. */
const NEAREST = 100;
/** Paragraphs taken from the lexical index, as many. */
const LEXICAL_CANDIDATES = 30;
/** Terms that must be left of a question for its scope words not to be searched for. */
const MIN_TERMS_BESIDE_SCOPE = 3;
/** Best questions of a paragraph whose cosines are averaged. */
const BEST_QUESTIONS = 6;

const NAMES = [
  'lexical',
  'questionTerms',
  'chunk',
  'question',
  'questions',
] as const satisfies (keyof Signals)[];

type Weights = Readonly<Record<keyof Signals, number>>;

/** Shares of the fused score, where a paragraph's document has a sidecar of questions and where not. */
export interface FusionWeights {
  readonly withQuestions: Weights;
  readonly without: Weights;
}

/** Tuned by `npm run ablation`. */
export const WEIGHTS: FusionWeights = {
  withQuestions: { lexical: 0.25, questionTerms: 0.15, chunk: 0, question: 0.3, questions: 0.3 },
  without: { lexical: 0.5, questionTerms: 0, chunk: 0.5, question: 0, questions: 0 },
};

/** What the score is multiplied by, by standing towards the scope of the question. */
const STANDING: Readonly<Record<Standing, number>> = { inside: 1, mentioned: 0.9, outside: 0 };

/**
 * Finds the paragraphs nearest to a query: one result a paragraph, filters and scope applied inside the searches.
 *
 * @param weights of the signals in the score; others than the default are for measuring
 */
export async function retrieve(
  index: ComposedIndex,
  query: Query,
  weights: FusionWeights = WEIGHTS,
): Promise<Retrieval> {
  const filtered = index.paragraphs.map((paragraph) => passes(paragraph, query.filters));
  const understood = readScope(query.scope ? query.text : '', index.documents);
  // Words that point outside what the request asks for give way to it.
  const fits = index.paragraphs.some(
    (indexed, i) => filtered[i] && understood.standing(indexed) !== 'outside',
  );
  const scope = fits ? understood : readScope('', index.documents);
  const text = withoutScope(query.text, scope.terms);
  const vector = Float32Array.from(await index.embeddings.embedQuery(text));
  const standings = index.paragraphs.map((indexed, i) => (filtered[i] ? scope.standing(indexed) : 'outside'));
  const allowed: Allowed = (ordinal) => standings[ordinal] !== 'outside';
  const adapted = index.adapter.apply(vector);
  const signals = await signalsOf(
    index,
    text,
    vector,
    adapted,
    standings.every((s) => s !== 'outside') ? null : allowed,
  );
  const fused = fuse(index, text, signals, weights);
  const passages = [...signals].flatMap(([ordinal, own]): Passage[] => {
    const found = index.paragraphs[ordinal];
    const standing = standings[ordinal] ?? 'outside';
    if (!found) return [];
    return [{ ordinal, ...found, signals: own, score: (fused.get(ordinal) ?? 0) * STANDING[standing] }];
  });
  passages.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
  return { passages: passages.slice(0, query.limit), scope: scope.terms, vector, adapted };
}

/**
 * The question without the words that were understood as its scope: they limit where to look, and would only draw the
 * search to paragraphs that speak of years and sessions. Kept where hardly anything else is asked.
 */
function withoutScope(text: string, terms: readonly ScopeTerm[]): string {
  const filters = terms.filter(({ mode }) => mode === 'filter');
  const rest = filters.reduce((left, { words }) => left.replace(words, ' '), text).trim();
  return termsOf(rest).length >= MIN_TERMS_BESIDE_SCOPE ? rest : text;
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

/**
 * Weighted sum of the signals, each divided by its best in this query. Where there are no questions to bridge a
 * difference of words, the lexical signal weighs only as much as the record has the question's words: what BM25 finds
 * for a few stray words says little.
 */
function fuse(
  index: ComposedIndex,
  text: string,
  signals: ReadonlyMap<number, Signals>,
  { without, withQuestions }: FusionWeights,
): Map<number, number> {
  const best = Object.fromEntries(
    NAMES.map((name) => [name, Math.max(...[...signals.values()].map((own) => own[name]), Number.MIN_VALUE)]),
  ) as Record<keyof Signals, number>;
  const hasQuestions = (ordinal: number) => (index.paragraphs[ordinal]?.document.questions.length ?? 0) > 0;
  const bare = [...signals.keys()].filter((ordinal) => !hasQuestions(ordinal));
  const covered = bare.length > 0 ? bestCoverage(index, text, bare) : 1;
  const reduced = { ...without, lexical: without.lexical * covered };
  return new Map(
    [...signals].map(([ordinal, own]) => {
      const weights = hasQuestions(ordinal) ? withQuestions : reduced;
      return [ordinal, NAMES.reduce((sum, name) => sum + (weights[name] * own[name]) / best[name], 0)];
    }),
  );
}

/** Largest share of the query's words that one of the paragraphs has. */
function bestCoverage(index: ComposedIndex, text: string, ordinals: readonly number[]): number {
  const terms = [...new Set(termsOf(text))];
  const coverages = ordinals.map((ordinal) => {
    const paragraph = index.paragraphs[ordinal]?.paragraph;
    return paragraph ? coverage(terms, paragraphTerms(paragraph), index.lexical) : 0;
  });
  return Math.max(0, ...coverages);
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
