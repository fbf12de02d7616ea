import { extractOf } from '../answer/index.js';
import { type Sentence, sentencesOf } from '../chunk/index.js';
import { labelOf, type Paragraph, type RecordDocument } from '../corpus/index.js';
import { termsOf } from '../index/index.js';
import type { AnswerView, PassageView } from '../response/index.js';

/** Most passages that a model is shown. */
const MAX_PASSAGES = 8;
/** A neighbour is quoted too where it has this share of the terms of a sentence, and the best one has them not. */
const NEIGHBOUR = 0.25;

/** A passage as a model sees it, under a number, and what of it can be quoted. */
export interface NumberedPassage {
  /** From 1. */
  readonly id: number;
  /** Document, label and headings, for the model to know what it reads. */
  readonly place: string;
  /** The wording, footnotes too. */
  readonly text: string;
  /** What stands above it: title of the document, headings, year. */
  readonly context: string;
  readonly score: number;
  readonly document: RecordDocument;
  readonly paragraph: Paragraph;
  readonly sentences: readonly (Sentence & { readonly terms: ReadonlySet<string> })[];
}

/** The best passages of an answer, numbered. Those of a document that is no longer there are left out. */
export function numberedPassages(
  { passages }: Pick<AnswerView, 'passages'>,
  documents: readonly RecordDocument[],
): NumberedPassage[] {
  return passages
    .slice(0, MAX_PASSAGES)
    .flatMap((view) => found(view, documents))
    .map(({ document, paragraph, score }, position) => {
      const { title, shortTitle, symbol, date, body, language } = document.metadata;
      const year = paragraph.year === null ? [] : [String(paragraph.year)];
      const footnotes = paragraph.footnotes.map(({ wording }) => wording.text);
      return {
        id: position + 1,
        place: [shortTitle, labelOf(paragraph), ...year, ...paragraph.section].join(' > '),
        text: [paragraph.wording.text, ...footnotes].join('\n'),
        context: [title, shortTitle, symbol, body, date, ...paragraph.section, ...year]
          .filter((part) => part !== null)
          .join('\n'),
        score,
        document,
        paragraph,
        sentences: sentencesOf(paragraph, language).map((sentence) => ({
          ...sentence,
          terms: new Set(termsOf(sentence.text)),
        })),
      };
    });
}

function found(
  { document: id, paragraph: number, score }: PassageView,
  documents: readonly RecordDocument[],
) {
  const document = documents.find(({ metadata }) => metadata.id === id);
  const paragraph = document?.paragraphs.find((one) => one.number === (number ?? 0));
  return document && paragraph ? [{ document, paragraph, score }] : [];
}

/** What of a passage bears a sentence out: the run of its own sentences that has most of the words. */
export function supportIn(passage: NumberedPassage, text: string) {
  const terms = new Set(termsOf(text));
  const { sentences } = passage;
  const held = sentences.map((one) => [...terms].filter((term) => one.terms.has(term)));
  const best = held.reduce((top, { length }, at) => (length > (held[top]?.length ?? 0) ? at : top), 0);
  const covered = new Set(held[best]);
  const run = [best];
  for (const step of [1, -1]) {
    const at = best + step;
    const more = (held[at] ?? []).filter((term) => !covered.has(term));
    if (more.length < NEIGHBOUR * terms.size || !samePart(sentences[best], sentences[at])) continue;
    for (const term of more) covered.add(term);
    run.push(at);
  }
  const quoted = run.sort((a, b) => a - b).flatMap((at) => sentences[at] ?? []);
  const { document, paragraph } = passage;
  return quoted.length === 0 ? null : extractOf(document, paragraph, quoted);
}

function samePart(a: Sentence | undefined, b: Sentence | undefined): boolean {
  return a?.part.kind === b?.part.kind && a?.part.index === b?.part.index;
}
