import type { Range, Sentence } from '../chunk/index.js';
import { type Block, type Paragraph, type RecordDocument, spansOf, type Wording } from '../corpus/index.js';
import { type AnyIndex, coverage, sentenceSimilarity, sentenceTerms, termsOf } from '../index/index.js';
import { remembered } from '../remembered.js';
import type { Passage, Retrieval } from '../retrieve/index.js';
import type { Quotation } from './types.js';

/** What is quoted from a passage: one run of sentences, or one item of a list with what introduces it. */
export interface Extract extends Quotation {
  readonly leadIn: Quotation | null;
  readonly footnote: number | null;
}

/** What introduces an item of a list and a row of a table. */
const LEADS: Partial<Readonly<Record<Block['kind'], Block['kind']>>> = { bullet: 'body', row: 'header' };

/** Shares of a sentence's score, where the paragraph has questions and where not; tuned by `npm run ablation`. */
const SHARES = {
  withQuestions: { words: 0.3, cosine: 0.2, questions: 0.5 },
  without: { words: 0.6, cosine: 0.4, questions: 0 },
} as const;
/** Questions of a paragraph that vote for its sentences. */
const VOTERS = 6;
/** A further sentence is quoted where it scores at least this share of the best. */
const RUNNER_UP = 0.6;
/** Longest item of a list that is quoted whole, in UTF-16 code units; of a longer one only its sentences. */
const MAX_WHOLE_ITEM = 900;

/** The sentences of a passage that answer, best first, neighbours merged, at most `limit` sentences. */
export function extracts(
  index: AnyIndex,
  passage: Passage,
  retrieval: Retrieval,
  text: string,
  limit: number,
): Extract[] {
  const sentences = index.sentencesOf(passage.ordinal);
  const ranked = rankedSentences(passage, sentences, retrieval, text);
  const best = ranked[0]?.score ?? 0;
  const chosen = ranked
    .filter(
      ({ score, position }, rank) =>
        rank < limit &&
        (rank === 0 || (score >= RUNNER_UP * best && sentences[position]?.part.kind === 'block')),
    )
    .map(({ position }) => position);
  const { document, paragraph } = passage;
  const inOrder = [...chosen].sort((a, b) => a - b).flatMap((position) => sentences[position] ?? []);
  const made = runsOf(sentences, inOrder).map((run) => extractOf(document, paragraph, run));
  const rankOf = (extract: Extract) =>
    chosen.findIndex((position) => extract.quote.includes(sentences[position]?.text ?? ' '));
  return distinct(made).sort((a, b) => rankOf(a) - rankOf(b));
}

interface RankedSentence {
  readonly score: number;
  readonly position: number;
}

/** By paragraph and question, as long as the retrieval is held: snippet, quotations and evidence ask for the same. */
const rankings = remembered((_: Retrieval) => new Map<string, readonly RankedSentence[]>());

function rankedSentences(
  passage: Passage,
  sentences: readonly Sentence[],
  retrieval: Retrieval,
  text: string,
): readonly RankedSentence[] {
  const known = rankings(retrieval);
  const key = `${passage.ordinal} ${text}`;
  const ranked =
    known.get(key) ??
    scoreSentences(passage, sentences, retrieval, text)
      .map((score, position) => ({ score, position }))
      .sort((a, b) => b.score - a.score || a.position - b.position);
  known.set(key, ranked);
  return ranked;
}

