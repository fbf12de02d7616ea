import path from 'node:path';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import { evaluate, gateFigures, missedGates, readGates, readSet, table } from '../eval/index.js';
import { Service } from '../service.js';
import { progressBar } from './progress.js';

export interface EvalArguments {
  /** A set of one's own instead of the committed ones; it has no gates. */
  readonly set: string | undefined;
  readonly json: boolean;
  /** Only this committed split. */
  readonly split: string | undefined;
  readonly peers: boolean;
}

const SPLITS = ['dev', 'test'] as const;
const SETS = 'eval/sets';
const GATES = 'eval/gates.json';

/** `paracite eval`: prints the tables; false where a gate is missed. */
export async function evalCommand(config: Config, args: EvalArguments): Promise<boolean> {
  if (args.split !== undefined && !SPLITS.some((split) => split === args.split)) {
    throw new ParaciteError('bad_request', `--split is dev or test, not "${args.split}"`);
  }
  const files =
    args.set !== undefined
      ? [args.set]
      : SPLITS.filter((split) => args.split === undefined || split === args.split).map(
          (split) => `${SETS}/${split}.jsonl`,
        );
  const sets: { readonly name: string; readonly questions: Awaited<ReturnType<typeof readSet>> }[] = [];
  for (const file of files)
    sets.push({ name: path.basename(file, '.jsonl'), questions: await readSet(file) });
  const bar = progressBar();
  const service = await Service.open(config, { progress: bar.progress }).finally(bar.stop);
  try {
    const results = await evaluate(service.index, sets, {
      peers: args.peers,
      bare: args.peers,
      abstainThreshold: config.abstainThreshold,
    });
    const gates = args.set === undefined ? await readGates(GATES) : {};
    const missed = results.flatMap(({ set, systems, answers }) =>
      systems[0] ? missedGates(gates, set, gateFigures(systems[0].figures, answers)) : [],
    );
    if (args.json)
      console.log(JSON.stringify({ index: service.index.manifest.identity, results, missed }, null, 2));
    else console.log(results.map(table).join('\n\n'));
    for (const line of missed) console.error(`below the gate: ${line}`);
    return missed.length === 0;
  } finally {
    await service.close();
  }
}
