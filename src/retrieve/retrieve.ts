import { type Allowed, type AnyIndex, termsOf } from '../index/index.js';
import { isBare, LOOKED_AT, lookedAtCloser } from './closer.js';
import { filterOf } from './filters.js';
import { headingIn } from './heading.js';
import { EVERYWHERE, readScope, type Standing } from './scope.js';
import { search } from './search.js';
import { SIGNALS, scaled } from './signals.js';
import type { Passage, Query, Retrieval, ScopeTerm, Signals } from './types.js';
import { LEARNT } from './weights.js';

/** Terms that must be left of a question for its scope words not to be searched for. */
const MIN_TERMS_BESIDE_SCOPE = 3;

export type Weights = Readonly<Record<keyof Signals, number>>;

/** Weights of the scaled signals, where a paragraph's document has a sidecar of questions and where not. */
export interface FusionWeights {
  readonly withQuestions: Weights;
  readonly without: Weights;
}

/** Learnt from questions that were left out of the index; those without a sidecar set by `npm run ablation`. */
export const WEIGHTS: FusionWeights = {
  withQuestions: LEARNT,
  without: { lexical: 0.5, text: 0, coverage: 0, chunk: 0.5, question: 0, questions: 0, centroid: 0 },
};

/** What the score is multiplied by, by standing towards the scope of the question. */
const STANDING: Readonly<Record<Standing, number>> = {
  inside: 1,
  mentioned: 0.9,
  elsewhere: 0.7,
  outside: 0,
};

/**
 * Finds the paragraphs nearest to a query: one result a paragraph, filters and scope applied inside the searches.
 *
 * @param weights of the signals in the score; others than the default are for measuring
 */
export async function retrieve(
  index: AnyIndex,
  query: Query,
  weights: FusionWeights = WEIGHTS,
): Promise<Retrieval> {
  const { text, scope, standing, allowed } = await limitsOf(index, query);
  const found = await search(index, text, query.text, allowed, query.limit);
  const { signals, vector, adapted, nearest } = found;
  const fused = fuse(index, signals, weights);
  const ranked = [...signals].flatMap(([ordinal, own]) => {
    const indexed = index.paragraphs[ordinal];
    if (!indexed) return [];
    const factor = STANDING[standing(ordinal)];
    const passage: Passage = { ordinal, ...indexed, signals: own, score: (fused.get(ordinal) ?? 0) * factor };
    return [{ passage, factor }];
  });
  ranked.sort((a, b) => b.passage.score - a.passage.score || a.passage.ordinal - b.passage.ordinal);
  // Beside passages with questions the scores of a closer look would be of another scale.
  const deeper = ranked.slice(0, Math.max(query.limit, LOOKED_AT));
  const isToBeSeen = deeper.every(({ passage }) => isBare(passage));
  const best = isToBeSeen ? deeper : ranked.slice(0, query.limit);
  const { near, cosines } = await found.closeUp(best.map(({ passage }) => passage.ordinal));
  const passages = isToBeSeen
    ? lookedAtCloser(index, best, text, near, cosines, query.limit)
    : best.map(({ passage }) => passage);
  return { passages, scope, vector, adapted, cosines, near, nearest };
}

/** What a query is limited to. */
export interface Limits {
  /** What is left to search for. */
  readonly text: string;
  readonly scope: readonly ScopeTerm[];
  /** Of a paragraph, by ordinal; a filter puts it outside. Read where it is asked for, and once. */
  standing(ordinal: number): Standing;
  /** What is not outside; null where nothing is. */
  readonly allowed: Allowed | null;
}

/**
 * Filters and scope words of a query, read against the corpus.
 *
 * @param leastTerms that must be left beside the scope words for those not to be searched for
 */