function scoreSentences(
  passage: Passage,
  sentences: readonly Sentence[],
  retrieval: Retrieval,
  text: string,
): number[] {
  const terms = [...new Set(termsOf(text))];
  const chunks = retrieval.cosines.chunks.of(passage.ordinal);
  const questionCosines = retrieval.cosines.questions.of(passage.ordinal);
  const voters = retrieval.near.questions
    .rowsOf(passage.ordinal)
    .map((row, position) => ({ row, similarity: Math.max(0, questionCosines[position] ?? 0) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, VOTERS);
  const words = scaled(
    sentences.map((sentence) => coverage(terms, sentenceTerms(sentence), retrieval.near.lexical)),
  );
  const cosine = scaled(
    sentences.map((sentence) => sentenceSimilarity(chunks, sentence, passage.ordinal, retrieval.near.chunks)),
  );
  const questions = scaled(
    sentences.map((_, position) =>
      voters.reduce(
        (sum, { row, similarity }) =>
          sum + similarity ** 2 * (retrieval.near.questions.entry(row)?.affinities[position] ?? 0),
        0,
      ),
    ),
  );
  const shares = voters.length > 0 ? SHARES.withQuestions : SHARES.without;
  return sentences.map(
    (_, i) =>
      shares.words * (words[i] ?? 0) +
      shares.cosine * (cosine[i] ?? 0) +
      shares.questions * (questions[i] ?? 0),
  );
}

function scaled(values: readonly number[]): number[] {
  const best = Math.max(...values, 0);
  return best > 0 ? values.map((value) => value / best) : [...values];
}

/**
 * Runs of neighbours of one part, each of which is one quotation.
 *
 * @param sentences all of a paragraph
 * @param chosen some of them, in order
 */
export function runsOf(sentences: readonly Sentence[], chosen: readonly Sentence[]): Sentence[][] {
  const runs: Sentence[][] = [];
  for (const sentence of chosen) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && follows(sentences, before, sentence)) run.push(sentence);
    else runs.push([sentence]);
  }
  return runs;
}

function follows(sentences: readonly Sentence[], before: Sentence, sentence: Sentence): boolean {
  return samePart(before, sentence) && sentences.indexOf(sentence) === sentences.indexOf(before) + 1;
}

function samePart(a: Sentence, b: Sentence): boolean {
  return a.part.kind === b.part.kind && a.part.index === b.part.index;
}

/** A run of neighbouring sentences of one part; of a list item all of it, with what introduces it beside it. */
export function extractOf(document: RecordDocument, paragraph: Paragraph, run: readonly Sentence[]): Extract {
  const { kind, index } = run[0]?.part ?? {};
  const block = kind === 'block' ? paragraph.blocks[index ?? -1] : undefined;
  const whole = block && block.kind !== 'body' && block.wording.text.length <= MAX_WHOLE_ITEM;
  return quoted(document, paragraph, run, whole ? [0, block.wording.text.length] : null);
}

/** A run of neighbouring sentences of one part and nothing else, with what introduces a list beside it. */
export function quotedOf(document: RecordDocument, paragraph: Paragraph, run: readonly Sentence[]): Extract {
  return quoted(document, paragraph, run, null);
}

/** @param range what to quote of the part, where it is more than the run */
function quoted(
  document: RecordDocument,
  paragraph: Paragraph,
  run: readonly Sentence[],
  range: Range | null,
): Extract {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) throw new RangeError('an extract needs a sentence');
  const { kind, index } = first.part;
  const own = range ?? ([first.range[0], last.range[1]] as const);
  if (kind === 'footnote') {
    const footnote = paragraph.footnotes[index];
    if (!footnote) throw new RangeError(`paragraph ${paragraph.number} has no footnote at ${index}`);
    return {
      ...quotationOf(footnote.wording, own, document),
      leadIn: null,
      footnote: footnote.mark,
    };
  }
  const block = paragraph.blocks[index];
  if (!block) throw new RangeError(`paragraph ${paragraph.number} has no block at ${index}`);
  const lead = paragraph.blocks.slice(0, index).findLast(({ kind: other }) => other === LEADS[block.kind]);
  return {
    ...quotationOf(block.wording, own, document),
    leadIn: lead ? quotationOf(lead.wording, [0, lead.wording.text.length], document) : null,
    footnote: null,
  };
}

function quotationOf(
  wording: Wording,
  [start, end]: readonly [number, number],
  document: RecordDocument,
): Quotation {
  return { quote: wording.text.slice(start, end), spans: spansOf(wording, start, end, document.source) };
}

/** Two sentences of one list item give the same quotation. */
function distinct(made: readonly Extract[]): Extract[] {
  return [...new Map(made.map((extract) => [extract.spans[0]?.join(), extract])).values()];
}

/** The one extract of a passage that is nearest to a question. */
export function bestExtract(
  index: AnyIndex,
  passage: Passage,
  retrieval: Retrieval,
  text: string,
): Extract | undefined {
  return extracts(index, passage, retrieval, text, 1)[0];
}
