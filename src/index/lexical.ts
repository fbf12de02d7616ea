import { stemmer } from '@orama/stemmers/english';
import { breathe } from '../breathe.js';
import { textOf } from '../corpus/index.js';
import { rememberedByText } from '../remembered.js';
import { BestScores } from './best.js';
import { pack, unpacker } from './packed.js';
import { type Postings, PostingsBuilder } from './postings.js';
import { Terms } from './terms.js';
import type { Allowed, IndexedParagraph } from './types.js';

/** Fields of a paragraph that can be searched apart: its words, the headings above it, the questions it answers. */
const FIELDS = ['text', 'context', 'questions'] as const;
export type LexicalField = (typeof FIELDS)[number];
/** Fields, from the first on, that are of the record itself. */
const OWN_FIELDS = 2;

/** BM25+ with the parameters of MiniSearch, whose scores these are. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 } as const;
/** What a term that looks like the one that was asked for weighs at a distance of 0, as in MiniSearch. */
const FUZZY_WEIGHT = 0.45;

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
/** Longest of all, as in MiniSearch. */
const MAX_EDITS = 6;

/** Paragraphs read before others have their turn: some 20 ms. */
const PARAGRAPHS_AT_ONCE = 128;

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

const toTerm = rememberedByText((word) => (STOP_WORDS.has(word) ? null : stemmer(word)));

/** BM25+ of a paragraph: over the fields that were searched, and over those of them that are of the record itself. */
export interface LexicalScore {
  readonly all: number;
  readonly own: number;
}

export interface LexicalOptions {
  /** How many of the best paragraphs are told. */
  readonly limit: number;
  /** Paragraphs that are told too if they share a term with the query, however low they score. */
  readonly also?: Iterable<number>;
  /** Where the search is limited; null where it is not. */
  readonly allowed?: Allowed | null;
  /** Every field where undefined. */
  readonly fields?: readonly LexicalField[];
}

/** BM25+ over the paragraphs of a corpus: postings in arrays of numbers, as they stand on disk. */
export class LexicalIndex {
  readonly #terms: Terms;
  /** By id of a term: in how many paragraphs it stands; 0 where only questions have it. */
  readonly #frequencies: Uint32Array;
  readonly #fields: readonly Postings[];
  /** By field, then by ordinal: what a paragraph's length adds to the count of a term in BM25. */
  readonly #norms: readonly Float64Array[];
  readonly #paragraphs: number;
  /** Inverse frequencies, by frequency. */
  readonly #weights: number[] = [];
  #best: BestScores | null = null;

