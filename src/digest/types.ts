import type { Extract } from '../answer/index.js';
import type { Span } from '../corpus/index.js';
import type { Filters, Passage, ScopeTerm } from '../retrieve/index.js';

export interface DigestQuery {
  readonly topic: string;
  readonly filters: Omit<Filters, 'paragraphs'>;
  /** Whether words such as "in 2022" limit the digest. */
  readonly scope: boolean;
  /** Most paragraphs. */
  readonly limit: number;
}

/** Something that a paragraph says. */
export interface Said {
  readonly passage: Passage;
  readonly extract: Extract;
}

/** Something that is said on the topic, once. */
export interface Statement extends Said {
  /** Where the record says the same again. */
  readonly again: readonly Said[];
}

/** What was said on a topic: every statement once, by year. */
export interface Digest {
  /** Years in order, then what has no year; within a year in the order of the record. */
  readonly statements: readonly Statement[];
  /** Paragraphs that speak of the topic, with those that only say it again. */
  readonly passages: readonly Passage[];
  /** Years of what was looked through, with the number of paragraphs that speak of the topic; null last. */
  readonly years: readonly YearCount[];
  /** Outermost headings of what was looked through, in the order of the record. */
  readonly parts: readonly PartCount[];
  /** Paragraphs on the topic that are outside what the request asks for. */
  readonly elsewhere: number;
  /** Paragraphs on the topic, the least near, that the limit left out. */
  readonly omitted: number;
  /** Probability that the record speaks of the topic. */
  readonly confidence: number;
  readonly scope: readonly ScopeTerm[];
}

export interface YearCount {
  readonly year: number | null;
  readonly paragraphs: number;
}

export interface PartCount {
  /** Id of the document. */
  readonly document: string;
  /** Title of the outermost heading, null for what stands before the first. */
  readonly part: string | null;
  readonly paragraphs: number;
}

/** A digest as plain data: what leaves the process, and what every format is written from. */
export interface PlainDigest {
  readonly topic: string;
  readonly status: 'found' | 'not_found';
  readonly filters: DigestQuery['filters'];
  readonly scope: readonly ScopeTerm[];
  readonly documents: readonly { readonly id: string; readonly title: string; readonly date: string }[];
  readonly counts: {
    readonly paragraphs: number;
    readonly quotations: number;
    readonly years: readonly YearCount[];
    readonly parts: readonly PartCount[];
    readonly elsewhere: number;
    readonly omitted: number;
  };
  /** Years that were looked through and have no statement. */
  readonly silentYears: readonly number[];
  readonly years: readonly PlainYear[];
  readonly confidence: number;
  /** Identity of the index. */
  readonly index: string;
}

export interface PlainYear {
  readonly year: number | null;
  readonly sections: readonly PlainSection[];
}

export interface PlainSection {
  readonly document: string;
  readonly section: readonly string[];
  readonly quotations: readonly PlainStatement[];
}

/** The source's own words with their place. */
export interface PlainQuotation {
  readonly quote: string;
  readonly spans: readonly Span[];
  readonly leadIn: { readonly quote: string; readonly spans: readonly Span[] } | null;
  readonly footnote: number | null;
  readonly document: string;
  /** Null for the front matter. */
  readonly paragraph: number | null;
  readonly label: string;
  readonly section: readonly string[];
  readonly year: number | null;
  readonly url: string;
  readonly printed?: string | null;
  readonly page?: number | null;
}

export interface PlainStatement extends PlainQuotation {
  /** From 1, in the order of the digest. */
  readonly id: number;
  /** 0 to 1: the passage's score. */
  readonly score: number;
  readonly alsoIn: readonly PlainQuotation[];
}
