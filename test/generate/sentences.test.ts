import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftedIn, marked, sentenceReader } from '../../src/generate/sentences.js';

const read = (pieces: readonly string[]) => {
  const reader = sentenceReader('en');
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};

describe('sentences of a model', () => {
  it.each([
    ['before the full stop', 'Prisons are full [1]. Bail is rare [2].'],
    ['after it', 'Prisons are full. [1] Bail is rare. [2]'],
    ['without a space', 'Prisons are full[1]. Bail is rare.[2]'],
    ['with a word', 'Prisons are full [id 1]. Bail is rare [passage 2].'],
    ['on lines of their own', '- Prisons are full [1].\n- Bail is rare [2].'],
    ['with emphasis', '**Prisons are full** [1]. Bail is __rare__ [2].'],
  ])('are told from their marks %s', (_, text) => {
    expect(draftedIn(text, 'en')).toEqual([
      { text: 'Prisons are full.', cites: [1] },
      { text: 'Bail is rare.', cites: [2] },
    ]);
  });

  it('may have several marks, lists and ranges', () => {
    const cites = (text: string) => draftedIn(text, 'en').map((drafted) => drafted.cites);
    expect(cites('Both [1][3]. Three [1, 2; 3]. Range [2-4]. Twice [1] over [1]. None.')).toEqual([
      [1, 3],
      [1, 2, 3],
      [2, 3, 4],
      [1],
      [],
    ]);
  });

  it('do not end at an abbreviation or a number of a paragraph', () => {
    const text = 'Mr. Smith cited art. 33 and para. 71 of the text [1]. The U.S. agreed [2].';
    expect(draftedIn(text, 'en').map(({ cites }) => cites)).toEqual([[1], [2]]);
  });

  it('come out the same however the text is cut into pieces', () => {
    const text =
      'Most speakers called prisons “full to the brim.” [1] They asked for bail [2, 3]. Para. 71 says more.[4]\n\n- In 2022, 3.5 per cent were women [10][2]. “Why?” one asked [1]. The end';
    const whole = draftedIn(text, 'en');
    expect(whole.length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 40 }), (cuts) => {
        const ends = [...cuts, text.length].sort((a, b) => a - b);
        const pieces = ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end));
        expect(read(pieces)).toEqual(whole);
      }),
    );
  });

  it('are let out as soon as the next has begun', () => {
    const reader = sentenceReader('en');
    expect(reader.push('Prisons are full. ')).toEqual([]);
    expect(reader.push('[1')).toEqual([]);
    expect(reader.push('] Bail')).toEqual([{ text: 'Prisons are full.', cites: [1] }]);
    expect(reader.push(' is rare [2].\n')).toEqual([{ text: 'Bail is rare.', cites: [2] }]);
    expect(reader.end()).toEqual([]);
  });

  it('get their marks back before the full stop, and after a quotation', () => {
    expect(marked('Bail is rare.', [1, 2])).toBe('Bail is rare [1][2].');
    expect(marked('He said “bail is rare.”', [1])).toBe('He said “bail is rare.” [1]');
    expect(marked('No stop', [3])).toBe('No stop [3]');
  });
});
