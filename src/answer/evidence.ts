import { type Paragraph, textOf } from '../corpus/index.js';
import {
  type AnyIndex,
  coverage,
  paragraphTerms,
  type QuestionEntry,
  sentenceTerms,
  termsOf,
  tokenize,
} from '../index/index.js';
import { remembered } from '../remembered.js';
import { type Retrieval, Wanted, wordsIn } from '../retrieve/index.js';
import { ASKED, type Asked, askedIn, holds } from './asked.js';
import { type Form, formOf } from './forms.js';
import { extracts } from './quote.js';
import { unansweredAmong, votesOf } from './votes.js';

/**
 * Signs that the record answers a question, each about 0 to 1. Similarity alone does not tell a question that the
 * record answers from one whose topic is there and whose fact is not; what the question asks for, and whether the
 * passage holds that kind of thing, does more.
 */
export const EVIDENCE = [
  'question',
  'questions',
  'chunk',
  'lexicalMargin',
  'margin2',
  'margin5',
  'coveredByText',
  'coveredByQuestions',
  'coveredBySentence',
  'unknownWords',
  'namesMissing',
  'numbersMissing',
  'yearUnknown',
  'sameForm',
  'sameFormNearest',
  'wordsInNearest',
  'length',
  'foreign',
  'unanswered',
  'unansweredNearest',
  'unansweredHere',
  'unansweredHereNearest',
  'unansweredAmong3',
  'unansweredAmong12',
  'unansweredByForm',
  'unansweredByBoth',
  ...ASKED.map((kind) => `asks.${kind}` as const),
  ...ASKED.map((kind) => `absent.${kind}` as const),
  ...ASKED.map((kind) => `missed.${kind}` as const),
  'namesMissed',
  'coveredByQuoted',
  'said.quoted',
  'said.quotedLeast',
  'said.here',
  'said.hereLeast',
  'said.anywhere',
  'said.anywhereLeast',
  'asksManner',
  'asksWhich',
  'asksYesNo',
  'keywordsOnly',
] as const;

export type EvidenceName = (typeof EVIDENCE)[number];
export type Evidence = Readonly<Record<EvidenceName, number>>;

const questionForm = remembered(({ text }: QuestionEntry) => formOf(text));
const questionWords = remembered(({ text }: QuestionEntry) => wordsIn(text));
const paragraphWords = remembered((paragraph: Paragraph) =>
  wordsIn([textOf(paragraph), ...paragraph.section].join('\n')),
);
const questionTerms = remembered(({ text }: QuestionEntry) => termsOf(text));

/** Passages that the best is compared with, so that a request's limit changes nothing. */
const COMPARED = 15;
/** Questions near a passage, and without an answer, whose similarities are averaged. */
const NEAREST_UNANSWERED = 3;
/** Sentences of the best passage in which what is asked for must stand. */
const QUOTED_SENTENCES = 3;
/** Nearest questions whose forms are compared. */
const NEAREST_QUESTIONS = 8;

