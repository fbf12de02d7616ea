import type { RecordDocument } from '../corpus/index.js';
import type { LocalEmbeddings } from '../embed/index.js';
import { type ComposedIndex, composeIndex, type Encode } from '../index/index.js';
import { generator } from './metrics.js';

/** Parts that a sidecar's questions are left out in, each in its turn, to stand for questions never seen. */
export const FOLDS = 8;

export interface HeldOut {
  readonly paragraph: number;
  readonly text: string;
}

export interface LeftOut {
  readonly index: ComposedIndex;
  /** A sample of the questions left out, with an answer and without. */
  readonly held: readonly HeldOut[];
  readonly unanswered: readonly HeldOut[];
}

/** Encodes each text once, however often it is asked for: all folds are of nearly the same texts. */
export function encodingOnce(embeddings: LocalEmbeddings): Encode {
  const known = new Map<string, Float32Array>();
  return async (texts, progress) => {
    const all = Array.from({ length: texts.length }, (_, i) => texts.at(i) ?? '');
    const unknown = [...new Set(all)].filter((text) => !known.has(text));
    const vectors = await embeddings.embedAll(unknown, progress);
    for (const [i, text] of unknown.entries()) known.set(text, vectors[i] ?? new Float32Array());
    return all.map((text) => known.get(text) ?? new Float32Array());
  };
}

/** The index of a document without one part of its sidecar, and what was left out. */
export async function leaveOut(
  document: RecordDocument,
  embeddings: LocalEmbeddings,
  fold: number,
  perParagraph: number,
  encode: Encode,
): Promise<LeftOut> {
  const random = generator(1);
  const part = (texts: readonly string[]) =>
    texts.map((text) => ({ text, fold: Math.floor(random() * FOLDS) }));
  const parted = document.questions.map(({ paragraph, questions, unanswered }) => ({
    paragraph,
    questions: part(questions),
    unanswered: part(unanswered),
  }));
  const others = (texts: ReturnType<typeof part>) =>
    texts.filter((question) => question.fold !== fold).map(({ text }) => text);
  const kept = parted.map(({ paragraph, questions, unanswered }) => ({
    paragraph,
    questions: others(questions),
    unanswered: others(unanswered),
  }));
  const wanted = new Set(sampled(document, perParagraph).map(({ text }) => text));
  const held = parted.flatMap(({ paragraph, questions }) =>
    questions
      .filter((question) => question.fold === fold && wanted.has(question.text))
      .map(({ text }) => ({ paragraph, text })),
  );
  const unanswered = parted.flatMap(({ paragraph, unanswered: texts }) =>
    texts.filter((question) => question.fold === fold).map(({ text }) => ({ paragraph, text })),
  );
  const index = await composeIndex([{ ...document, questions: kept }], embeddings, () => undefined, encode);
  return { index, held, unanswered };
}

/** The same number of questions of every paragraph, spread over its list. */
export function sampled(document: RecordDocument, perParagraph: number): HeldOut[] {
  return document.questions.flatMap(({ paragraph, questions }) => {
    const step = Math.max(1, questions.length / perParagraph);
    const number = Math.min(questions.length, perParagraph);
    return Array.from({ length: number }, (_, i) => ({
      paragraph,
      text: questions[Math.floor(i * step)] ?? '',
    }));
  });
}
