import { readFile } from 'node:fs/promises';
import { type Answer, ask, type Question } from '../answer/index.js';
import { isVerbatim, type RecordDocument } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import type { AnyIndex } from '../index/index.js';
import { NO_FILTERS } from '../retrieve/index.js';
import { auroc, estimate, ndcgAt, recallAt, reciprocalRank, successAt } from './metrics.js';
import { standsInScope } from './scoped.js';
import {
  type Estimate,
  type EvalQuestion,
  evalQuestionSchema,
  isSingle,
  type System,
  UNANSWERABLE,
} from './types.js';

/** Ranking figures of one system; each list has a value a question, in the order of the questions that have gold. */
export interface RankingFigures {
  readonly recall1: Estimate;
  readonly recall5: Estimate;
  readonly recall10: Estimate;
  readonly mrr: Estimate;
  readonly ndcg10: Estimate;
  /** Recall@15 over theme questions. */
  readonly themes15: Estimate;
  /** Share of scoped questions that name a place whose first result stands there, right or not. */
  readonly inScope: Estimate;
  readonly byKind: Readonly<
    Record<string, { readonly recall1: Estimate; readonly recall5: Estimate; readonly mrr: Estimate }>
  >;
  /** Reciprocal rank of each question, for paired tests. */
  readonly reciprocalRanks: readonly number[];
}

export interface AnswerFigures {
  /** Share of all quotations that are the source's own words. */
  readonly verbatim: Estimate;
  /** Share of answered questions whose quotations have the gold words. */
  readonly goldQuoted: Estimate;
  /** Share of cited paragraphs that are right, over answered questions with gold. */
  readonly citationPrecision: Estimate;
  readonly answerableRefused: Estimate;
  readonly refusalPrecision: Estimate;
  readonly refusalRecall: Estimate;
  readonly refusedByKind: Readonly<Record<string, Estimate>>;
  /** Answerable against unanswerable, by the kind of the latter. */
  readonly aurocByKind: Readonly<Record<string, number>>;
  /** Milliseconds a question. */
  readonly p50Ms: number;
}

/** A question with what was answered. Holds whole documents, so it is not for printing. */
export interface Asked {
  readonly question: EvalQuestion;
  readonly answer: Answer;
  readonly tookMs: number;
}

/** @throws ParaciteError `bad_request` that names file and line */
export async function readSet(file: string): Promise<EvalQuestion[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ParaciteError('bad_request', `the evaluation set cannot be read: ${messageOf(error)}`);
  });
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [evalQuestionSchema.parse(JSON.parse(line))];
    } catch (error) {
      throw new ParaciteError(
        'bad_request',
        `${file}:${index + 1}: not an evaluation question: ${messageOf(error)}`,
      );
    }
  });
}

/**
 * Runs a system over the questions that have an answer.
 *
 * @param document whose paragraphs the numbers are; undefined leaves out what is looked up in it
 */
export async function rankingFigures(
  system: System,
  questions: readonly EvalQuestion[],
  document: RecordDocument | undefined,
): Promise<RankingFigures> {
  const ranked: { readonly question: EvalQuestion; readonly ranking: readonly number[] }[] = [];
  for (const question of questions.filter(({ gold }) => gold.length > 0)) {
    ranked.push({ question, ranking: await system.rank(question.question) });
  }
  const themes = ranked.filter(({ question }) => question.kind === 'theme');
  const single = ranked.filter(({ question }) => isSingle(question));
  const over = (
    list: typeof ranked,
    metric: (ranking: readonly number[], gold: readonly number[]) => number,
  ) => estimate(list.map(({ ranking, question }) => metric(ranking, question.gold)));
  const keys = [...new Set(single.flatMap(({ question }) => keysOf(question)))];
  return {
    recall1: over(single, (r, g) => successAt(r, g, 1)),
    recall5: over(single, (r, g) => successAt(r, g, 5)),
    recall10: over(single, (r, g) => successAt(r, g, 10)),
    mrr: over(single, reciprocalRank),
    ndcg10: over(single, (r, g) => ndcgAt(r, g, 10)),
    themes15: over(themes, (r, g) => recallAt(r, g, 15)),
    inScope: estimate(
      single
        .filter(({ question }) => question.kind === 'scoped')
        .flatMap(({ question, ranking }) => {
          const stands = document && standsInScope(document, question.question, ranking[0], question.gold);
          return typeof stands === 'boolean' ? [stands ? 1 : 0] : [];
        }),
    ),
    byKind: Object.fromEntries(
      keys.map((key) => {
        const list = single.filter(({ question }) => keysOf(question).includes(key));
        return [
          key,
          {
            recall1: over(list, (r, g) => successAt(r, g, 1)),
            recall5: over(list, (r, g) => successAt(r, g, 5)),
            mrr: over(list, reciprocalRank),
          },
        ];
      }),
    ),
    reciprocalRanks: single.map(({ question, ranking }) => reciprocalRank(ranking, question.gold)),
  };
}

