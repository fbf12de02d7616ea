import { stemmer } from '@orama/stemmers/english';
import MiniSearch, { type Options } from 'minisearch';
import { textOf } from '../corpus/index.js';
import type { Allowed, IndexedParagraph } from './types.js';

/** Fields of a paragraph that can be searched apart: its words, the headings above it, the questions it answers. */
export type LexicalField = 'text' | 'context' | 'questions';

interface LexicalDocument extends Readonly<Record<LexicalField, string>> {
  readonly id: number;
}

/** Words that carry no topic: articles, pronouns, auxiliaries, question words. */
const STOP_WORDS = new Set(
  `a about all also am an and any anybody anyone anything are as at be because been being but by can could did do does doing
  done for from get had has have having he her here him his how i if in into is it its just like many me more most much
  my no not of on or our out over please say said says she should so some somebody someone something such tell than
  that the their them then there these they thing things this those to up us was we were what when where which who
  whom whose why will with would you your`.split(/\s+/),
);

/** Longest edit distance, as a share of the word's length, at which an unknown word is taken for a known one. */
const FUZZINESS = 0.25;
const MIN_FUZZY_LENGTH = 5;
/** Longest of all, as MiniSearch has it. */
const MAX_EDITS = 6;

/** Letters in which a word that the corpus does not have may differ from the ones that it is taken for. */
export function editsOf(term: string): number {
  return term.length < MIN_FUZZY_LENGTH ? 0 : Math.min(MAX_EDITS, Math.round(term.length * FUZZINESS));
}

/** Words of a text as they are searched: lower case, without accents, stemmed, without stop words. */
export function termsOf(text: string): string[] {
  return tokenize(text).flatMap((word) => toTerm(word) ?? []);
}

/** Words of a text in lower case, in order. */
export function tokenize(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’]s\b/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function toTerm(word: string): string | null {
  return STOP_WORDS.has(word) ? null : stemmer(word);
}

const OPTIONS: Options<LexicalDocument> = {
  fields: ['text', 'context', 'questions'] satisfies LexicalField[],
  tokenize,
  processTerm: toTerm,
};

/** What is written to disk. */
interface Stored {
  readonly search: unknown;
  readonly frequencies: readonly (readonly [term: string, paragraphs: number])[];
}

/** BM25 over the paragraphs of a corpus. */
export class LexicalIndex {
  readonly #search: MiniSearch<LexicalDocument>;
  /** In how many paragraphs a term stands; 0 where only questions have it. */
  readonly #frequencies: ReadonlyMap<string, number>;
  /** Inverse frequencies, by frequency. */
  readonly #weights: number[] = [];

  private constructor(search: MiniSearch<LexicalDocument>, frequencies: ReadonlyMap<string, number>) {
    this.#search = search;
    this.#frequencies = frequencies;
  }

  static build(
    paragraphs: readonly IndexedParagraph[],
    questions: readonly (readonly string[])[],
  ): LexicalIndex {
    const search = new MiniSearch(OPTIONS);
    const documents = paragraphs.map(({ paragraph }, id) => ({
      id,
      text: textOf(paragraph),
      context: paragraph.section.join('\n'),
      questions: (questions[id] ?? []).join('\n'),
    }));
    search.addAll(documents);
    const frequencies = new Map<string, number>();
    for (const { text, context, questions: asked } of documents) {
      for (const term of termsOf(asked)) frequencies.set(term, frequencies.get(term) ?? 0);
      for (const term of new Set(termsOf(`${text}\n${context}`))) {
        frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
      }
    }
    return new LexicalIndex(search, frequencies);
  }

  static parse(json: string): LexicalIndex {
    const { search, frequencies } = JSON.parse(json) as Stored;
    return new LexicalIndex(
      MiniSearch.loadJS(search as Parameters<typeof MiniSearch.loadJS>[0], OPTIONS),
      new Map(frequencies),
    );
  }

  serialize(): string {
    return JSON.stringify({ search: this.#search, frequencies: [...this.#frequencies] } satisfies Stored);
  }

  /** Whether a term stands anywhere, questions included. */
  knows(term: string): boolean {
    return this.#frequencies.has(term);
  }

  /** Number of paragraphs whose text or headings have a term. */
  frequency(term: string): number {
    return this.#frequencies.get(term) ?? 0;
  }

  /** How much a term says about where it stands: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25. */
  inverseFrequency(term: string): number {
    const n = this.frequency(term);
    this.#weights[n] ??= Math.log(1 + (this.#search.documentCount - n + 0.5) / (n + 0.5));
    return this.#weights[n];
  }

  /**
   * BM25+ of every allowed paragraph that shares a term with the query, by ordinal. Words that the corpus does not
   * have are taken for words that look alike.
   */
  scores(query: string, fields: readonly LexicalField[], allowed: Allowed): Map<number, number> {
    const results = this.#search.search(query, {
      fields: [...fields],
      filter: ({ id }) => allowed(id as number),
      fuzzy: (term) => (term.length >= MIN_FUZZY_LENGTH && !this.knows(term) ? FUZZINESS : false),
    });
    return new Map(results.map(({ id, score }) => [id as number, score]));
  }
}