/** The evidence that a retrieval gives for its question. All zero where nothing was found. */
export function evidenceOf(index: AnyIndex, text: string, retrieval: Retrieval): Evidence {
  const [best, second] = retrieval.passages;
  if (!best) return Object.fromEntries(EVIDENCE.map((name) => [name, 0])) as Record<EvidenceName, number>;
  const terms = [...new Set(termsOf(text))];
  const words = tokenize(text);
  const { lexical, questions } = retrieval.near;
  const passageText = textOf(best.paragraph);
  const passageTerms = paragraphTerms(best.paragraph);
  const sentences = index.sentencesOf(best.ordinal);
  const cosines = retrieval.cosines.questions.of(best.ordinal);
  const nearest = questions
    .rowsOf(best.ordinal)
    .flatMap((row, position) => {
      const entry = questions.entry(row);
      return entry ? [{ entry, similarity: cosines[position] ?? 0 }] : [];
    })
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, NEAREST_QUESTIONS);
  const nearestUnanswered = retrieval.nearest.unanswered.map(({ cosine }) => cosine);
  const unansweredHere = [...retrieval.cosines.unanswered.of(best.ordinal)]
    .sort((a, b) => b - a)
    .slice(0, NEAREST_UNANSWERED);
  const form = formOf(text);
  const same = nearest.filter(({ entry }) => questionForm(entry) === form);
  const fifth = retrieval.passages[4]?.score ?? 0;
  const names = namesIn(text);
  const numbers = text.match(/\b\d+(?:[.,/]\d+)*\b/gu) ?? [];
  const years = numbers.filter((number) => /^(?:19|20)\d\d$/u.test(number));
  const asked = (kind: Form) => (form === kind ? 1 : 0);
  const askedKinds = askedIn(text);
  const kinds = <P extends string>(prefix: P, test: (kind: Asked) => boolean) =>
    Object.fromEntries(
      ASKED.map((kind) => [`${prefix}.${kind}`, askedKinds.includes(kind) && test(kind) ? 1 : 0]),
    ) as Record<`${P}.${Asked}`, number>;
  const quoted = extracts(index, best, retrieval, text, QUOTED_SENTENCES)
    .map(({ quote, leadIn }) => `${leadIn?.quote ?? ''} ${quote}`)
    .join(' ');
  const wanted = new Wanted(text, lexical);
  const here = paragraphWords(best.paragraph);
  const saidQuoted = wanted.in(wordsIn(quoted));
  const saidHere = wanted.in(here);
  const saidAnywhere = wanted.in([...here, ...nearest.flatMap(({ entry }) => questionWords(entry))]);
  return {
    question: best.signals.question,
    questions: best.signals.questions,
    chunk: best.signals.chunk,
    lexicalMargin: margin(retrieval.passages.slice(0, COMPARED).map(({ signals }) => signals.lexical)),
    margin2: best.score - (second?.score ?? 0),
    margin5: best.score - fifth,
    coveredByText: coverage(terms, passageTerms, lexical),
    coveredByQuestions: coverage(
      terms,
      new Set(nearest.flatMap(({ entry }) => questionTerms(entry))),
      lexical,
    ),
    coveredBySentence: Math.max(
      0,
      ...sentences.map((sentence) => coverage(terms, sentenceTerms(sentence), lexical)),
    ),
    unknownWords: share(terms, (term) => !lexical.knows(term)),
    namesMissing: share(names, (name) => !passageText.toLowerCase().includes(name.toLowerCase())),
    numbersMissing: share(
      numbers,
      (number) => !passageText.includes(number) && String(best.paragraph.year) !== number,
    ),
    yearUnknown: share(years, (year) => lexical.frequency(year) === 0),
    sameForm: nearest.length === 0 ? 0 : same.length / nearest.length,
    sameFormNearest: Math.max(0, ...same.map(({ similarity }) => similarity)),
    wordsInNearest: Math.max(0, ...nearest.map(({ entry }) => overlap(terms, questionTerms(entry)))),
    length: Math.min(1, words.length / 25),
    foreign: share([...text], (character) => /[^\p{Script=Latin}\p{N}\p{P}\p{Z}]/u.test(character)),
    unanswered: nearestUnanswered[0] ?? 0,
    unansweredNearest: mean(nearestUnanswered.slice(0, NEAREST_UNANSWERED)),
    unansweredHere: unansweredHere[0] ?? 0,
    unansweredHereNearest: mean(unansweredHere),
    unansweredAmong3: unansweredAmong(retrieval.nearest, 3),
    unansweredAmong12: unansweredAmong(retrieval.nearest, 12),
    ...votesOf(retrieval.nearest, text, wanted),
    ...kinds('asks', () => true),
    ...kinds('absent', (kind) => !holds(kind, passageText, text)),
    ...kinds('missed', (kind) => !holds(kind, quoted, text)),
    namesMissed: share(names, (name) => !quoted.toLowerCase().includes(name.toLowerCase())),
    coveredByQuoted: coverage(terms, new Set(termsOf(quoted)), lexical),
    'said.quoted': saidQuoted.share,
    'said.quotedLeast': saidQuoted.missing,
    'said.here': saidHere.share,
    'said.hereLeast': saidHere.missing,
    'said.anywhere': saidAnywhere.share,
    'said.anywhereLeast': saidAnywhere.missing,
    asksManner: asked('manner'),
    asksWhich: asked('which'),
    asksYesNo: asked('yesNo'),
    keywordsOnly: asked('keywords'),
  };
}

/** Capitalised words inside the question, and words all in capitals: what looks like a name. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/(?<=\S\s+["“'(]?)\p{Lu}[\p{L}\p{N}-]+|\b\p{Lu}{2,}\b/gu)].map(([name]) => name);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function share<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}

/** How far the first of the values is above the best other, as a share of it. */
function margin([first = 0, ...others]: readonly number[]): number {
  return first <= 0 ? 0 : Math.max(0, 1 - Math.max(0, ...others) / first);
}

/** Jaccard overlap of two sets of terms. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const other = new Set(b);
  const shared = a.filter((term) => other.has(term)).length;
  return shared / Math.max(1, new Set([...a, ...b]).size);
}
