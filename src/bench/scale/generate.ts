import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fill, type Names, namesOf, uniqueName } from './names.js';
import type { Parts } from './parts.js';
import { below, oneOf, type Random, randomOf } from './random.js';

/**
 * Records of any size that read like the one that comes with the package: its clauses recombined, with places, people,
 * programmes, numbers and years of which there are more the larger the record is; numbered paragraphs under parts, years and
 * sessions; and facts that stand in one sentence, with a question for each. The same for one seed and size.
 */
export interface GeneratedDocument {
  readonly id: string;
  readonly year: number;
  readonly metadata: string;
  readonly text: string;
  readonly sentences: readonly GeneratedSentence[];
  readonly facts: readonly Fact[];
}

export interface GeneratedSentence {
  readonly text: string;
  /** Positions among the parts; the clauses are two. Null where it is a planted fact, which has none. */
  readonly made: {
    readonly opener: number;
    readonly clauses: readonly [number, number];
    readonly tail: number;
  } | null;
}

/** A planted answer. */
export interface Fact {
  readonly question: string;
  readonly answer: string;
  readonly document: string;
  /** Number of the paragraph. */
  readonly paragraph: number;
}

export interface Generation {
  readonly seed: number;
  /** Sentences, each of which becomes a chunk. */
  readonly chunks: number;
  readonly facts: number;
}

export const SENTENCES_A_PARAGRAPH = 4;
export const PARAGRAPHS_A_DOCUMENT = 50;
const CHUNKS_A_DOCUMENT = SENTENCES_A_PARAGRAPH * PARAGRAPHS_A_DOCUMENT;
const PARAGRAPHS_A_SESSION = 10;
const FIRST_YEAR = 2000;
const YEARS = 25;

export function documentsIn({ chunks }: Pick<Generation, 'chunks'>): number {
  return Math.ceil(chunks / CHUNKS_A_DOCUMENT);
}

export function* generate(parts: Parts, generation: Generation): Generator<GeneratedDocument> {
  const { seed, chunks, facts } = generation;
  const names = namesOf(seed, chunks);
  const count = documentsIn(generation);
  for (let position = 0; position < count; position += 1) {
    // A document depends on nothing before it.
    const random = randomOf(seed + 7919 * (position + 1));
    const from = Math.floor((position * facts) / count);
    const to = Math.floor(((position + 1) * facts) / count);
    const planted = Array.from({ length: to - from }, (_, i) => factOf(from + i, parts, names, random));
    yield documentOf(
      position,
      Math.min(CHUNKS_A_DOCUMENT, chunks - position * CHUNKS_A_DOCUMENT),
      parts,
      names,
      random,
      planted,
    );
  }
}

/** Writes the files of documents into a folder. */
export async function writeRecord(folder: string, documents: Iterable<GeneratedDocument>): Promise<Fact[]> {
  await mkdir(folder, { recursive: true });
  const facts: Fact[] = [];
  for (const { id, text, metadata, facts: own } of documents) {
    await Promise.all([
      writeFile(path.join(folder, `${id}.txt`), text),
      writeFile(path.join(folder, `${id}.json`), metadata),
    ]);
    facts.push(...own);
  }
  return facts;
}

interface Planted {
  readonly question: string;
  readonly sentence: string;
}

function documentOf(
  position: number,
  chunks: number,
  parts: Parts,
  names: Names,
  random: Random,
  planted: readonly Planted[],
): GeneratedDocument {
  const id = `record-${String(position).padStart(5, '0')}`;
  const year = FIRST_YEAR + (position % YEARS);
  const heading = () => titled(oneOf(random, parts.clauses));
  const title = `Report of ${fill('{place}', random, names)} on ${heading().toLowerCase()}`;
  const lines = [title, '', `I. ${heading()}`, '', `1. ${year} Discussions - ${heading()}`, ''];
  const sentences: GeneratedSentence[] = [];
  const facts: Fact[] = [];
  const count = Math.ceil(chunks / SENTENCES_A_PARAGRAPH);
  // A fact takes the place of a sentence, each in a paragraph of its own.
  const places = new Map(planted.map((fact, i) => [1 + ((i * 17 + below(random, 3)) % count), fact]));
  for (let number = 1; number <= count; number += 1) {
    if (number % PARAGRAPHS_A_SESSION === 1) {
      const letter = String.fromCharCode(97 + Math.floor(number / PARAGRAPHS_A_SESSION));
      lines.push(`(${letter}) ${heading()}`, '');
    }
    const own: GeneratedSentence[] = [];
    while (own.length < SENTENCES_A_PARAGRAPH && sentences.length + own.length < chunks)
      own.push(sentenceOf(parts, names, random));
    const fact = places.get(number);
    if (fact) {
      own[below(random, own.length)] = { text: fact.sentence, made: null };
      facts.push({ question: fact.question, answer: fact.sentence, document: id, paragraph: number });
    }
    sentences.push(...own);
    lines.push(`${number}. ${own.map(({ text }) => text).join(' ')}`, '');
  }
  const metadata = JSON.stringify({ id, title, date: `${year}-06-15`, language: 'en' });
  return { id, year, metadata, text: lines.join('\n'), sentences, facts };
}

function sentenceOf(parts: Parts, names: Names, random: Random): GeneratedSentence {
  const opener = below(random, parts.openers.length);
  const clauses = [below(random, parts.clauses.length), below(random, parts.clauses.length)] as const;
  const tail = below(random, parts.tails.length);
  const text = `${parts.openers[opener]}${parts.clauses[clauses[0]]}${oneOf(random, parts.joints)}${parts.clauses[clauses[1]]}${parts.tails[tail]}.`;
  return { text: fill(text, random, names), made: { opener, clauses, tail } };
}

function factOf(number: number, { clauses }: Parts, names: Names, random: Random): Planted {
  const name = uniqueName(number * 37 + 11);
  const place = oneOf(random, names.places);
  const about = oneOf(random, clauses);
  const sum = `${3 + below(random, 900)}.${1 + below(random, 9)} million euros`;
  const kinds: readonly Planted[] = [
    {
      sentence: `The ${name} fund of ${place} spent ${sum} on work where ${about}.`,
      question: `How much did the ${name} fund of ${place} spend?`,
    },
    {
      sentence: `The ${name} treaty, signed in ${place}, entered into force in ${1950 + below(random, 70)}, and ${about}.`,
      question: `When did the ${name} treaty enter into force?`,
    },
    {
      sentence: `The ${name} network of judges is led by ${oneOf(random, names.people)} from ${place}, and ${about}.`,
      question: `Who leads the ${name} network of judges?`,
    },
  ];
  return kinds[number % kinds.length] as Planted;
}

/** The first words of a clause as a heading. */
function titled(clause: string): string {
  const words = clause.split(/\s+/u).slice(0, 6).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
