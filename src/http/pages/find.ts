import { breathe } from '../../breathe.js';
import type { OutlineEntry, Paragraph, RecordDocument, Wording } from '../../corpus/index.js';

/** Hits that are marked; more are only counted. */
export const MAX_HITS = 1000;

/** Paragraphs after which other requests have their turn. */
const BREATH = 250;

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
export async function findIn(document: RecordDocument, wanted: string): Promise<Found> {
  const needle = foldedText(wanted.trim());
  const hits = new Map<Carrier, readonly Hit[]>();
  let total = 0;
  if (needle === '') return { total, hits };
  const look = (carrier: Carrier, text: string) => {
    const places = placesIn(foldedText(text), needle);
    if (places.length > 0 && total < MAX_HITS) {
      const at = placesOf(text);
      const own = places.map((place, i) => ({
        number: total + i + 1,
        start: at[place] ?? 0,
        end: at[place + needle.length] ?? text.length,
      }));
      hits.set(carrier, own.slice(0, MAX_HITS - total));
    }
    total += places.length;
  };
  let looked = 0;
  for (const { headings, paragraph } of partsOf(document)) {
    looked += 1;
    if (looked % BREATH === 0) await breathe();
    for (const { entry } of headings) look(entry, entry.title);
    for (const { wording } of paragraph?.blocks ?? []) look(wording, wording.text);
    for (const { wording } of paragraph?.footnotes ?? []) look(wording, wording.text);
  }
  for (const { wording } of document.strayNotes) look(wording, wording.text);
  return { total, hits };
}

/** A text as it is compared. */
function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/\s+/gu, ' ');
}

function placesIn(text: string, needle: string): number[] {
  const places: number[] = [];
  for (let from = text.indexOf(needle); from !== -1; from = text.indexOf(needle, from + needle.length)) {
    places.push(from);
  }
  return places;
}

/** Where each character of `foldedText` came from, in UTF-16 code units of the text, and where the text ends. */
function placesOf(text: string): number[] {
  const places: number[] = [];
  let place = 0;
  let blank = false;
  for (const character of text) {
    const own = foldedText(character);
    const length = own === ' ' && blank ? 0 : own.length;
    for (let i = 0; i < length; i += 1) places.push(place);
    if (own !== '') blank = own === ' ';
    place += character.length;
  }
  places.push(text.length);
  return places;
}
