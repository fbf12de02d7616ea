import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnswersFigures,
  answersFigures,
  answersGateFigures,
  answersTable,
  missedGates,
  readGates,
  readSet,
} from '../../../src/eval/index.js';
import { type ScriptedModel, startScriptedModel } from '../../../src/eval/scripted-model.js';
import { openWriter, written } from '../../../src/generate/index.js';
import { inProcess, type Responder } from '../../../src/response/index.js';
import type { Service } from '../../../src/service.js';
import { ROOT } from '../../support/fixtures.js';
import { openService, testConfig } from '../../support/service.js';
import { answerSettings, shownIn } from '../../support/written.js';

const INVENTED = 'The Congress was postponed to 1950 by the League of Nations';

let service: Service;
let responder: Responder;
let model: ScriptedModel;
let figures: AnswersFigures;

beforeAll(async () => {
  service = await openService();
  responder = inProcess(service);
  // Copies the beginning of the best passage, and invents a sentence.
  model = await startScriptedModel((request) => {
    const [best] = shownIn(request);
    if (!best || request.messages.length > 2) return { text: '2: -' };
    const copied = best.text.match(/^[^.\n]*[.\n]/u)?.[0].replace(/\.?\n?$/u, '') ?? '';
    return { text: `${copied} [${best.id}]. ${INVENTED} [${best.id}].` };
  });
  const config = testConfig({ cacheEntries: 0, requestTimeoutMs: 60_000, answer: answerSettings(model.url) });
  const questions = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
  const writing = written(responder, await openWriter(config));
  figures = await answersFigures(responder, writing, {
    name: 'own',
    questions: questions.filter((_, i) => i % 8 === 0),
  });
});
afterAll(async () => {
  await model.close();
  await service.close();
});

describe('the answers to a set', () => {
  it('are quotations that stand word for word in the paragraphs that they cite', () => {
    const { extractive } = figures;
    expect(extractive.answered).toBeGreaterThan(10);
    expect(extractive.supported.n).toBeGreaterThanOrEqual(extractive.answered);
    expect([extractive.supported, extractive.recall, extractive.precision].map(({ mean }) => mean)).toEqual([
      1, 1, 1,
    ]);
    expect(extractive.anyRight.mean).toBeGreaterThan(0.8);
  });

  it('of a model are counted with what was removed of them, and what reaches the reader is borne out', () => {
    const { written: made, extractive } = figures;
    if (!made) throw new Error('no model');
    expect(made.model).toBe('openai:scripted');
    expect(made.answered).toBe(extractive.answered);
    expect(made.generated).toBeGreaterThan(made.answered / 2);
    expect(made.generated + Object.values(made.fallbacks).reduce((sum, count) => sum + count, 0)).toBe(
      made.answered,
    );
    expect(made.removed).toBeGreaterThanOrEqual(made.answered);
    expect(made.sentences).toBeGreaterThan(made.answered);
    expect(made.supported.mean).toBe(1);
    expect(answersTable(figures)).toContain(`openai:scripted wrote ${made.generated} of ${made.answered}`);
  });

  it('of the development half reach every gate of eval/gates.json without a model', async () => {
    const questions = await readSet(path.join(ROOT, 'eval/sets/dev.jsonl'));
    const own = await answersFigures(responder, null, { name: 'dev', questions });
    expect(own.written).toBeNull();
    const gates = await readGates(path.join(ROOT, 'eval/gates.json'));
    const gated = answersGateFigures(own);
    expect(Object.keys(gates['answers dev'] ?? {})).toEqual(Object.keys(gated));
    expect(missedGates(gates, 'answers dev', gated)).toEqual([]);
  });
});
