import type { CheckedPassage } from '../../check/index.js';
import { parseRecord, placeOf, type RecordDocument, spansOf } from '../../corpus/index.js';
import { ParaciteError } from '../../errors.js';
import { numberedPassages } from '../../generate/index.js';
import type { GroundingCase } from './types.js';

/**
 * Paragraphs of a record as the check of written sentences gets them.
 *
 * @throws ParaciteError `bad_request` where one is not there
 */
export function checkedPassages(document: RecordDocument, numbers: readonly number[]): CheckedPassage[] {
  const passages = numbers.map((number) => ({
    ...placeOf({ document, paragraph: paragraphOf(document, number) }),
    score: 1,
    snippet: '',
  }));
  return numberedPassages({ passages }, [document]).map(({ text, context }) => ({ text, context }));
}

/** The record as if what is planted had stood in its file, at the end of the first paragraph that is cited. */
export function planted(document: RecordDocument, { cites, planted: text }: GroundingCase): RecordDocument {
  if (text === undefined) return document;
  const { wording } = paragraphOf(document, cites[0] ?? 0);
  const end = spansOf(wording, 0, wording.text.length, document.source).at(-1)?.[1] ?? 0;
  const source = `${document.source.slice(0, end)} ${text}${document.source.slice(end)}`;
  return { ...document, source, ...parseRecord(source) };
}

/** @throws ParaciteError `bad_request` where it is not there */
export function paragraphOf(document: RecordDocument, number: number): RecordDocument['paragraphs'][number] {
  const paragraph = document.paragraphs.find((one) => one.number === number);
  if (!paragraph) throw new ParaciteError('bad_request', `there is no paragraph ${number}`);
  return paragraph;
}
