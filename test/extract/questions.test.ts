import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { Service } from '../../src/service.js';
import { DOCUMENT_QUESTIONS } from '../documents/questions.js';
import { writeDocuments } from '../support/documents.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { workspace } from '../support/small-corpus.js';
import { wordingAt } from '../support/verbatim.js';

let service: Service;
let remove: () => Promise<void>;

beforeAll(async () => {
  const { folder, remove: end } = await workspace();
  remove = end;
  await writeDocuments(`${folder}/corpus`);
  const config = readConfig({
    CORPUS_DIR: `${folder}/corpus`,
    INDEX_DIR: `${folder}/index`,
    MODEL_CACHE_DIR: MODEL_CACHE,
  });
  service = await Service.open(config, {
    onProblem: ({ file, message }) => {
      throw new Error(`${file}: ${message}`);
    },
  });
});

afterAll(async () => {
  await service?.close();
  await remove?.();
});

const ASKED = Object.entries(DOCUMENT_QUESTIONS).flatMap(([document, questions]) =>
  questions.map(([question, paragraph]) => ({ document, question, paragraph })),
);

function ask(text: string) {
  return service.ask({ text, limit: 5, scope: true, filters: NO_FILTERS });
}

describe('six documents of different kinds, ten questions about each, asked of all together', () => {
  it('leads to the paragraph that answers, nearly always first', async () => {
    const ranks: number[] = [];
    for (const { document, question, paragraph } of ASKED) {
      const { passages } = await ask(question);
      ranks.push(
        passages.findIndex(
          (passage) => passage.document.metadata.id === document && passage.paragraph.number === paragraph,
        ),
      );
    }
    expect(ranks).toHaveLength(60);
    // Measured: 54 and 59. There are no questions beside these documents that would say it in other words.
    expect(ranks.filter((rank) => rank === 0).length).toBeGreaterThanOrEqual(52);
    expect(ranks.filter((rank) => rank >= 0).length).toBeGreaterThanOrEqual(58);
  });

  it('quotes the extracted text word for word', async () => {
    let quotations = 0;
    for (const { question } of ASKED) {
      const { citations } = await ask(question);
      for (const { quote, spans, passage } of citations) {
        expect(wordingAt(passage.document.source, spans)).toBe(quote);
        quotations += 1;
      }
    }
    expect(quotations).toBeGreaterThan(ASKED.length / 2);
  });
});
