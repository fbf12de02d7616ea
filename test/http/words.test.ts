import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerInWords, type Naming } from '../../src/http/words.js';
import { type AnswerView, inProcess } from '../../src/response/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { openApp, type TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await openApp({ abstainThreshold: 0 });
});

afterAll(() => app.close());

const NAMING: Naming = {
  titleOf: (document) => `Title of ${document.slice(0, 5)}`,
  addressOf: ({ paragraph, spans }) => `at:${paragraph ?? 'front'}${spans ? `:${spans[0]?.[0]}` : ''}`,
};

function answerTo(text: string, limit = 5): Promise<AnswerView> {
  return inProcess(app.service).ask({ text, limit, filters: NO_FILTERS, scope: true });
}

describe('an answer in words', () => {
  it('names footnotes, front matter, and what introduces a list item', async () => {
    const view = await answerTo("Where can the Chair's summary of the 2021 thematic discussions be found?");
    const note = view.citations.find(({ footnote }) => footnote !== null);
    if (!note) throw new Error('no footnote is cited');
    const words = answerInWords(view, NAMING);
    expect(words.startsWith(`${view.answer}\n\n[1] Title of ccpcj, `)).toBe(true);
    const start = note.spans[0]?.[0];
    expect(words).toContain(
      `[${note.id}] Title of ccpcj, para. 3, footnote ${note.footnote}, ${note.section.at(-1)}: at:3:${start}`,
    );
    expect(words).toMatch(/^\[\d\] Title of ccpcj, front matter: at:front:\d+$/mu);
    const list = await answerTo('Where did the government panellists of 2022 come from?', 1);
    expect(answerInWords(list, NAMING)).toMatch(
      /: at:10:\d+\n {4}introduced by “Participants to the CCPCJ Thematic Discussions came from:”$/u,
    );
  });

  it('has every citation and nothing else under the answer', async () => {
    const view = await answerTo('What was said about prison overcrowding in 2022?');
    const [, places = ''] = answerInWords(view, NAMING).split(`${view.answer}\n\n`);
    expect(places.split('\n')).toHaveLength(view.citations.length);
  });

  it('says that there is none, and nothing more where there is nothing near', async () => {
    const view = await answerTo('prison');
    const none: AnswerView = { ...view, status: 'not_found', answer: null, citations: [] };
    expect(answerInWords({ ...none, passages: [] }, NAMING)).toBe(
      'The record does not answer this question.',
    );
    const words = answerInWords(none, NAMING);
    expect(words).toMatch(
      /^The record does not answer this question\. The nearest paragraphs, none of which/u,
    );
    for (const { snippet } of view.passages) expect(words).toContain(snippet);
  });
});
