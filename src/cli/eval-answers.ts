import path from 'node:path';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import {
  type AnswersFigures,
  answersFigures,
  answersGateFigures,
  answersTable,
  HALVES,
  missedGates,
  plantedFigures,
  plantedGateFigures,
  plantedTable,
  readGates,
  readGroundingCases,
  readSet,
  tryCases,
  wronglyJudged,
} from '../eval/index.js';
import { openWriter, written } from '../generate/index.js';
import { inProcess } from '../response/index.js';
import { Service } from '../service.js';
import { progressBar } from './progress.js';

const CASES = 'eval/grounding';
const SETS = 'eval/sets';
const GATES = 'eval/gates.json';
/** The half whose misses may be looked at. */
const DEVELOPMENT = 'dev';
/** The record that the sentences were written from. */
const RECORD = 'ccpcj-chairs-summaries-2021-2024';

export interface EvalAnswersArguments {
  readonly json: boolean;
  /** Only this half. */
  readonly split: string | undefined;
  /** A set of one's own instead of the committed ones, and no planted faults; it has no gates. */
  readonly set: string | undefined;
}

/**
 * `paracite eval --answers`: what becomes of planted faults, and what the citations of answers are worth; false where a gate is
 * missed.
 */
export async function evalAnswersCommand(
  config: Config,
  { json, split, set }: EvalAnswersArguments,
): Promise<boolean> {
  const halves = HALVES.filter((half) => split === undefined || half === split);
  if (halves.length === 0) throw new ParaciteError('bad_request', `--split is dev or test, not "${split}"`);
  const files = set === undefined ? halves.map((half) => `${SETS}/${half}.jsonl`) : [set];
  const sets: { name: string; questions: Awaited<ReturnType<typeof readSet>> }[] = [];
  for (const file of files)
    sets.push({ name: path.basename(file, '.jsonl'), questions: await readSet(file) });
  const gates = set === undefined ? await readGates(GATES) : {};
  const writer = await openWriter(config);
  const bar = progressBar();
  const service = await Service.open(config, { progress: bar.progress }).finally(bar.stop);
  try {
    const planted = set === undefined ? await plantedResults(service, halves) : [];
    const responder = inProcess(service);
    const answers: AnswersFigures[] = [];
    for (const one of sets)
      answers.push(await answersFigures(responder, writer && written(responder, writer), one));
    const missed = [
      ...planted.flatMap(({ half, figures }) =>
        missedGates(gates, `grounding ${half}`, plantedGateFigures(figures)),
      ),
      ...answers.flatMap((figures) =>
        missedGates(gates, `answers ${figures.set}`, answersGateFigures(figures)),
      ),
    ];
    console.log(
      json
        ? JSON.stringify({ index: service.index.manifest.identity, planted, answers, missed }, null, 2)
        : [
            ...planted.map(({ half, figures }) => plantedTable(half, figures)),
            ...answers.map(answersTable),
          ].join('\n\n'),
    );
    for (const line of missed) console.error(`below the gate: ${line}`);
    return missed.length === 0;
  } finally {
    await service.close();
  }
}

async function plantedResults(service: Service, halves: readonly string[]) {
  const record = service.index.documents.find(({ metadata }) => metadata.id === RECORD);
  if (!record)
    throw new ParaciteError('corpus', `the sentences are written from ${RECORD}, which is not in the corpus`);
  const results = [];
  for (const half of halves) {
    const tried = await tryCases(record, await readGroundingCases(`${CASES}/${half}.jsonl`));
    results.push({
      half,
      figures: plantedFigures(tried),
      ...(half === DEVELOPMENT && { misses: wronglyJudged(tried) }),
    });
  }
  return results;
}
