import path from 'node:path';
import { AutoTokenizer, env } from '@xenova/transformers';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { cutByWord } from '../../src/embed/by-word.js';
import type { Tokenizer } from '../../src/embed/types.js';
import { openEncoder } from '../support/encoder.js';
import { loadRecord, MODEL_CACHE } from '../support/fixtures.js';

let whole: Tokenizer;
let byWord: Tokenizer;

beforeAll(async () => {
  // Writes the encoder's files where they are not there yet.
  await (await openEncoder()).close();
  env.localModelPath = path.resolve(MODEL_CACHE);
  env.allowRemoteModels = false;
  const open = async () =>
    (await AutoTokenizer.from_pretrained('bundled', { local_files_only: true })) as unknown as Tokenizer;
  whole = await open();
  byWord = await open();
  cutByWord(byWord);
});

it('cuts the record into the same tokens word by word as in one piece', async () => {
  for (const { blocks } of (await loadRecord()).paragraphs) {
    for (const { wording } of blocks) expect(byWord.encode(wording.text)).toEqual(whole.encode(wording.text));
  }
});

it('cuts any text into the same tokens', () => {
  const words = fc.constantFrom(
    'the',
    'State',
    '▁',
    '</s>',
    '第三',
    '🙂',
    'x'.repeat(60),
    ' ',
    '\t',
    'ﬁ',
    'a▁b',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'grapheme' })), { maxLength: 12 }), (parts) => {
      for (const text of [parts.join(''), parts.join(' ')])
        expect(byWord.encode(text)).toEqual(whole.encode(text));
    }),
  );
});

it('leaves other tokenizers as they are', () => {
  const encode = (texts: readonly string[]) => [...texts];
  for (const model of [
    { config: { type: 'WordPiece' } },
    { config: { type: 'Unigram' }, vocab: ['▁of▁the'] },
  ]) {
    const other = { model: { encode, ...model } };
    cutByWord(other as unknown as Tokenizer);
    expect(other.model.encode).toBe(encode);
  }
});
