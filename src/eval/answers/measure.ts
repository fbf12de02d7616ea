import { type CheckedPassage, checkSentence } from '../../check/index.js';
import type { RecordDocument } from '../../corpus/index.js';
import { numberedPassages } from '../../generate/index.js';
import type { AnswerView, FallbackReason, Responder } from '../../response/index.js';
import { estimate } from '../metrics.js';
import { questionOf } from '../run.js';
import type { Estimate, EvalQuestion } from '../types.js';
import { citationScores, type Judge, type Statement } from './citations.js';

/** What the citations of answers are worth; of those that were given, over questions that the record answers. */
export interface CitedFigures {
  readonly answered: number;
  /** Statements that what they cite bears out. */
  readonly supported: Estimate;
  /** As in ALCE, a value an answer. */
  readonly recall: Estimate;
  readonly precision: Estimate;
  /** Share of the cited paragraphs that are right, and of the answers that cite a right one. */
  readonly rightCited: Estimate;
  readonly anyRight: Estimate;
}

export interface WrittenFigures extends CitedFigures {
  readonly model: string;
  /** Answers that a model wrote, of those that were given. */
  readonly generated: number;
  readonly fallbacks: Readonly<Partial<Record<FallbackReason, number>>>;
  /** Sentences that it wrote, and what became of them. */
  readonly sentences: number;
  readonly repaired: number;
  readonly replaced: number;
  readonly removed: number;
}

export interface AnswersFigures {
  readonly set: string;
  readonly extractive: CitedFigures;
  /** Share of the quotations that the check of written sentences would let through: it should be all. */
  readonly quotationsPassed: Estimate;
  /** Null where no model is set. */
  readonly written: WrittenFigures | null;
}

interface Given {
  readonly question: EvalQuestion;
  readonly view: AnswerView;
}

/**
 * Asks the questions that the record answers, for quotations alone and, where a model writes, for what it writes.
 *
 * @param responder answers with quotations
 * @param writing the same with a model, or null
 */
export async function answersFigures(
  responder: Responder,
  writing: Responder | null,
  { name, questions }: { readonly name: string; readonly questions: readonly EvalQuestion[] },
): Promise<AnswersFigures> {
  const { documents } = responder;
  const answerable = questions.filter(({ gold }) => gold.length > 0);
  const quoted = await askAll(responder, answerable);
  const statements = quoted.flatMap((given) => statementsOf(given, documents));
  return {
    set: name,
    extractive: citedFigures(quoted, documents),
    quotationsPassed: estimate(statements.map(({ text, cited }) => (isBorneOut(text, cited) ? 1 : 0))),
    written: writing && writtenFigures(await askAll(writing, answerable), documents),
  };
}

async function askAll(responder: Responder, questions: readonly EvalQuestion[]): Promise<Given[]> {
  const given: Given[] = [];
  for (const question of questions) {
    const view = await responder.ask(questionOf(question));
    if (view.status === 'answered') given.push({ question, view });
  }
  return given;
}

function citedFigures(given: readonly Given[], documents: readonly RecordDocument[]): CitedFigures {
  const scores = given.map((one) =>
    citationScores(statementsOf(one, documents), one.view.mode === 'generated' ? isSaid : isVerbatim),
  );
  const right = given.map(({ question, view }) => {
    const cited = [...new Set(view.citations.map(({ paragraph }) => paragraph ?? 0))];
    return cited.filter((number) => question.gold.includes(number)).length / Math.max(cited.length, 1);
  });
  return {
    answered: given.length,
    supported: estimate(scores.flatMap(({ supported }) => supported)),
    recall: estimate(scores.map(({ recall }) => recall)),
    precision: estimate(scores.map(({ precision }) => precision)),
    rightCited: estimate(right),
    anyRight: estimate(right.map((share) => (share > 0 ? 1 : 0))),
  };
}

function writtenFigures(given: readonly Given[], documents: readonly RecordDocument[]): WrittenFigures {
  const made = given.flatMap(({ view }) => view.generation ?? []);
  const sum = (name: 'sentences' | 'repaired' | 'replaced' | 'removed') =>
    made.reduce((total, generation) => total + generation[name], 0);
  const fallbacks: Partial<Record<FallbackReason, number>> = {};
  for (const { reason } of made) if (reason) fallbacks[reason] = (fallbacks[reason] ?? 0) + 1;
  return {
    ...citedFigures(given, documents),
    model: made[0]?.model ?? '',
    generated: given.filter(({ view }) => view.mode === 'generated').length,
    fallbacks,
    sentences: sum('sentences'),
    repaired: sum('repaired'),
    replaced: sum('replaced'),
    removed: sum('removed'),
  };
}

/** Sentences with the passages whose marks they have; quotations each with its own. */
function statementsOf({ view }: Given, documents: readonly RecordDocument[]): Statement<CheckedPassage>[] {
  const passageOf = (citation: AnswerView['citations'][number]) =>
    numberedPassages({ passages: [{ ...citation, snippet: '' }] }, documents);
  if (view.mode === 'extractive')
    return view.citations.map((citation) => ({ text: citation.quote, cited: passageOf(citation) }));
  return (view.sentences ?? []).map(({ text, citations: ids, words }) => {
    const citations = view.citations.filter(({ id }) => ids.includes(id));
    return {
      // What leads a quotation in says nothing of the record.
      text: words === 'record' ? (citations[0]?.quote ?? '') : text.replaceAll(/ *\[\d+\]/gu, ''),
      cited: citations.flatMap(passageOf),
    };
  });
}

const isBorneOut: Judge<CheckedPassage> = (text, passages) => checkSentence(text, passages).supported;
const isVerbatim: Judge<CheckedPassage> = (text, passages) =>
  passages.some((passage) => passage.text.includes(text));
/** The record's own words need no check. */
const isSaid: Judge<CheckedPassage> = (text, passages) =>
  isVerbatim(text, passages) || isBorneOut(text, passages);

/** Figures that a gate can be set on. */
export function answersGateFigures({
  extractive,
  quotationsPassed,
}: AnswersFigures): Readonly<Record<string, number>> {
  return {
    'statements supported': extractive.supported.mean,
    'citation recall': extractive.recall.mean,
    'citation precision': extractive.precision.mean,
    'cited paragraphs right': extractive.rightCited.mean,
    'quotations passed': quotationsPassed.mean,
  };
}
