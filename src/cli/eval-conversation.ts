import type { Config } from '../config.js';
import { ParaciteError } from '../errors.js';
import {
  conversationFigures,
  conversationGateFigures,
  conversationTable,
  HALVES,
  missedGates,
  readDialogues,
  readGates,
  readSet,
} from '../eval/index.js';
import { Service } from '../service.js';
import { progressBar } from './progress.js';

const DIALOGUES = 'eval/conversations';
const SETS = 'eval/sets';
const GATES = 'eval/gates.json';

export interface EvalConversationArguments {
  readonly json: boolean;
  /** Only this half. */
  readonly split: string | undefined;
}

/** `paracite eval --conversation`: prints how well follow-ups are understood; false where a gate is missed. */
export async function evalConversationCommand(
  config: Config,
  { json, split }: EvalConversationArguments,
): Promise<boolean> {
  const halves = HALVES.filter((half) => split === undefined || half === split);
  if (halves.length === 0) throw new ParaciteError('bad_request', `--split is dev or test, not "${split}"`);
  const gates = await readGates(GATES);
  const bar = progressBar();
  const service = await Service.open(config, { progress: bar.progress }).finally(bar.stop);
  try {
    const results: {
      readonly half: string;
      readonly figures: Awaited<ReturnType<typeof conversationFigures>>;
    }[] = [];
    for (const half of halves) {
      const dialogues = await readDialogues(`${DIALOGUES}/${half}.jsonl`);
      const singles = (await readSet(`${SETS}/${half}.jsonl`)).map(({ question }) => question);
      results.push({ half, figures: await conversationFigures(service.index, dialogues, singles) });
    }
    const missed = results.flatMap(({ half, figures }) =>
      missedGates(gates, `conversation ${half}`, conversationGateFigures(figures)),
    );
    console.log(
      json
        ? JSON.stringify({ results, missed }, null, 2)
        : results.map(({ half, figures }) => conversationTable(half, figures)).join('\n\n'),
    );
    for (const line of missed) console.error(`below the gate: ${line}`);
    return missed.length === 0;
  } finally {
    await service.close();
  }
}
