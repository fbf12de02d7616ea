import type { OutlineEntry, Paragraph, RecordDocument, Wording } from '../../corpus/index.js';

/** Hits that are marked; more are only counted. */
export const MAX_HITS = 1000;

/** A place where what is searched for stands: `[start, end)` in UTF-16 code units of its text, numbered from 1. */
export interface Hit {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** What carries text on the reading page. */
export type Carrier = Wording | OutlineEntry;

export interface Found {
  readonly total: number;
  readonly hits: ReadonlyMap<Carrier, readonly Hit[]>;
}

export interface Heading {
  readonly entry: OutlineEntry;
  /** In the outline, from 0. */
  readonly position: number;
}

/** Paragraphs in order, each with the headings that stand before it; headings after the last come with null. */
export function* partsOf({ paragraphs, outline }: RecordDocument): Generator<{
  readonly headings: readonly Heading[];
  readonly paragraph: Paragraph | null;
}> {
  const headings = outline.map((entry, position) => ({ entry, position }));
  let next = 0;
  for (const paragraph of paragraphs) {
    const first = next;
    while ((outline[next]?.from ?? Number.POSITIVE_INFINITY) <= paragraph.number) next += 1;
    yield { headings: headings.slice(first, next), paragraph };
  }
  if (next < outline.length) yield { headings: headings.slice(next), paragraph: null };
}

/** Where a text stands in a document, without regard to case, accents and how much white space there is. */
export function findIn(document: RecordDocument, wanted: string): Found {
  const needle = fold(wanted.trim()).text;
  const hits = new Map<Carrier, readonly Hit[]>();
  let total = 0;
  if (needle === '') return { total, hits };
  const look = (carrier: Carrier, text: string) => {
    const { text: folded, at } = fold(text);
    const own: Hit[] = [];
    for (
      let from = folded.indexOf(needle);
      from !== -1;
      from = folded.indexOf(needle, from + needle.length)
    ) {
      total += 1;
      if (total > MAX_HITS) continue;
      own.push({ number: total, start: at(from), end: at(from + needle.length) });
    }
    if (own.length > 0) hits.set(carrier, own);
  };
  for (const { headings, paragraph } of partsOf(document)) {
    for (const { entry } of headings) look(entry, entry.title);
    for (const { wording } of paragraph?.blocks ?? []) look(wording, wording.text);
    for (const { wording } of paragraph?.footnotes ?? []) look(wording, wording.text);
  }
  return { total, hits };
}

interface Folded {
  readonly text: string;
  /** Where a place of the folded text stands in the text. */
  readonly at: (index: number) => number;
}

const PLAIN = /^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/u;

function fold(text: string): Folded {
  if (PLAIN.test(text)) return { text: text.toLowerCase(), at: (index) => index };
  let folded = '';
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const blank = /\s/u.test(character);
    const plain = blank
      ? folded.endsWith(' ')
        ? ''
        : ' '
      : character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (let i = 0; i < plain.length; i += 1) places.push(place);
    folded += plain;
    place += character.length;
  }
  places.push(text.length);
  return { text: folded, at: (index) => places[index] ?? text.length };
}