/** What a question's figures are grouped by. */
function keysOf({ kind, register }: EvalQuestion): string[] {
  return register ? [kind, register] : [kind];
}

/** A question as `/v1/ask` with its defaults would ask it; themes with room for their paragraphs. */
export function questionOf({ question, kind }: EvalQuestion): Question {
  return { text: question, limit: kind === 'theme' ? 15 : 5, filters: NO_FILTERS, scope: true };
}

/** Asks every question. */
export async function askAll(
  index: AnyIndex,
  questions: readonly EvalQuestion[],
  abstainThreshold: number | undefined,
): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const question of questions) {
    const started = performance.now();
    const answer = await ask(index, questionOf(question), abstainThreshold);
    asked.push({ question, answer, tookMs: performance.now() - started });
  }
  return asked;
}

export function answerFigures(asked: readonly Asked[]): AnswerFigures {
  const refused = ({ answer }: Asked) => (answer.status === 'not_found' ? 1 : 0);
  const answerable = asked.filter(({ question }) => question.gold.length > 0);
  const unanswerable = asked.filter(({ question }) => question.gold.length === 0);
  const answered = answerable.filter(({ answer }) => answer.status === 'answered');
  const kinds = UNANSWERABLE.map(
    (kind) => [kind, unanswerable.filter(({ question }) => question.kind === kind)] as const,
  );
  const confidences = (list: readonly Asked[]) => list.map(({ answer }) => answer.confidence);
  return {
    verbatim: estimate(
      asked.flatMap(({ answer }) =>
        answer.citations.flatMap(({ quote, spans, leadIn, passage }) =>
          [{ quote, spans }, ...(leadIn ? [leadIn] : [])].map((quotation) =>
            isVerbatim(passage.document.source, quotation.quote, quotation.spans) ? 1 : 0,
          ),
        ),
      ),
    ),
    goldQuoted: estimate(
      answered
        .filter(({ question }) => question.must_quote.length > 0)
        .map(({ question, answer }) =>
          question.must_quote.some((words) =>
            answer.citations.some(
              ({ quote, leadIn }) => quote.includes(words) || leadIn?.quote.includes(words),
            ),
          )
            ? 1
            : 0,
        ),
    ),
    citationPrecision: estimate(
      answered.map(({ question, answer }) => {
        const cited = [...new Set(answer.citations.map(({ passage }) => passage.paragraph.number))];
        return cited.filter((number) => question.gold.includes(number)).length / Math.max(cited.length, 1);
      }),
    ),
    answerableRefused: estimate(answerable.map(refused)),
    refusalPrecision: estimate(
      asked.filter(refused).map(({ question }) => (question.gold.length === 0 ? 1 : 0)),
    ),
    refusalRecall: estimate(unanswerable.map(refused)),
    refusedByKind: Object.fromEntries(kinds.map(([kind, list]) => [kind, estimate(list.map(refused))])),
    aurocByKind: Object.fromEntries(
      kinds.map(([kind, list]) => [kind, auroc(confidences(answerable), confidences(list))]),
    ),
    p50Ms: asked.map(({ tookMs }) => tookMs).sort((a, b) => a - b)[Math.floor(asked.length / 2)] ?? 0,
  };
}
