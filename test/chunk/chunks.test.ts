import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chunk, chunkParagraph, partsOf, splitSentences } from '../../src/chunk/index.js';
import { type Paragraph, parseRecord, type RecordDocument } from '../../src/corpus/index.js';
import type { LocalEmbeddings } from '../../src/embed/index.js';
import { openEncoder } from '../support/encoder.js';
import { loadRecord } from '../support/fixtures.js';

const MAX_TOKENS = 128;

let encoder: LocalEmbeddings;
let record: RecordDocument;
beforeAll(async () => {
  encoder = await openEncoder();
  record = await loadRecord();
});
afterAll(() => encoder.close());

function chunk(paragraph: Paragraph, maxTokens = MAX_TOKENS): Chunk[] {
  return chunkParagraph(paragraph, { maxTokens, language: 'en', countTokens: encoder.countTokens });
}

/** What no chunk has of a part, without its white space, with its offset. */
function leftOut(paragraph: Paragraph, chunks: readonly Chunk[]): string[] {
  return partsOf(paragraph).flatMap(({ part, wording: { text } }) => {
    const rest = text.split('');
    for (const { part: own, range } of chunks) {
      if (own.kind === part.kind && own.index === part.index) rest.fill(' ', range[0], range[1]);
    }
    return [...rest.entries()]
      .filter(([, unit]) => unit.trim() !== '')
      .map(([offset, unit]) => `${unit} at ${offset}: ${text.slice(Math.max(0, offset - 15), offset + 15)}`);
  });
}

function expectWellFormed(paragraph: Paragraph, chunks: readonly Chunk[], maxTokens = MAX_TOKENS): void {
  const parts = partsOf(paragraph);
  for (const { part, range, text, kind } of chunks) {
    const found = parts.find(({ part: own }) => own.kind === part.kind && own.index === part.index);
    expect(found?.wording.text.slice(...range)).toBe(text);
    expect(text).not.toBe('');
    expect(text).toBe(text.trim());
    expect(['sentence', 'piece']).toContain(kind);
    expect(encoder.countTokens(text), text.slice(0, 80)).toBeLessThanOrEqual(maxTokens);
  }
}

describe('chunks of the record', () => {
  it('have at most 128 tokens, counted with the tokenizer of the encoder', () => {
    for (const paragraph of record.paragraphs) expectWellFormed(paragraph, chunk(paragraph));
  });

  it('cover every character that is not white space', () => {
    const missing = record.paragraphs.flatMap((paragraph) =>
      leftOut(paragraph, chunk(paragraph)).map((what) => `para. ${paragraph.number}: ${what}`),
    );
    expect(missing).toEqual([]);
  });

  it('have every sentence that fits as a chunk of its own', () => {
    for (const paragraph of record.paragraphs) {
      const chunks = chunk(paragraph);
      for (const { part, wording } of partsOf(paragraph)) {
        const own = chunks.filter((c) => c.part.kind === part.kind && c.part.index === part.index);
        for (const range of splitSentences(wording.text, 'en')) {
          const text = wording.text.slice(...range);
          if (encoder.countTokens(text) > MAX_TOKENS) continue;
          expect(own.filter(({ kind }) => kind === 'sentence').map((c) => c.text)).toContain(text);
        }
      }
    }
  });

  it('have sentences that are too long in pieces: only paragraph 10 and its like have them', () => {
    const tooLong = record.paragraphs.flatMap(({ number, blocks, footnotes }) =>
      [...blocks, ...footnotes]
        .flatMap(({ wording: { text } }) => splitSentences(text, 'en').map((range) => text.slice(...range)))
        .filter((text) => encoder.countTokens(text) > MAX_TOKENS)
        .map(() => number),
    );
    const inPieces = record.paragraphs
      .filter((paragraph) => chunk(paragraph).some(({ kind }) => kind === 'piece'))
      .map(({ number }) => number);
    expect(inPieces).toContain(10);
    expect(inPieces).toEqual([...new Set(tooLong)]);
  });

  it('never go from one bullet to the next, nor from text to a footnote', () => {
    const paragraph = record.paragraphs.find(({ number }) => number === 7) as Paragraph;
    expect(chunk(paragraph).map(({ part, kind }) => [part.kind, part.index, kind])).toEqual([
      ['block', 0, 'sentence'],
      ['block', 1, 'sentence'],
      ['block', 2, 'sentence'],
      ['block', 3, 'sentence'],
    ]);
  });
});

describe('chunks of made-up paragraphs', () => {
  const word = fc.oneof(
    { weight: 20, arbitrary: fc.stringMatching(/^[a-z]{1,9}$/u) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('crime', 'justice', 'UNTOC', 'Mr.', 'e.g.', '2021.', 'art.', '🙂', '“so”'),
    },
    // A word that is longer than a chunk can only be cut between its characters.
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('x', 'ab', '🙂', '漢字', 'é', '👩‍👩‍👧', 'https://a.b/c?d='),
          fc.integer({ min: 1, max: 300 }),
        )
        .map(([unit, times]) => unit.repeat(times)),
    },
  );
  const separator = fc.oneof(
    { weight: 12, arbitrary: fc.constant(' ') },
    { weight: 2, arbitrary: fc.constantFrom(', ', '; ', ',  ') },
    { weight: 1, arbitrary: fc.constantFrom('. The ', '? ', ': ', '  ', ' - ') },
  );
  const paragraphs = fc
    .array(fc.tuple(word, separator), { minLength: 1, maxLength: 250 })
    .map((pieces) => parseRecord(`1. Begin ${pieces.flat().join('')}end.\n`).paragraphs[0] as Paragraph);

  it('have at most as many tokens as are allowed, however long sentences and words are', () => {
    fc.assert(
      fc.property(paragraphs, fc.constantFrom(128, 128, 32, 8), (paragraph, maxTokens) => {
        expectWellFormed(paragraph, chunk(paragraph, maxTokens), maxTokens);
      }),
      { numRuns: 40 },
    );
  });

  it('cover every character that is not white space, however long sentences and words are', () => {
    fc.assert(
      fc.property(paragraphs, fc.constantFrom(128, 128, 32, 8), (paragraph, maxTokens) => {
        expect(leftOut(paragraph, chunk(paragraph, maxTokens))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('do not cut between the two units of an emoji', () => {
    const paragraph = parseRecord(`1. ${'🙂q'.repeat(300)}.\n`).paragraphs[0] as Paragraph;
    const chunks = chunk(paragraph);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks) expect(text.isWellFormed()).toBe(true);
  });

  it('of a list that is too long are cut after its items', () => {
    const items = Array.from({ length: 40 }, (_, index) => `the member of the group with number ${index}`);
    const paragraph = parseRecord(`1. ${items.join('; ')}.\n`).paragraphs[0] as Paragraph;
    const pieces = chunk(paragraph).filter(({ kind }) => kind === 'piece');
    expect(pieces.length).toBeGreaterThan(1);
    for (const { text } of pieces) expect(text).toMatch(/^the member .* \d+[;.]?$/u);
    expect(leftOut(paragraph, pieces)).toEqual([]);
  });

  it('are none for a paragraph without words', () => {
    const [front, one] = parseRecord('Title\n\n1. Begin.\n').paragraphs;
    expect(chunk({ ...(one as Paragraph), blocks: [] })).toEqual([]);
    expect(chunk(front as Paragraph).map(({ text }) => text)).toEqual(['Title']);
  });
});
