import type { Paragraph, RecordDocument } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import { keyOf } from '../response/index.js';

/** Most ids that a message names. */
const MAX_NAMED = 5;

/** @throws ParaciteError `not_found` that says which there are */
export function findDocument(documents: readonly RecordDocument[], id: string): RecordDocument {
  const document = documents.find(({ metadata }) => metadata.id === id);
  if (document) return document;
  const ids = documents.slice(0, MAX_NAMED).map(({ metadata }) => metadata.id);
  const more = documents.length > MAX_NAMED ? ` and ${documents.length - MAX_NAMED} more` : '';
  throw new ParaciteError('not_found', `no document "${id}"; there is ${ids.join(', ')}${more}`);
}

/**
 * @param key number of the paragraph, or "front-matter"
 * @throws ParaciteError `not_found` that says which there are
 */
export function findParagraph(document: RecordDocument, key: string): Paragraph {
  const paragraph = document.paragraphs.find((candidate) => keyOf(candidate) === key);
  if (paragraph) return paragraph;
  const last = document.paragraphs.at(-1)?.number ?? 0;
  throw new ParaciteError('not_found', `no paragraph "${key}"; there are 1 to ${last}, and front-matter`);
}
