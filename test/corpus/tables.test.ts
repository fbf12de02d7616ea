import { describe, expect, it } from 'vitest';
import { parseRecord, spansOf } from '../../src/corpus/index.js';
import { wordingAt } from '../support/verbatim.js';

const SOURCE = `Notes

1. The following was reported:

| Country | **Cases** | Year |
| --- | ---: | --- |
| Kenya | 12 | 2023 |
| Czechia¹ | 7 | 2024 |

¹ Provisional.

These figures were welcomed.

2. A line such as | this | is no table.
`;
const { paragraphs, pieces } = parseRecord(SOURCE);
const [first, second] = paragraphs.filter(({ number }) => number > 0);

describe('a table', () => {
  it('is read row by row, its header known by the rule under it', () => {
    expect(first?.blocks.map(({ kind, wording }) => [kind, wording.text])).toEqual([
      ['body', 'The following was reported:'],
      ['header', 'Country | Cases | Year'],
      ['row', 'Kenya | 12 | 2023'],
      ['row', 'Czechia | 7 | 2024'],
      ['body', 'These figures were welcomed.'],
    ]);
  });

  it('keeps its footnotes', () => {
    expect(first?.footnotes.map(({ mark, wording }) => [mark, wording.text])).toEqual([[1, 'Provisional.']]);
  });

  it('is quoted as the source has it', () => {
    for (const { wording } of first?.blocks ?? []) {
      expect(wordingAt(SOURCE, spansOf(wording, 0, wording.text.length, SOURCE))).toBe(wording.text);
    }
  });

  it('leaves no character of the source to nobody, and none to two', () => {
    const covered = pieces.flatMap(({ spans }) => spans).sort(([a], [b]) => a - b);
    const rest = covered.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end), SOURCE);
    expect(rest.trim()).toBe('');
  });

  it('is none where bars stand inside a sentence', () => {
    expect(second?.blocks.map(({ kind }) => kind)).toEqual(['body']);
  });
});
