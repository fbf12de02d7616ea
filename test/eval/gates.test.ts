import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  conversationFigures,
  conversationGateFigures,
  evaluate,
  gateFigures,
  missedGates,
  readDialogues,
  readGates,
  readSet,
} from '../../src/eval/index.js';
import { ROOT } from '../support/fixtures.js';
import { openService } from '../support/service.js';

describe('the development split', () => {
  it('reaches every gate of eval/gates.json', async () => {
    const service = await openService();
    const { index } = service;
    const questions = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
    const [result] = await evaluate(index, [{ name: 'dev', questions }], {
      peers: false,
      bare: false,
      abstainThreshold: undefined,
    });
    const dialogues = await readDialogues(path.join(ROOT, 'eval/conversations/dev.jsonl'));
    const conversations = await conversationFigures(index, dialogues);
    await service.close();
    const own = result?.systems[0];
    if (!result || !own) throw new Error('no result');
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates.dev ?? {}).length).toBeGreaterThan(0);
    expect(missedGates(gates, 'dev', gateFigures(own.figures, result.answers))).toEqual([]);
    const said = conversationGateFigures(conversations);
    expect(Object.keys(gates['conversation dev'] ?? {})).toEqual(Object.keys(said));
    expect(missedGates(gates, 'conversation dev', said)).toEqual([]);
  });
});
