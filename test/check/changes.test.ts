import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CheckedPassage, checkSentence } from '../../src/check/index.js';
import { sentencesOf } from '../../src/check/tokens.js';
import { loadCorpus, textOf } from '../../src/corpus/index.js';

/** Sentences of the record, each with its paragraph. A whole paragraph is read once. */
interface Own {
  readonly sentence: string;
  readonly passage: CheckedPassage;
}

const own: Own[] = [];

beforeAll(async () => {
  const { documents } = await loadCorpus(fileURLToPath(new URL('../../corpus', import.meta.url)));
  for (const { metadata, paragraphs } of documents.slice(0, 1)) {
    for (const paragraph of paragraphs) {
      const passage = { text: textOf(paragraph), context: [metadata.title, ...paragraph.section].join('\n') };
      for (const [start, end] of sentencesOf(passage.text)) {
        const sentence = passage.text.slice(start, end);
        if (/^\p{Lu}.{60,400}\.$/u.test(sentence)) own.push({ sentence, passage });
      }
    }
  }
});

/** Sentences of the record that a change can be made to, as they are then. */
function changed(change: (sentence: string) => string): Own[] {
  return own.flatMap(({ sentence, passage }) => {
    const other = change(sentence);
    return other === sentence ? [] : [{ sentence: other, passage }];
  });
}

function passing(cases: readonly Own[]): string[] {
  return cases
    .filter(({ sentence, passage }) => checkSentence(sentence, [passage]).supported)
    .map(({ sentence }) => sentence);
}

describe('the sentences of the record', () => {
  it('are supported by their own paragraphs', () => {
    expect(own.length).toBeGreaterThan(300);
    expect(passing(own).length / own.length).toBeGreaterThan(0.99);
  });

  // At most so many of some hundred pass, as measured: a year that the record has too, and a cause where it has one nearby.
  it.each<[string, (sentence: string) => string, number]>([
    [
      'with a denial put in',
      (text) => text.replace(/\b(was|were|is|are|should|could|has|have|had|can)\b(?! not)/u, '$1 not'),
      0,
    ],
    ['with "never" put in', (text) => text.replace(/\b(was|were|had|have|has)\b/u, '$1 never'), 0],
    [
      'without their denial',
      (text) => text.replace(/ (?:not|never|no longer)\b(?! only| least| limited)/u, ''),
      0,
    ],
    [
      'with other numbers',
      (text) => text.replace(/(?<![\d/.-])(\d{2,4})(?![\d/])/u, (digits) => String(Number(digits) + 1)),
      9,
    ],
    ['with a cause for ", and"', (text) => text.replace(/, and (?=the|that|to|in)/u, ', which led to '), 6],
    ['with a cause for "while"', (text) => text.replace(/,? while /u, ' because '), 0],
    [
      'told to be refused',
      (text) => text.replace(/\b(?:stressed|underlined|highlighted|emphasized)\b/u, 'denied'),
      0,
    ],
  ])('are not %s', (_, change, most) => {
    const cases = changed(change);
    expect(cases.length).toBeGreaterThan(5);
    expect(passing(cases).length).toBeLessThanOrEqual(most);
  });
});
