import type { CheckedPassage } from '../../check/index.js';
import { sentencesOf } from '../../chunk/index.js';
import type { RecordDocument } from '../../corpus/index.js';
import { checkedPassages } from './passages.js';

/** A sentence of a record with its paragraph, perhaps changed. */
export interface OwnSentence {
  readonly sentence: string;
  readonly passage: CheckedPassage;
  /** Number of the paragraph. */
  readonly paragraph: number;
}

/** Whole sentences of a record, neither short nor long. */
export function ownSentences(document: RecordDocument): OwnSentence[] {
  return document.paragraphs.flatMap((paragraph) => {
    const [passage] = checkedPassages(document, [paragraph.number ?? 0]);
    if (!passage) return [];
    return sentencesOf(paragraph, document.metadata.language).flatMap(({ text }) =>
      /^\p{Lu}.{60,400}\.$/u.test(text)
        ? [{ sentence: text, passage, paragraph: paragraph.number ?? 0 }]
        : [],
    );
  });
}

/** Changes that make a sentence say what it did not; a sentence that one does not touch stays as it is. */
export const CHANGES: Readonly<Record<string, (sentence: string) => string>> = {
  'with a denial put in': (text) =>
    text.replace(/\b(was|were|is|are|should|could|has|have|had|can)\b(?! not)/u, '$1 not'),
  'with "never" put in': (text) => text.replace(/\b(was|were|had|have|has)\b/u, '$1 never'),
  'without their denial': (text) => text.replace(/ (?:not|never|no longer)\b(?! only| least| limited)/u, ''),
  'with other numbers': (text) =>
    text.replace(/(?<![\d/.-])(\d{2,4})(?![\d/])/u, (digits) => String(Number(digits) + 1)),
  'with a cause for ", and"': (text) => text.replace(/, and (?=the|that|to|in)/u, ', which led to '),
  'with a cause for "while"': (text) => text.replace(/,? while /u, ' because '),
  'told to be refused': (text) =>
    text.replace(/\b(?:stressed|underlined|highlighted|emphasized)\b/u, 'denied'),
};

/** What becomes of the sentences that a change can be made to. */
export function changed(own: readonly OwnSentence[], change: (sentence: string) => string): OwnSentence[] {
  return own.flatMap((one) => {
    const sentence = change(one.sentence);
    return sentence === one.sentence ? [] : [{ ...one, sentence }];
  });
}