export async function limitsOf(
  index: AnyIndex,
  query: Omit<Query, 'limit'>,
  leastTerms = MIN_TERMS_BESIDE_SCOPE,
): Promise<Limits> {
  const { paragraphs, documents } = index;
  const passes = filterOf(paragraphs, query.filters);
  const understood = query.scope ? readScope(query.text, documents) : EVERYWHERE;
  // Words that point outside what the request asks for give way to it.
  const fits =
    passes === null ||
    paragraphs.some((indexed, ordinal) => passes(ordinal) && understood.standing(indexed) !== 'outside');
  const scope = fits ? understood : EVERYWHERE;
  const isLimited = passes !== null || scope.limits;
  const isScoped = scope.terms.length > 0;
  const around = (ordinal: number): Standing => {
    const indexed = paragraphs[ordinal];
    if (indexed === undefined || passes?.(ordinal) === false) return 'outside';
    return isScoped ? scope.standing(indexed) : 'inside';
  };
  const aroundOf = isScoped ? read(paragraphs.length, around) : around;
  const inside: Allowed | null = isScoped ? (ordinal) => aroundOf(ordinal) === 'inside' : passes;
  const heading = query.scope ? await headingIn(index, query.text, inside) : null;
  const everywhere = !isLimited || paragraphs.every((_, ordinal) => aroundOf(ordinal) !== 'outside');
  return {
    text: withoutScope(query.text, scope.terms, leastTerms),
    scope: heading
      ? [...scope.terms, { kind: 'heading', value: heading.title, words: heading.words, mode: 'boost' }]
      : scope.terms,
    standing: (ordinal) => {
      const standing = aroundOf(ordinal);
      return heading && standing !== 'outside' && !heading.inside(ordinal) ? 'elsewhere' : standing;
    },
    allowed: everywhere ? null : isScoped ? (ordinal) => aroundOf(ordinal) !== 'outside' : passes,
  };
}

const STANDINGS = Object.keys(STANDING) as Standing[];

/** Standings by ordinal, each found out once: searches ask for the same paragraphs many times. */
function read(paragraphs: number, around: (ordinal: number) => Standing): (ordinal: number) => Standing {
  /** Positions among the standings, plus 1. */
  const known = new Uint8Array(paragraphs);
  return (ordinal) => {
    const before = STANDINGS[(known[ordinal] ?? 0) - 1];
    if (before) return before;
    const standing = around(ordinal);
    known[ordinal] = STANDINGS.indexOf(standing) + 1;
    return standing;
  };
}

/**
 * The question without the words that were understood as its scope: they limit where to look, and would only draw the
 * search to paragraphs that speak of years and sessions. Kept where hardly anything else is asked.
 */
function withoutScope(text: string, terms: readonly ScopeTerm[], leastTerms: number): string {
  const filters = terms.filter(({ mode }) => mode === 'filter');
  const rest = filters.reduce((left, { words }) => left.replace(words, ' '), text).trim();
  return termsOf(rest).length >= leastTerms ? rest : text;
}

/**
 * Weighted sum of the scaled signals, 0 to 1. Where there are no questions to bridge a difference of words, the lexical
 * signal weighs only as much as the record has the question's words: what BM25 finds for a few stray words says little.
 */
function fuse(
  index: AnyIndex,
  signals: ReadonlyMap<number, Signals>,
  { without, withQuestions }: FusionWeights,
): Map<number, number> {
  const hasQuestions = (ordinal: number) => (index.paragraphs[ordinal]?.document.questions.length ?? 0) > 0;
  const bare = [...signals].filter(([ordinal]) => !hasQuestions(ordinal));
  const covered = Math.max(0, ...bare.map(([, own]) => own.coverage));
  const reduced = { ...without, lexical: without.lexical * covered };
  return new Map(
    [...scaled(signals)].map(([ordinal, own]) => [
      ordinal,
      hasQuestions(ordinal) ? weighed(own, withQuestions, withQuestions) : weighed(own, reduced, without),
    ]),
  );
}

/** Weighted sum as a share of what a paragraph that is best in everything would get. */
function weighed(own: Signals, weights: Weights, full: Weights): number {
  const most = SIGNALS.reduce((sum, name) => sum + Math.max(0, full[name]), 0);
  return Math.max(0, SIGNALS.reduce((sum, name) => sum + weights[name] * own[name], 0) / most);
}
