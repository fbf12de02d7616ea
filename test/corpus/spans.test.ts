import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Paragraph,
  parseRecord,
  type RecordDocument,
  type Span,
  spansOf,
  type Wording,
} from '../../src/corpus/index.js';
import { loadRecord } from '../support/fixtures.js';
import { joined, withoutMarks } from '../support/source.js';
import { syntheticRecords } from '../support/synthetic.js';

/** A line break between blocks is a space, as it is between lines. */
const flat = (text: string) => text.replaceAll('\n', ' ');

/** All wordings that can be quoted from: the whole, its blocks, its footnotes. */
function wordingsOf({ wording, blocks, footnotes }: Paragraph): Wording[] {
  return [wording, ...blocks.map((block) => block.wording), ...footnotes.map((note) => note.wording)];
}

function expectSpansGiveBack(wording: Wording, source: string, start: number, end: number): void {
  const spans = spansOf(wording, start, end, source);
  const part = wording.text.slice(start, end);
  const about = JSON.stringify({ part, spans, read: joined(source, spans) });
  expect(withoutMarks(joined(source, spans)), about).toBe(flat(part));
  expectOrderedAndDisjoint(spans, source);
}

function expectOrderedAndDisjoint(spans: readonly Span[], source: string): void {
  let before = 0;
  for (const [start, end] of spans) {
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThan(start);
    before = end;
  }
  expect(before).toBeLessThanOrEqual(source.length);
}

/** Two offsets of a wording, from two numbers of 0 to 1. */
function rangeIn({ text }: Wording, a: number, b: number): [number, number] {
  const [start, end] = [Math.round(a * text.length), Math.round(b * text.length)];
  return start <= end ? [start, end] : [end, start];
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('spans in the record', () => {
  let record: RecordDocument;
  beforeAll(async () => {
    record = await loadRecord();
  });

  it('give back any sub-range of every paragraph, block and footnote', () => {
    for (const wording of record.paragraphs.flatMap(wordingsOf)) {
      fc.assert(
        fc.property(share, share, (a, b) => {
          expectSpansGiveBack(wording, record.source, ...rangeIn(wording, a, b));
        }),
        { numRuns: 25 },
      );
    }
  });

  it('give back every sub-range that begins or ends beside a mark, a link or a break', () => {
    for (const wording of record.paragraphs.flatMap(wordingsOf)) {
      const edges = wording.runs
        .flatMap(({ at, length }) => [at - 1, at, at + 1, at + length - 1, at + length])
        .filter((edge) => edge >= 0 && edge <= wording.text.length);
      const offsets = [...new Set(edges)].sort((a, b) => a - b);
      for (const start of offsets) {
        for (const end of offsets.filter((offset) => offset > start)) {
          expectSpansGiveBack(wording, record.source, start, end);
        }
      }
    }
  });

  it('give back headings and the rest of all pieces, whole', () => {
    for (const { wording } of parseRecord(record.source).pieces) {
      expectSpansGiveBack(wording, record.source, 0, wording.text.length);
    }
  });

  it('stand for one character of the source each: a run reads the same in both', () => {
    for (const { text, runs } of record.paragraphs.flatMap(wordingsOf)) {
      expect(runs.reduce((sum, { length }) => sum + length, 0)).toBe(text.length);
      for (const { at, source, length } of runs) {
        const read = record.source.slice(source, source + length);
        expect(flat(read)).toBe(flat(text.slice(at, at + length)));
      }
    }
  });

  it.each([13, 21, 39, 46, 53, 60, 66, 79, 90, 96, 101, 107, 112, 123, 128, 135, 146, 153])(
    'are more than one for paragraph %i, which a page break cuts',
    (number) => {
      const wording = record.paragraphs.find((paragraph) => paragraph.number === number)?.wording;
      if (!wording) throw new Error(`no paragraph ${number}`);
      const spans = spansOf(wording, 0, wording.text.length, record.source);
      expect(spans).toHaveLength(2);
      const [[, end], [start]] = spans as [Span, Span];
      expect(record.source.slice(end - 1, start)).toMatch(/^\s*\n\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+[^\n]+\s*)*$/u);
    },
  );

  it('are one for a paragraph that nothing cuts, bold words and links inside', () => {
    for (const number of [2, 3, 36, 59, 70, 71, 80, 105]) {
      const wording = record.paragraphs.find((paragraph) => paragraph.number === number)?.wording;
      if (!wording) throw new Error(`no paragraph ${number}`);
      expect(spansOf(wording, 0, wording.text.length, record.source), `para. ${number}`).toHaveLength(1);
    }
  });

  it('hold a link whole where the sub-range has its whole text, and only words where it has a part', () => {
    const { wording } = record.paragraphs.find(({ number }) => number === 2) as Paragraph;
    const at = wording.text.indexOf('A/RES/76/181');
    const read = (start: number, end: number) =>
      spansOf(wording, start, end, record.source).map((span) => joined(record.source, [span]));
    expect(read(at, at + 12)).toEqual(['[A/RES/76/181](#)']);
    expect(read(at, at + 5)).toEqual(['A/RES']);
    expect(read(at + 2, at + 12)).toEqual(['RES/76/181']);
    expect(read(at - 3, at + 5)).toEqual(['on ', 'A/RES']);
    expect(read(at + 6, at + 13)).toEqual(['76/181', ',']);
    expect(read(at - 3, at + 13)).toEqual(['on [A/RES/76/181](#),']);
  });

  it('are none for an empty sub-range', () => {
    for (const { wording } of record.paragraphs) {
      expect(spansOf(wording, 5, 5, record.source)).toEqual([]);
    }
  });
});

