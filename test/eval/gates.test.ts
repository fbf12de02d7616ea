import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import type { Service } from '../../src/service.js';
import { ROOT } from '../support/fixtures.js';
import { openService } from '../support/service.js';

/** Hundreds of rankings, where other tests run at the same time. */
const PATIENCE = 300_000;

let service: Service;

beforeAll(async () => {
  service = await openService();
});

afterAll(() => service.close());

describe('the development split', () => {
  it('reaches every gate of eval/gates.json', { timeout: PATIENCE }, async () => {
    const { index } = service;
    const questions = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
    const [result] = await evaluate(index, [{ name: 'dev', questions }], {
      peers: false,
      bare: false,
      abstainThreshold: undefined,
    });
    const own = result?.systems[0];
    if (!result || !own) throw new Error('no result');
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates.dev ?? {}).length).toBeGreaterThan(0);
    expect(missedGates(gates, 'dev', gateFigures(own.figures, result.answers))).toEqual([]);
  });

  it('of conversations reaches its gates too', { timeout: PATIENCE }, async () => {
    const dialogues = await readDialogues(path.join(ROOT, 'eval/conversations/dev.jsonl'));
    const singles = (await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'))).map(({ question }) => question);
    const figures = conversationGateFigures(await conversationFigures(service.index, dialogues, singles));
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates['conversation dev'] ?? {})).toEqual(Object.keys(figures));
    expect(missedGates(gates, 'conversation dev', figures)).toEqual([]);
  });
});
