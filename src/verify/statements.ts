import { stemmer } from '@orama/stemmers/english';
import type { RecordDocument } from '../corpus/index.js';
import { matchOf } from './changes.js';
import type { DraftRange } from './quotes.js';
import type { Reference } from './references.js';
import { shinglesOf } from './shingles.js';
import type { Text } from './texts.js';
import type { Match } from './types.js';
import { wordsOf } from './words.js';

/** Words that a statement has at least; "see paragraph 71" states nothing. */
const MIN_WORDS = 4;

/** What stands between a mention and what it is said to say: "of the summary, it was noted that". */
const LEAD = new RegExp(
  [
    /^(?:\s*\([a-z]\))?/,
    /(?:\s+of\s+(?:the\s+)?[^,:;]{0,60}?(?:summary|summaries|record|report|document))?/,
    /(?:\s*,)?(?:\s+(?:which|it|also|further|clearly|explicitly|was|is))*/,
    /(?:\s+(?:says?|said|states?|stated|notes?|noted|stress(?:es|ed)|underlin(?:es?|ed)|highlight(?:s|ed)?|report(?:s|ed)?|record(?:s|ed)?|observ(?:es?|ed)|mention(?:s|ed)?|recommend(?:s|ed)?|finds?|found|reads?|indicat(?:es?|ed)|emphasi[sz](?:es?|ed)|conclud(?:es?|ed)|confirm(?:s|ed)?|suggest(?:s|ed)?|explain(?:s|ed)?|point(?:s|ed)? out)\b)?/,
    /(?:\s+that\b)?\s*[,:]?\s*/,
  ]
    .map(({ source }) => source)
    .join(''),
  'iu',
);
/** What stands before a mention that comes last: ", as noted in". */
const TRAIL =
  /[\s,;(–—-]*(?:\b(?:as|see|cf|according to|in|under|at|noted|stated|set out|recorded|reflected|mentioned|highlighted|reported|described)\b[\s.,]*)*$/iu;

/** Where a sentence states what paragraphs are said to say, without the words that say so; null where it states nothing. */
export function statementIn(
  draft: string,
  [start, end]: DraftRange,
  { range }: Reference,
): DraftRange | null {
  const lead = LEAD.exec(draft.slice(range[1], end))?.[0].length ?? 0;
  const before = draft.slice(start, range[0]);
  const trail = TRAIL.exec(before)?.[0].length ?? 0;
  const sides: readonly DraftRange[] = [
    [range[1] + lead, end],
    [start, range[0] - trail],
  ];
  const lengths = sides.map(([from, to]) => wordsOf(draft.slice(from, Math.max(from, to))).length);
  const side = sides[(lengths[0] ?? 0) >= MIN_WORDS ? 0 : 1];
  const length = Math.max(lengths[0] ?? 0, (lengths[0] ?? 0) >= MIN_WORDS ? 0 : (lengths[1] ?? 0));
  return side && length >= MIN_WORDS ? side : null;
}

/** A sentence of the record with what its words weigh. */
interface Sentence {
  readonly text: Text;
  readonly first: number;
  readonly last: number;
  readonly stems: ReadonlySet<string>;
}

interface Sentences {
  readonly all: readonly Sentence[];
  readonly byStem: ReadonlyMap<string, readonly Sentence[]>;
}

const known = new WeakMap<RecordDocument, Sentences>();

/** How much better a sentence elsewhere must be to be shown beside the claimed one. */
const CLEARLY_BETTER = 0.15;
const MIN_SIMILARITY = 0.2;

/**
 * The sentence of the claimed paragraphs that has most of a statement's words, by stems weighed by how rare they are, and
 * one elsewhere where that has clearly more. Similarity is the weight that they share, of the statement's.
 */
export function nearestSentences(
  documents: readonly RecordDocument[],
  statement: string,
  isClaimed: (match: {
    readonly document: RecordDocument;
    readonly paragraph: { readonly number: number };
  }) => boolean,
): Match[] {
  const sentences = documents.map(sentencesOf);
  const total = sentences.reduce((sum, { all }) => sum + all.length, 0);
  const stems = [...new Set(stemsOf(statement))];
  const scores = new Map<Sentence, number>();
  let whole = 0;
  for (const stem of stems) {
    const having = sentences.flatMap(({ byStem }) => byStem.get(stem) ?? []);
    const weight = Math.log2(1 + total / Math.max(1, having.length));
    whole += weight;
    for (const sentence of having)
      scores.set(sentence, (scores.get(sentence) ?? 0) + weight / sentence.stems.size ** 0.25);
  }
  const shared = ({ stems: own }: Sentence) =>
    stems.reduce((sum, stem) => {
      if (!own.has(stem)) return sum;
      const count = sentences.reduce((all, { byStem }) => all + (byStem.get(stem)?.length ?? 0), 0);
      return sum + Math.log2(1 + total / Math.max(1, count));
    }, 0) / Math.max(1e-9, whole);
  const ranked = [...scores].sort(([, a], [, b]) => b - a).map(([sentence]) => sentence);
  const claimed = ranked.find(({ text }) => isClaimed(text));
  const [best] = ranked;
  const chosen = [
    ...(claimed ? [claimed] : []),
    ...(best && best !== claimed && (!claimed || shared(best) > shared(claimed) + CLEARLY_BETTER)
      ? [best]
      : []),
  ];
  return chosen
    .map((sentence) => matchOf(sentence.text, sentence.first, sentence.last, shared(sentence)))
    .filter(({ similarity }, index) => index === 0 || similarity >= MIN_SIMILARITY);
}

function sentencesOf(document: RecordDocument): Sentences {
  const kept = known.get(document);
  if (kept) return kept;
  const all = shinglesOf(document).texts.flatMap((text) => {
    const starts = text.sentences.flatMap((number, index) =>
      number !== text.sentences[index - 1] ? [index] : [],
    );
    return starts.map((first, index): Sentence => {
      const last = (starts[index + 1] ?? text.words.length) - 1;
      const stems = text.words.slice(first, last + 1).map(({ key }) => stemmer(key));
      return { text, first, last, stems: new Set(stems) };
    });
  });
  const byStem = new Map<string, Sentence[]>();
  for (const sentence of all) {
    for (const stem of sentence.stems) {
      const list = byStem.get(stem);
      if (list) list.push(sentence);
      else byStem.set(stem, [sentence]);
    }
  }
  const made = { all, byStem };
  known.set(document, made);
  return made;
}

function stemsOf(text: string): string[] {
  return wordsOf(text).map(({ key }) => stemmer(key));
}
