import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { partsOf, sentencesOf, splitSentences } from '../../src/chunk/index.js';
import type { RecordDocument } from '../../src/corpus/index.js';
import { loadRecord } from '../support/fixtures.js';

const split = (text: string) => splitSentences(text, 'en').map(([start, end]) => text.slice(start, end));

describe('sentences of a text', () => {
  it.each<[string, string[]]>([
    ['"H.E. Mr."', ['H.E. Mr. Takeshi Hikihara spoke first.', 'The floor was open.']],
    ['"art. 33"', ['It is protected by art. 33 UNCAC.', 'A broad definition was recommended.']],
    ['"Ms."', ['The Director, Ms. Ghada Waly, agreed.', 'Ms. Cho did too.', 'Ms Tek did not.']],
    ['"e.g." and "i.e."', ['Some tools, e.g. hotlines, were shown.', 'Others, i.e. campaigns, were not.']],
    ['"No. 5"', ['It was said under No. 5 of the agenda.', 'It was noted.']],
    ['decimals and symbols', ['Target 16.4 of A/RES/70/175 is 2.5 per cent.', 'Nobody objected.']],
    ['initials', ['J. R. Smith and the U.S. delegation agreed.', 'So did others.']],
  ])('do not end at %s', (_, sentences) => {
    expect(split(sentences.join(' '))).toEqual(sentences);
  });

  it.each<[string, string[]]>([
    ['a year', ['It was held in Tokyo in October 2021.', 'The next was held in 2022.', 'Both were public.']],
    ['"etc.)."', ['Some measures (such as lockdowns etc.).', 'It was noted.']],
    ['a closing quotation mark', ['She said “justice is attainable for all.”', 'It was noted.']],
    ['a bracketed year', ['Assets were discussed (2021).', 'In asset cases it was recommended (2024).']],
    ['question and exclamation marks', ['Was this new?', 'It was not!', 'Speakers said so.']],
  ])('end at %s', (_, sentences) => {
    expect(split(sentences.join(' '))).toEqual(sentences);
  });

  it('keep the words of a bullet together: a semicolon and a colon end nothing', () => {
    const bullet = 'Thematic session 2: Terrorism in all its forms; and its manifestations;';
    expect(split(bullet)).toEqual([bullet]);
  });

  it('have offsets in UTF-16 code units, also after emoji and other characters of two units', () => {
    const text = 'One 🙂🙂 here.  Two 👩‍👩‍👧 there! “Three 𝒳.” Četyri.';
    expect(splitSentences(text, 'en')).toEqual([
      [0, 14],
      [16, 35],
      [36, 47],
      [48, 55],
    ]);
    expect(split(text)).toEqual(['One 🙂🙂 here.', 'Two 👩‍👩‍👧 there!', '“Three 𝒳.”', 'Četyri.']);
  });

  it('do not hold the white space around them', () => {
    expect(splitSentences('  One.\n\n \tTwo is it.  ', 'en')).toEqual([
      [2, 6],
      [10, 20],
    ]);
  });

  it('do not hold the white space before an empty line', () => {
    expect(split('One. \n\nTwo.')).toEqual(['One.', 'Two.']);
  });

  it('are none where there is nothing but white space', () => {
    expect(splitSentences('', 'en')).toEqual([]);
    expect(splitSentences(' \n\t ', 'en')).toEqual([]);
  });

  it('take what has no letter or digit with the sentence before', () => {
    const text = 'It was financed. (...)';
    expect(split(text)).toEqual([text]);
  });

  it('are split in languages that the segmenter does not know too', () => {
    expect(splitSentences('Ein Satz. Noch ein Satz.', 'de')).toHaveLength(2);
    expect(splitSentences('One sentence. Another one.', 'qaa')).toHaveLength(2);
    expect(splitSentences('One sentence. Another one.', 'en-GB')).toHaveLength(2);
  });

  it('joined cover the text: in order, apart, everything that is not white space', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['The', 'end', 'Mr.', 'e.g.', 'art.', '33', '2021.', '. ', '! ', '? ', ' ', '\n', '\n\n', '\r\n'],
        ...[
          '“',
          '”',
          '(',
          ')',
          '"',
          "'",
          '...',
          '…',
          ';',
          '-',
          '•',
          '🙂',
          '👩‍👩‍👧',
          'é',
          '第三。',
          '\u00a0',
          '\u2028',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('', ' '), (pieces, separator) => {
        expectCovered(pieces.join(separator), splitSentences(pieces.join(separator), 'en'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('sentences of the record', () => {
  let record: RecordDocument;
  beforeAll(async () => {
    record = await loadRecord();
  });
  const of = (number: number) => {
    const paragraph = record.paragraphs.find((candidate) => candidate.number === number);
    return paragraph ? sentencesOf(paragraph, 'en') : [];
  };

  it('joined cover every paragraph and footnote', () => {
    for (const paragraph of record.paragraphs) {
      for (const { wording } of partsOf(paragraph)) {
        expectCovered(wording.text, splitSentences(wording.text, 'en'));
      }
    }
  });

  it('say which part they stand in and what they say there', () => {
    for (const paragraph of record.paragraphs) {
      const parts = partsOf(paragraph);
      for (const { part, range, text } of sentencesOf(paragraph, 'en')) {
        const found = parts.find(({ part: { kind, index } }) => kind === part.kind && index === part.index);
        expect(found?.wording.text.slice(...range)).toBe(text);
        expect(text).toBe(text.trim());
      }
    }
  });

  it.each([
    [0, 8],
    [1, 1],
    [13, 2],
    [14, 1],
    [15, 2],
    [44, 2],
    [52, 1],
    [53, 2],
    [56, 3],
    [90, 1],
    [91, 3],
    [108, 8],
    [150, 5],
  ])('of paragraph %i are %i', (number, count) => {
    expect(of(number)).toHaveLength(count);
  });

  it('begin with a capital letter, a digit or a quotation mark and end with a stop, in numbered paragraphs', () => {
    for (const { number } of record.paragraphs.slice(1)) {
      for (const { part, text } of of(number)) {
        if (part.kind === 'footnote') continue;
        expect(text, `para. ${number}`).toMatch(/^[\p{Lu}\p{N}“"]/u);
        expect(text, `para. ${number}`).toMatch(/[.!?:;]["”)]*$/u);
      }
    }
  });

  it('stop after the year where a footnote mark stood between', () => {
    expect(of(105)[0]?.text).toMatch(/\(UNCAC\) in December 2023\.$/u);
    expect(of(105)[1]?.text).toMatch(/^The representative from the Corruption/u);
  });

  it('go on over a page break', () => {
    expect(of(13).at(-1)?.text).toMatch(/^She underlined .* the COVID-19 pandemic has made .*violence\.”$/u);
    expect(of(39).map(({ text }) => text.slice(0, 20))).toContain('Disaggregating data ');
    expect(of(21).at(-1)?.text).toBe(
      'Examples of collecting and visualizing geo-referenced data were shown, as were examples of creating safe public spaces.',
    );
  });

  it('of bullets stay in their bullet', () => {
    expect(of(7).map(({ part }) => part)).toEqual([0, 1, 2, 3].map((index) => ({ kind: 'block', index })));
  });
});

function expectCovered(text: string, ranges: readonly (readonly [number, number])[]): void {
  let from = 0;
  for (const [start, end] of [...ranges, [text.length, text.length] as const]) {
    expect(start).toBeGreaterThanOrEqual(from);
    expect(text.slice(from, start).trim(), JSON.stringify(text)).toBe('');
    from = end;
  }
  for (const [start, end] of ranges) {
    expect(text.slice(start, end).trim()).not.toBe('');
  }
}
