import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberOf, openWrittenApp, type WrittenApp } from '../support/written.js';

const EARLIER = 'What was said about prison overcrowding in 2022?';
const OBSTACLE = 'Many speakers made reference to the importance of access to legal aid';

let written: WrittenApp;

beforeAll(async () => {
  written = await openWrittenApp();
});

afterAll(() => written.close());

/** Completes a follow-up with a text, and writes an answer then. */
const completing = (text: string) =>
  written.script((request, position) =>
    position === 0 ? { text } : { text: `${OBSTACLE} [${numberOf(request, 71)}].` },
  );

const followUp = async (more: object = {}) => {
  const response = await written.app.request('/v1/ask', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ question: 'And on legal aid?', history: [EARLIER], limit: 8, ...more }),
  });
  return (await response.json()) as { understood: { question: string; by: string | null } };
};

describe('a follow-up', () => {
  it('is completed by the model, which sees the questions as data', async () => {
    const completed = 'What was said about legal aid and prison overcrowding in 2022?';
    completing(completed);
    const { understood } = await followUp();
    expect(understood).toMatchObject({ question: completed, by: 'model', from: 'history' });
    expect(JSON.parse(written.asked()[0]?.messages[1]?.content ?? '')).toEqual({
      earlier: [EARLIER],
      question: 'And on legal aid?',
    });
  });

  it.each([
    ['says what nobody asked', 'What did Ruritania say about legal aid and prison overcrowding in 2022?'],
    ['changes a year', 'What was said about legal aid and prison overcrowding in 2023?'],
    ['answers instead', 'Legal aid matters.\nIt was praised.'],
    ['says nothing', ''],
  ])('is left to the rules where the model %s', async (_, text) => {
    completing(text);
    const { understood } = await followUp();
    expect(understood.by).not.toBe('model');
    expect(understood.question).not.toBe(text);
  });

  it('is left to the rules where only quotations are wanted', async () => {
    completing('anything');
    const { understood } = await followUp({ answer: 'extractive' });
    expect(understood.by).not.toBe('model');
    expect(written.asked()).toEqual([]);
  });
});
