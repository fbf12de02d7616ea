import path from 'node:path';
import { sentencesOf } from '../chunk/index.js';
import { textOf } from '../corpus/index.js';
import type { AnyIndex } from '../index/index.js';
import { type AnswerView, NOT_ANSWERED, type Responder } from '../response/index.js';
import { writeWhole } from '../write.js';
import { questionOf } from './run.js';
import type { EvalQuestion } from './types.js';

/** A line as ragas' `EvaluationDataset.from_jsonl` reads it (`SingleTurnSample`). */
export interface RagasSample {
  readonly user_input: string;
  /** What a reader is shown, without [1] markers. */
  readonly response: string;
  /** Wording of the paragraphs that were considered, best first. */
  readonly retrieved_contexts: readonly string[];
  /** Wording of the paragraphs that answer it; none where the record does not. */
  readonly reference_contexts: readonly string[];
  /** The record's own words that answer it; where it does not answer, the sentence that says so. */
  readonly reference: string;
}

/**
 * Writes question, answer, contexts and reference of each set as `SET.jsonl`.
 *
 * @param responder gives the answers, by whatever `ANSWER_MODEL` says
 * @throws ParaciteError `bad_request` that names the file that cannot be written
 */
export async function exportRagas(
  { paragraphs }: Pick<AnyIndex, 'paragraphs'>,
  responder: Pick<Responder, 'ask'>,
  sets: readonly { readonly name: string; readonly questions: readonly EvalQuestion[] }[],
  directory: string,
): Promise<void> {
  for (const { name, questions } of sets) {
    const lines: string[] = [];
    for (const question of questions) {
      const view = await responder.ask(questionOf(question));
      lines.push(`${JSON.stringify(sampleOf(paragraphs, question, view))}\n`);
    }
    await writeWhole(path.join(directory, `${name}.jsonl`), lines.join(''));
  }
}

function sampleOf(
  paragraphs: AnyIndex['paragraphs'],
  question: EvalQuestion,
  { answer, passages }: AnswerView,
): RagasSample {
  const gold = paragraphs.filter(({ paragraph }) => question.gold.includes(paragraph.number));
  return {
    user_input: question.question,
    response: answer?.replaceAll(/ *\[\d+\]/gu, '') ?? NOT_ANSWERED,
    retrieved_contexts: passages.flatMap((view) =>
      paragraphs
        .filter(
          ({ document, paragraph }) =>
            document.metadata.id === view.document && paragraph.number === (view.paragraph ?? 0),
        )
        .map(({ paragraph }) => textOf(paragraph)),
    ),
    reference_contexts: gold.map(({ paragraph }) => textOf(paragraph)),
    reference: referenceOf(gold, question),
  };
}

/** The sentences with the words that an answer must quote; whole paragraphs where the set names no words. */
function referenceOf(gold: AnyIndex['paragraphs'], { must_quote }: EvalQuestion): string {
  if (gold.length === 0) return NOT_ANSWERED;
  const named = gold.flatMap(({ document, paragraph }) =>
    sentencesOf(paragraph, document.metadata.language)
      .map(({ text }) => text)
      .filter((text) => must_quote.some((words) => text.includes(words))),
  );
  return named.length > 0 ? named.join(' ') : gold.map(({ paragraph }) => textOf(paragraph)).join('\n\n');
}
