import { describe, expect, it } from 'vitest';
import { citationScores, type Judge } from '../../../src/eval/answers/citations.js';

/** Bears a text out that has no letter which none of the passages has. */
const letters: Judge<string> = (text, passages) =>
  [...text].every((letter) => passages.some((passage) => passage.includes(letter)));

describe('citation recall and precision', () => {
  it('count a statement that its citations bear out together, and each citation that is needed for it', () => {
    const scores = citationScores([{ text: 'ab', cited: ['a', 'b'] }], letters);
    expect(scores).toEqual({ supported: [1], recall: 1, precision: 1 });
  });

  it('do not count a citation that is of no use beside one that is enough', () => {
    expect(citationScores([{ text: 'ab', cited: ['ab', 'c'] }], letters)).toMatchObject({
      recall: 1,
      precision: 0.5,
    });
  });

  it('count two citations of which each would be enough', () => {
    expect(citationScores([{ text: 'a', cited: ['a', 'ab'] }], letters).precision).toBe(1);
  });

  it('count neither a statement that is not borne out nor any of its citations', () => {
    const scores = citationScores(
      [
        { text: 'ab', cited: ['a', 'c'] },
        { text: 'a', cited: ['a'] },
        { text: 'a', cited: [] },
      ],
      letters,
    );
    expect(scores.supported).toEqual([0, 1, 0]);
    expect(scores.recall).toBeCloseTo(1 / 3);
    expect(scores.precision).toBeCloseTo(1 / 3);
  });

  it('are nothing where nothing is said or cited, whatever the judge thinks of no passages', () => {
    expect(citationScores([], () => true)).toEqual({ supported: [], recall: 0, precision: 0 });
    expect(citationScores([{ text: '', cited: [] }], () => true)).toMatchObject({ recall: 0, precision: 0 });
  });
});