  private constructor(terms: Terms, frequencies: Uint32Array, fields: readonly Postings[]) {
    this.#terms = terms;
    this.#frequencies = frequencies;
    this.#fields = fields;
    this.#paragraphs = fields[0]?.lengths.length ?? 0;
    const { k, b } = BM25;
    this.#norms = fields.map(({ lengths, average }) =>
      Float64Array.from(lengths, (length) => k * (1 - b + (b * length) / average)),
    );
  }

  /** @param questions of each paragraph, by ordinal */
  static async build(
    paragraphs: readonly IndexedParagraph[],
    questions: readonly (readonly string[])[],
  ): Promise<LexicalIndex> {
    const builder = new PostingsBuilder(FIELDS.length);
    const known = new Map<string, string | null>();
    const termOf = (word: string): string | null => {
      const found = known.get(word);
      if (found !== undefined) return found;
      const term = toTerm(word);
      known.set(word, term);
      return term;
    };
    for (const [ordinal, { paragraph }] of paragraphs.entries()) {
      if (ordinal % PARAGRAPHS_AT_ONCE === 0) await breathe();
      const contents: Readonly<Record<LexicalField, string>> = {
        text: textOf(paragraph),
        context: paragraph.section.join('\n'),
        questions: (questions[ordinal] ?? []).join('\n'),
      };
      const fields = FIELDS.map((field) => {
        const words = tokenize(contents[field]);
        return { terms: words.flatMap((word) => termOf(word) ?? []), words: new Set(words).size };
      });
      builder.add(fields, OWN_FIELDS);
    }
    const { terms, frequencies, fields } = await builder.build();
    return new LexicalIndex(terms, frequencies, fields);
  }

  static parse(bytes: Uint8Array): LexicalIndex {
    const next = unpacker(bytes);
    const terms = new Terms(next(Uint16Array), next(Uint32Array));
    const frequencies = next(Uint32Array);
    const averages = next(Float64Array);
    const fields = FIELDS.map((_, position) => ({
      starts: next(Uint32Array),
      paragraphs: next(Uint32Array),
      counts: next(Uint16Array),
      lengths: next(Uint32Array),
      average: averages[position] ?? 0,
    }));
    return new LexicalIndex(terms, frequencies, fields);
  }

  serialize(): Uint8Array {
    const averages = Float64Array.from(this.#fields, ({ average }) => average);
    const { units, starts } = this.#terms;
    const fields = this.#fields.flatMap((field) => [
      field.starts,
      field.paragraphs,
      field.counts,
      field.lengths,
    ]);
    return pack([units, starts, this.#frequencies, averages, ...fields]);
  }

  /** Whether a term stands anywhere, questions included. */
  knows(term: string): boolean {
    return this.#terms.idOf(term) >= 0;
  }

  /** Number of paragraphs whose text or headings have a term. */
  frequency(term: string): number {
    return this.#frequencies[this.#terms.idOf(term)] ?? 0;
  }

  /** How much a term says about where it stands: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25. */
  inverseFrequency(term: string): number {
    const n = this.frequency(term);
    this.#weights[n] ??= inverse(n, this.#paragraphs);
    return this.#weights[n];
  }

  /**
   * BM25+ of the best allowed paragraphs that share a term with the query, best first, and of others that are named, by
   * ordinal. Words that the corpus does not have are taken for words that look alike.
   */
  search(query: string, options: LexicalOptions): Map<number, LexicalScore> {
    const { limit, also = [], allowed = null, fields = FIELDS } = options;
    this.#best ??= new BestScores(this.#paragraphs);
    const best = this.#best;
    const times = new Map<string, number>();
    for (const term of termsOf(query)) times.set(term, (times.get(term) ?? 0) + 1);
    for (const [term, repeated] of times) {
      best.nextTerm();
      for (const { id, weight } of this.#likenesses(term)) {
        for (const field of FIELDS.keys()) {
          if (fields.includes(FIELDS[field] as LexicalField))
            this.#add(best, id, field, repeated * weight, allowed);
        }
      }
    }
    return best.take(limit, also);
  }

  /** The term itself, or those that it is taken for, each with its weight. */
  #likenesses(term: string): { readonly id: number; readonly weight: number }[] {
    const id = this.#terms.idOf(term);
    if (id >= 0) return [{ id, weight: 1 }];
    const edits = editsOf(term);
    if (edits === 0) return [];
    return this.#terms.similar(term, edits).map((similar) => {
      const length = this.#terms.lengthOf(similar.id);
      return { id: similar.id, weight: (FUZZY_WEIGHT * length) / (length + similar.edits) };
    });
  }

  /** Adds what a term of a field gives to the scores of the paragraphs where it stands. */
  #add(best: BestScores, id: number, field: number, weight: number, allowed: Allowed | null): void {
    const { starts, paragraphs, counts } = this.#fields[field] as Postings;
    const norms = this.#norms[field] as Float64Array;
    const from = starts[id] as number;
    const to = starts[id + 1] as number;
    const { k, d } = BM25;
    const factor = weight * inverse(to - from, this.#paragraphs);
    const isOwn = field < OWN_FIELDS;
    for (let i = from; i < to; i += 1) {
      const paragraph = paragraphs[i] as number;
      if (allowed !== null && !allowed(paragraph)) continue;
      const count = counts[i] as number;
      best.add(paragraph, factor * (d + (count * (k + 1)) / (count + (norms[paragraph] as number))), isOwn);
    }
  }
}

/** @param n paragraphs, of all, that have a term */
function inverse(n: number, all: number): number {
  return Math.log(1 + (all - n + 0.5) / (n + 0.5));
}
