import path from 'node:path';
import { textOf } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import type { AnyIndex } from '../index/index.js';
import { writeWhole } from '../write.js';
import type { SetResult } from './evaluate.js';
import { DEPTH } from './systems.js';

const TAG = 'paracite';
/** Digits of a score in a run. More would be lost by trec_eval, which keeps single precision. */
const DIGITS = 6;

/**
 * Writes the corpus, the questions, what is right and what was ranked as other evaluation tools read them:
 * BEIR (`corpus.jsonl`, `queries.jsonl`, `qrels/SET.tsv`) and TREC (`SET.qrels.trec`, `SET.run.trec`).
 *
 * A gold paragraph stands for that number in every document, as the evaluation counts it. Questions without gold are
 * in `queries.jsonl` alone.
 *
 * @throws ParaciteError `bad_request` that names the file that cannot be written, or the id that does not fit the formats
 */
export async function exportSets(
  index: AnyIndex,
  results: readonly SetResult[],
  directory: string,
): Promise<void> {
  for (const { question } of results.flatMap(({ asked }) => asked)) {
    if (/\s/u.test(question.id)) {
      throw new ParaciteError(
        'bad_request',
        `"${question.id}" cannot be exported: an id of a question has no blanks in TREC's format`,
      );
    }
  }
  const write = (name: string, lines: readonly string[]) =>
    writeWhole(path.join(directory, name), lines.map((line) => `${line}\n`).join(''));
  await write('corpus.jsonl', corpusLines(index));
  await write('queries.jsonl', results.flatMap(queryLines));
  for (const result of results) {
    const right = rightOf(index, result);
    await write(`qrels/${result.set}.tsv`, [
      'query-id\tcorpus-id\tscore',
      ...right.map(([query, document]) => `${query}\t${document}\t1`),
    ]);
    await write(
      `${result.set}.qrels.trec`,
      right.map(([query, document]) => `${query} 0 ${document} 1`),
    );
    await write(`${result.set}.run.trec`, runLines(result));
  }
}

function corpusLines({ paragraphs }: AnyIndex): string[] {
  return paragraphs.map(({ document, paragraph }) =>
    JSON.stringify({
      _id: idOf(document.metadata.id, paragraph.number),
      title: [document.metadata.shortTitle, ...paragraph.section].join(' > '),
      text: textOf(paragraph),
    }),
  );
}

/** BEIR's shape; `metadata` has what the figures are grouped by. */
function queryLines({ set, asked }: SetResult): string[] {
  return asked.map(({ question: { id, question, kind, register } }) =>
    JSON.stringify({ _id: id, text: question, metadata: { set, kind, ...(register && { register }) } }),
  );
}

function rightOf({ paragraphs }: AnyIndex, { asked }: SetResult): [query: string, document: string][] {
  return asked.flatMap(({ question: { id, gold } }) =>
    paragraphs
      .filter(({ paragraph }) => gold.includes(paragraph.number))
      .map(({ document, paragraph }): [string, string] => [id, idOf(document.metadata.id, paragraph.number)]),
  );
}

/** The ranking that the figures are computed from. */
function runLines({ asked }: SetResult): string[] {
  return asked
    .filter(({ question }) => question.gold.length > 0)
    .flatMap(({ question, answer }) => {
      const passages = answer.retrieval.passages.slice(0, DEPTH);
      const scores = falling(passages.map(({ score }) => score));
      return passages.map(({ document, paragraph }, i) =>
        [
          question.id,
          'Q0',
          idOf(document.metadata.id, paragraph.number),
          i + 1,
          scores[i]?.toFixed(DIGITS),
          TAG,
        ].join(' '),
      );
    });
}

/** Scores with equal ones set apart: trec_eval does not read the ranks, and would order equals by their names. */
function falling(scores: readonly number[]): number[] {
  const least = 10 ** -DIGITS;
  let before = Number.POSITIVE_INFINITY;
  return scores.map((score) => {
    before = Math.min(Math.round(score / least) * least, before - least);
    return before;
  });
}

/** "ccpcj-chairs-summaries-2021-2024/71"; 0 is the front matter. */
function idOf(document: string, paragraph: number): string {
  return `${document}/${paragraph}`;
}
