import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate, gateFigures, missedGates, readGates, readSet } from '../../src/eval/index.js';
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
    await service.close();
    const own = result?.systems[0];
    if (!result || !own) throw new Error('no result');
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    expect(Object.keys(gates.dev ?? {}).length).toBeGreaterThan(0);
    expect(missedGates(gates, 'dev', gateFigures(own.figures, result.answers))).toEqual([]);
  });
});
