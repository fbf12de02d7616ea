import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../src/answer/index.js';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { composeIndex } from '../../src/index/index.js';
import { NO_FILTERS } from '../../src/retrieve/index.js';
import { MODEL_CACHE } from '../support/fixtures.js';
import { smallCorpus } from '../support/small-corpus.js';
import { temporaryFolder } from '../support/temporary.js';

describe('a document without a sidecar of questions', () => {
  let embeddings: LocalEmbeddings;

  beforeAll(async () => {
    embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
  });
  afterAll(() => embeddings.close());

  it.each([
    'What was said about the new convention on cybercrime?',
    'Did fraud and phishing grow?',
    'Who feared the use of artificial intelligence by terrorists?',
  ])('is answered from, also beside one that has a sidecar: %s', async (text) => {
    const documents = await smallCorpus(await temporaryFolder());
    const index = await composeIndex(documents, embeddings, () => undefined);
    const question = { text, limit: 5, filters: NO_FILTERS, scope: true };
    const answer = await ask(index, question, undefined);
    expect(answer.status).toBe('answered');
    expect(answer.citations[0]?.passage.document.metadata.id).toBe('crime-online');
  });
});
