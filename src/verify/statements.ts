import { stemmer } from '@orama/stemmers/english';
import type { RecordDocument } from '../corpus/index.js';
import { firstFrom } from '../lists.js';
import { remembered } from '../remembered.js';
import { matchOf } from './changes.js';
import { NOWHERE, Vocabulary } from './postings.js';
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

/** A sentence of a document. */
interface Sentence {
  readonly text: Text;
  /** Numbers of its first and its last word. */
  readonly first: number;
  readonly last: number;
  /** Of its words, by number, each once. */
  readonly stems: Uint32Array;
}

/** The sentences of a document: numbers, some 200 bytes a sentence. */
interface Sentences {
  readonly size: number;
  at(position: number): Sentence;
  stemsOf(position: number): Uint32Array;
  /** Positions of the sentences that have a stem, ascending. */
  having(stem: string): number[];
}

/** Every stem that a document had in this process. */
const vocabulary = new Vocabulary();

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
  const all = documents.map(sentencesOf);
  let total = 0;
  /** Of each document: how many sentences the ones before it have. */
  const offsets = Uint32Array.from(all, ({ size }) => {
    total += size;
    return total - size;
  });
  const weights = new Map<string, number>();
  /** By position among the sentences of all. */
  const scores = new Map<number, number>();
  for (const stem of new Set(stemsOf(statement))) {
    const having = all.map((sentences) => sentences.having(stem));
    const count = having.reduce((sum, { length }) => sum + length, 0);
    const weight = Math.log2(1 + total / Math.max(1, count));
    weights.set(stem, weight);
    for (const [document, positions] of having.entries()) {
      for (const position of positions) {
        const sentence = (offsets[document] as number) + position;
        const share = weight / (all[document] as Sentences).stemsOf(position).length ** 0.25;
        scores.set(sentence, (scores.get(sentence) ?? 0) + share);
      }
    }
  }
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const sentenceAt = (place: number): Sentence => {
    const document = firstFrom(offsets, place + 1) - 1;
    return (all[document] as Sentences).at(place - (offsets[document] as number));
  };
  const shared = ({ stems: own }: Sentence) =>
    [...weights].reduce((sum, [stem, weight]) => {
      const number = vocabulary.known(stem);
      return number !== undefined && own.includes(number) ? sum + weight : sum;
    }, 0) / Math.max(1e-9, whole);
  const ranked = [...scores].sort(([, a], [, b]) => b - a).map(([place]) => sentenceAt(place));
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

const sentencesOf = remembered((document: RecordDocument): Sentences => {
  const { texts } = shinglesOf(document);
  const columns = { text: [] as number[], first: [] as number[], last: [] as number[], end: [] as number[] };
  const numbers: number[] = [];
  for (const [text, { words, sentences }] of texts.entries()) {
    const stems = words.map(({ key }) => vocabulary.numberOf(stemmer(key)));
    for (let first = 0; first < words.length; ) {
      let next = first + 1;
      while (next < words.length && sentences[next] === sentences[first]) next += 1;
      columns.text.push(text);
      columns.first.push(first);
      columns.last.push(next - 1);
      for (const stem of new Set(stems.slice(first, next))) numbers.push(stem);
      columns.end.push(numbers.length);
      first = next;
    }
  }
  const [text, first, last, end] = [columns.text, columns.first, columns.last, columns.end].map((column) =>
    Uint32Array.from(column),
  ) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const stems = Uint32Array.from(numbers);
  const places = vocabulary.postingsOf(stems);
  const stemsAt = (position: number) => stems.subarray(end[position - 1] ?? 0, end[position]);
  return {
    size: text.length,
    at: (position) => ({
      text: texts[text[position] as number] as Text,
      first: first[position] as number,
      last: last[position] as number,
      stems: stemsAt(position),
    }),
    stemsOf: stemsAt,
    // A sentence has each of its stems once.
    having: (stem) =>
      Array.from(places(vocabulary.known(stem)) ?? NOWHERE, (place) => firstFrom(end, place + 1)),
  };
});

function stemsOf(text: string): string[] {
  return wordsOf(text).map(({ key }) => stemmer(key));
}
