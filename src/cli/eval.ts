import path from 'node:path';
import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import {
  compare,
  comparisonText,
  digestFigures,
  digestTable,
  evaluate,
  exportRagas,
  exportSets,
  type FusionPoint,
  figuresOf,
  gateFigures,
  missedGates,
  readFigures,
  readGates,
  readSet,
  reportPage,
  sweepFusion,
  table,
} from '../eval/index.js';
import { openWriter, written } from '../generate/index.js';
import { inProcess } from '../response/index.js';
import { Service } from '../service.js';
import { writeWhole } from '../write.js';
import { progressBar } from './progress.js';

export interface EvalArguments {
  /** A set of one's own instead of the committed ones; it has no gates. */
  readonly set: string | undefined;
  readonly json: boolean;
  /** Only how right digests are. */
  readonly digest: boolean;
  /** Only this committed split. */
  readonly split: string | undefined;
  readonly peers: boolean;
  /** HTML file to write. */
  readonly report: string | undefined;
  /** Report of an earlier run to compare with. */
  readonly compare: string | undefined;
  /** Files to write for other tools. */
  readonly exportTo: Export | undefined;
}

/** BEIR and TREC files are for tools that judge rankings, ragas judges answers. */
export interface Export {
  readonly format: 'beir' | 'ragas';
  readonly folder: string;
}

/**
 * Reads `--export DIR` and `--export FORMAT DIR`.
 *
 * @param value what follows the option
 * @param word what follows that, or nothing
 * @throws ParaciteError `bad_request`
 */
export function exportOf(value: string | undefined, word: string): Export | undefined {
  if (value === undefined) {
    if (word === '') return undefined;
    throw new ParaciteError(
      'bad_request',
      `eval takes no "${word}"; paracite eval --help lists what there is`,
    );
  }
  if (value !== 'ragas' && value !== 'beir') {
    if (word === '') return { format: 'beir', folder: value };
    throw new ParaciteError(
      'bad_request',
      `--export takes DIR, beir DIR or ragas DIR, not "${value} ${word}"`,
    );
  }
  if (word !== '') return { format: value, folder: word };
  throw new ParaciteError('bad_request', `--export ${value} needs a folder: --export ${value} DIR`);
}

const SPLITS = ['dev', 'test'] as const;
/** The split whose questions may be looked at. */
const DEVELOPMENT = 'dev';
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
  const earlier = args.compare === undefined ? null : await readFigures(args.compare);
  const bar = progressBar();
  const service = await Service.open(config, { progress: bar.progress }).finally(bar.stop);
  try {
    if (args.digest) {
      for (const { name, questions } of sets) {
        console.log(
          digestTable(name, await digestFigures(service.index, questions, config.abstainThreshold)),
        );
      }
      return true;
    }
    const results = await evaluate(service.index, sets, {
      peers: args.peers,
      bare: args.peers,
      abstainThreshold: config.abstainThreshold,
    });
    const gates = args.set === undefined ? await readGates(GATES) : {};
    const missed = results.flatMap(({ set, systems, answers }) =>
      systems[0] ? missedGates(gates, set, gateFigures(systems[0].figures, answers)) : [],
    );
    const { identity } = service.index.manifest;
    const fusion = new Map<string, readonly FusionPoint[]>();
    if (args.report !== undefined) {
      for (const { name, questions } of sets) fusion.set(name, await sweepFusion(service.index, questions));
    }
    const figures = figuresOf({ index: identity, date: new Date().toISOString() }, results, fusion);
    const comparison = earlier && compare(earlier, figures);
    if (args.json) {
      const printed = results.map(({ asked, ...result }) => result);
      console.log(
        JSON.stringify(
          { index: identity, results: printed, missed, ...(comparison && { comparison }) },
          null,
          2,
        ),
      );
    } else {
      console.log([...results.map(table), ...(comparison ? [comparisonText(comparison)] : [])].join('\n\n'));
    }
    if (args.report !== undefined) {
      const page = await reportPage({
        index: service.index,
        results,
        figures,
        gates,
        development: args.set === undefined ? DEVELOPMENT : null,
        abstainThreshold: config.abstainThreshold,
        comparison,
      });
      await writeWhole(args.report, page);
      console.error(`report: ${args.report}`);
    }
    if (args.exportTo !== undefined) {
      const { format, folder } = args.exportTo;
      if (format === 'ragas') {
        const responder = written(inProcess(service), await openWriter(config));
        await exportRagas(service.index, responder, sets, folder);
      } else await exportSets(service.index, results, folder);
      console.error(`exported to: ${folder}`);
    }
    for (const line of missed) console.error(`below the gate: ${line}`);
    return missed.length === 0;
  } finally {
    await service.close();
  }
}
