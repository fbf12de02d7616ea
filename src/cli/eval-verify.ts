import type { Config } from '../config.js';
import { loadCorpus } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import {
  checkCases,
  HALVES,
  halfOf,
  missedGates,
  readGates,
  readVerifyCases,
  verifyFigures,
  verifyGateFigures,
  verifyTable,
} from '../eval/index.js';

const CASES = 'eval/verify';
const GATES = 'eval/gates.json';
/** The record that the cases are made from. */
const RECORD = 'ccpcj-chairs-summaries-2021-2024';

export interface EvalVerifyArguments {
  readonly json: boolean;
  /** Only this half. */
  readonly split: string | undefined;
}

/** `paracite eval --verify`: prints what verification makes of the cases; false where a gate is missed. */
export async function evalVerifyCommand(
  config: Config,
  { json, split }: EvalVerifyArguments,
): Promise<boolean> {
  const halves = HALVES.filter((half) => split === undefined || half === split);
  if (halves.length === 0) throw new ParaciteError('bad_request', `--split is dev or test, not "${split}"`);
  const { documents } = await loadCorpus(config.corpusDirectory);
  const record = documents.find(({ metadata }) => metadata.id === RECORD);
  if (!record)
    throw new ParaciteError('corpus', `the cases are made from ${RECORD}, which is not in the corpus`);
  const cases = await readVerifyCases(record, CASES);
  const gates = await readGates(GATES);
  const results = halves.map((half) => ({
    half,
    figures: verifyFigures(
      checkCases(
        documents,
        cases.filter((item) => halfOf(item) === half),
      ),
    ),
  }));
  const missed = results.flatMap(({ half, figures }) =>
    missedGates(gates, `verify ${half}`, verifyGateFigures(figures)),
  );
  console.log(
    json
      ? JSON.stringify({ results, missed }, null, 2)
      : results.map(({ half, figures }) => verifyTable(half, figures)).join('\n\n'),
  );
  for (const line of missed) console.error(`below the gate: ${line}`);
  return missed.length === 0;
}
