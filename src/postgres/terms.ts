import { textOf } from '../corpus/index.js';
import { type IndexedParagraph, type LexicalField, termsOf, tokenize } from '../index/index.js';

/**
 * BM25+ (Lv & Zhai, 2011) with MiniSearch's parameters and lengths, so that both engines rank alike: `k` how soon repeating a
 * word stops to count, `b` how much long fields are held back, `d` what standing there at all is worth.
 */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 } as const;

const LEXICAL_FIELDS = ['text', 'context', 'questions'] as const satisfies LexicalField[];

/** What a word adds to the score of a paragraph, by field; 0 where it does not stand there. */
export interface Posting {
  readonly paragraph: number;
  /** Position among the terms. */
  readonly term: number;
  readonly added: Readonly<Record<LexicalField, number>>;
}

export interface Terms {
  readonly terms: readonly { readonly term: string; readonly frequency: number }[];
  readonly postings: readonly Posting[];
}

interface Field {
  /** How often each term stands in it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Different words, also those that are not searched for. */
  readonly length: number;
}

/**
 * The words of a corpus and what they are worth where they stand. An index never changes, so that this is computed once.
 *
 * @param questions of each paragraph, by ordinal
 */
export function termsOfCorpus(
  paragraphs: readonly IndexedParagraph[],
  questions: readonly (readonly string[])[],
): Terms {
  const read = paragraphs.map(({ paragraph }, ordinal) => ({
    text: fieldOf(textOf(paragraph)),
    context: fieldOf(paragraph.section.join('\n')),
    questions: fieldOf((questions[ordinal] ?? []).join('\n')),
  }));
  const frequencies = new Map<string, number>();
  /** By field and term: paragraphs that have it. */
  const having: Record<LexicalField, Map<string, number>> = {
    text: new Map(),
    context: new Map(),
    questions: new Map(),
  };
  for (const fields of read) {
    for (const name of LEXICAL_FIELDS) {
      for (const term of fields[name].counts.keys()) {
        having[name].set(term, (having[name].get(term) ?? 0) + 1);
        frequencies.set(term, frequencies.get(term) ?? 0);
      }
    }
    for (const term of new Set([...fields.text.counts.keys(), ...fields.context.counts.keys()])) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
  }
  const positions = new Map([...frequencies.keys()].map((term, position) => [term, position]));
  const mean = (name: LexicalField) =>
    read.reduce((sum, fields) => sum + fields[name].length, 0) / Math.max(1, read.length);
  const means = { text: mean('text'), context: mean('context'), questions: mean('questions') };
  const added = (name: LexicalField, term: string, { counts, length }: Field): number => {
    const count = counts.get(term) ?? 0;
    if (count === 0) return 0;
    const n = having[name].get(term) ?? 0;
    const { k, b, d } = BM25;
    const saturated = (count * (k + 1)) / (count + k * (1 - b + (b * length) / means[name]));
    return Math.log(1 + (read.length - n + 0.5) / (n + 0.5)) * (d + saturated);
  };
  const postings = read.flatMap((fields, paragraph) =>
    [...new Set(LEXICAL_FIELDS.flatMap((name) => [...fields[name].counts.keys()]))].map(
      (term): Posting => ({
        paragraph,
        term: positions.get(term) ?? 0,
        added: {
          text: added('text', term, fields.text),
          context: added('context', term, fields.context),
          questions: added('questions', term, fields.questions),
        },
      }),
    ),
  );
  return { terms: [...frequencies].map(([term, frequency]) => ({ term, frequency })), postings };
}

function fieldOf(text: string): Field {
  const counts = new Map<string, number>();
  for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { counts, length: new Set(tokenize(text)).size };
}
