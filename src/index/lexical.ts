import { stemmer } from '@orama/stemmers/english';
import MiniSearch, { type Options } from 'minisearch';
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

/** BM25 over the paragraphs of a corpus. */
export class LexicalIndex {
  readonly #search: MiniSearch<LexicalDocument>;
  readonly #terms: ReadonlySet<string>;

  private constructor(search: MiniSearch<LexicalDocument>) {
    this.#search = search;
    const { _index: index } = search as unknown as { readonly _index: Iterable<readonly [string, unknown]> };
    this.#terms = new Set(Array.from(index, ([term]) => term));
  }

  static build(paragraphs: readonly IndexedParagraph[], questions: readonly (readonly string[])[]): LexicalIndex {
    const search = new MiniSearch(OPTIONS);
    search.addAll(
      paragraphs.map(({ paragraph }, id) => ({
        id,
        text: [paragraph.wording, ...paragraph.footnotes.map(({ wording }) => wording)]
          .map(({ text }) => text)
          .join('\n'),
        context: paragraph.section.join('\n'),
        questions: (questions[id] ?? []).join('\n'),
      })),
    );
    return new LexicalIndex(search);
  }

  static parse(json: string): LexicalIndex {
    return new LexicalIndex(MiniSearch.loadJSON(json, OPTIONS));
  }

  serialize(): string {
    return JSON.stringify(this.#search);
  }

  has(term: string): boolean {
    return this.#terms.has(term);
  }

  /**
   * BM25+ of every allowed paragraph that shares a term with the query, by ordinal. Words that the corpus does not
   * have are taken for words that look alike.
   */
  scores(query: string, fields: readonly LexicalField[], allowed: Allowed): Map<number, number> {
    const results = this.#search.search(query, {
      fields: [...fields],
      filter: ({ id }) => allowed(id as number),
      fuzzy: (term) => (term.length >= MIN_FUZZY_LENGTH && !this.#terms.has(term) ? FUZZINESS : false),
      prefix: false,
    });
    return new Map(results.map(({ id, score }) => [id as number, score]));
  }
}
