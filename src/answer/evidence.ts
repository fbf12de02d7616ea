import { textOf } from '../corpus/index.js';
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
import type { NearestQuestions, Retrieval } from '../retrieve/index.js';
import { ASKED, type Asked, askedIn, holds } from './asked.js';
import { extracts } from './quote.js';

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
  ...ASKED.map((kind) => `asks.${kind}` as const),
  ...ASKED.map((kind) => `absent.${kind}` as const),
  ...ASKED.map((kind) => `missed.${kind}` as const),
  'namesMissed',
  'coveredByQuoted',
  'asksManner',
  'asksWhich',
  'asksYesNo',
  'keywordsOnly',
] as const;

export type EvidenceName = (typeof EVIDENCE)[number];
export type Evidence = Readonly<Record<EvidenceName, number>>;

/** What kind of thing a question asks for, by its words. First that fits. */
const FORMS = [
  [
    'money',
    /\bhow much (?:money|does|did|do|was|were|is|will|would|has)\b|\bcosts?\b|\bbudget|\bfund(?:ed|ing)\b|\bprice|\bpaid\b|\bdollars?\b|\beuros?\b|\bfee\b|\bexpens/iu,
  ],
  [
    'number',
    /\bhow (?:many|often|long|big|large|high|old|far)\b|\bnumber of\b|\bpercent|\bper cent\b|\bshare of\b|\brate\b|\bwhat (?:age|percentage|proportion|score|figure)/iu,
  ],
  [
    'person',
    /\bwho(?:se|m)?\b|\bname of\b|\bwhich (?:person|speaker|ambassador|minister|expert|chair|judge|official)/iu,
  ],
  [
    'date',
    /\bwhen\b|\bwhat (?:date|day|year|month|time)\b|\bwhich (?:date|day|days|year|month)\b|\bdeadline\b|\bhow soon\b/iu,
  ],
  [
    'place',
    /\bwhere\b|\bwhich (?:country|countries|city|cities|state|states|region|place|delegation|nation)\b|\bwhat (?:country|city|place|venue)\b/iu,
  ],
  ['cause', /\bwhy\b|\breasons?\b|\bwhat (?:caused|explains|led)\b|\bhow come\b|\bcause[sd]?\b/iu],
  ['manner', /\bhow\b/iu],
  ['which', /\bwhich\b|\bwhat\b|\bname\b|\blist\b/iu],
  [
    'yesNo',
    /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|any(?:one|body|thing)?)\b/iu,
  ],
] as const;

type Form = (typeof FORMS)[number][0] | 'keywords';

export function formOf(question: string): Form {
  return FORMS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'keywords';
}

const questionForm = remembered(({ text }: QuestionEntry) => formOf(text));
const questionTerms = remembered(({ text }: QuestionEntry) => termsOf(text));

/** Passages that the best is compared with, so that a request's limit changes nothing. */
const COMPARED = 15;
/** How much more a nearer question says; 4 and 12 did equally well on the development split. */
const VOTE_POWER = 4;
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
  const nearestUnanswered = retrieval.nearest.unanswered;
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
    ...kinds('asks', () => true),
    ...kinds('absent', (kind) => !holds(kind, passageText, text)),
    ...kinds('missed', (kind) => !holds(kind, quoted, text)),
    namesMissed: share(names, (name) => !quoted.toLowerCase().includes(name.toLowerCase())),
    coveredByQuoted: coverage(terms, new Set(termsOf(quoted)), lexical),
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

/** Share of questions without an answer among the nearest of all, each weighing by its cosine. */
function unansweredAmong({ answered, unanswered }: NearestQuestions, number: number): number {
  const nearest = [
    ...answered.map((cosine) => ({ cosine, without: 0 })),
    ...unanswered.map((cosine) => ({ cosine, without: 1 })),
  ]
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, number)
    .map(({ cosine, without }) => ({ weight: Math.max(0, cosine) ** VOTE_POWER, without }));
  const all = nearest.reduce((sum, { weight }) => sum + weight, 0);
  return all === 0 ? 0 : nearest.reduce((sum, { weight, without }) => sum + weight * without, 0) / all;
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