describe('spans in made-up records', () => {
  it('belong to the wording that was put in, also over page breaks and around footnotes', () => {
    fc.assert(
      fc.property(syntheticRecords, ({ source, paragraphs, footnotes }) => {
        const read = parseRecord(source).paragraphs;
        expect(read.map(({ wording }) => wording.text)).toEqual(paragraphs);
        expect(read.flatMap((paragraph) => paragraph.footnotes.map(({ wording }) => wording.text))).toEqual(
          footnotes,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('give back any sub-range of any wording', () => {
    fc.assert(
      fc.property(syntheticRecords, fc.array(fc.tuple(share, share), { minLength: 5 }), (made, ranges) => {
        for (const wording of parseRecord(made.source).paragraphs.flatMap(wordingsOf)) {
          expectSpansGiveBack(wording, made.source, 0, wording.text.length);
          for (const [a, b] of ranges) expectSpansGiveBack(wording, made.source, ...rangeIn(wording, a, b));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are more than one where a page break or a footnote block cuts the paragraph', () => {
    fc.assert(
      fc.property(syntheticRecords, ({ source, cut }) => {
        for (const [index, { wording }] of parseRecord(source).paragraphs.entries()) {
          const spans = spansOf(wording, 0, wording.text.length, source);
          if (cut[index]) expect(spans.length).toBeGreaterThan(1);
          else expect(spans).toHaveLength(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cover every non-blank character exactly once, taken piece by piece', () => {
    fc.assert(
      fc.property(syntheticRecords, ({ source }) => {
        const rest = [...source.split('')];
        for (const [start, end] of parseRecord(source).pieces.flatMap(({ spans }) => spans)) {
          for (let offset = start; offset < end; offset += 1) {
            expect(rest[offset]).not.toBe('');
            rest[offset] = '';
          }
        }
        expect(rest.join('').trim()).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('keep superscripts that are no footnote of the document', () => {
    const source = '1. It takes 5 m² of space¹.\n\n¹ See the rules.\n';
    const [paragraph] = parseRecord(source).paragraphs;
    expect(paragraph?.wording.text).toBe('It takes 5 m² of space.');
    expect(paragraph?.footnotes.map(({ mark }) => mark)).toEqual([1]);
  });

  it('leave out bold marks inside the text of a link', () => {
    const source = '1. See [the **rules** of 2021](#) here.\n';
    const [paragraph] = parseRecord(source).paragraphs as [Paragraph];
    expect(paragraph.wording.text).toBe('See the rules of 2021 here.');
    expectSpansGiveBack(paragraph.wording, source, 0, paragraph.wording.text.length);
  });

  it('leave out a footnote mark inside the text of a link, and attach the footnote', () => {
    const source = '1. See [the rules¹](#) here.\n\n¹ Of 2021.\n';
    const [paragraph] = parseRecord(source).paragraphs as [Paragraph];
    expect(paragraph.footnotes.map(({ mark }) => mark)).toEqual([1]);
    expect(paragraph.wording.text).toBe('See the rules here.');
  });
});
