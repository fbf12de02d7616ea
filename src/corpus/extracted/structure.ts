import type { TextBlock } from '../../extract/index.js';
import { assemble, type ExtractedStructure } from './assemble.js';
import { numberingOf, readNumber } from './numbers.js';
import type { OpenHeading, OpenParagraph, Unit } from './units.js';

const ENDS_SENTENCE = /[.!?:;]["'”’)\]]*[⁰¹²³⁴-⁹]*$/u;
const LETTERED = /^(?:\((?:[a-z]{1,2}|[ivxl]{1,5})\)|[a-z]\))\s+\S/u;
const YEAR = /\b(?:19|20)\d\d\b/gu;
/** Longest text before the first paragraph or heading that is front matter, and longest line of it in a document without numbers. */
const MAX_FRONT = 1_500;
const MAX_FRONT_LINE = 200;
/**
 * The structure of an extracted text: front matter, headings, and paragraphs with their items, tables and footnotes.
 * Paragraphs are what is numbered as such, or each text with what belongs to it.
 *
 * @param year of the document, for what stands under no heading that names one
 */
export function structureOf(
  source: string,
  blocks: readonly TextBlock[],
  year: number | null,
): ExtractedStructure {
  const units = unitsOf(source, blocks);
  const texts = (numbered: ReadonlySet<Unit>) =>
    units.filter((unit) => unit.block.kind === 'text' || numbered.has(unit)).length;
  const { accepted, throughout } = numberingOf(units, texts);
  const isNumbered = (unit: Unit) => accepted.has(unit) && (throughout || unit.block.kind === 'text');
  const front = frontOf(units, isNumbered, throughout);
  const headings: OpenHeading[] = [];
  const paragraphs: OpenParagraph[] = [];
  let path: OpenHeading[] = [];
  let opened: OpenHeading[] = [];
  let current: OpenParagraph | null = null;
  const begin = (unit: Unit): void => {
    const number = isNumbered(unit) ? unit.number : null;
    current = { number, path, opened, page: unit.block.page ?? null, units: [unit] };
    paragraphs.push(current);
    if (number !== null) opened = [];
  };
  for (const unit of units.slice(front)) {
    const { kind } = unit.block;
    const before = current as OpenParagraph | null;
    if (kind === 'note') continue;
    if (kind === 'heading') {
      path = path.filter(({ unit: above }) => (above.block.level ?? 1) < (unit.block.level ?? 1));
      const years = [...new Set(unit.text.match(YEAR) ?? [])];
      const own = years.length === 1 ? Number(years[0]) : (path.at(-1)?.year ?? year);
      const heading = { unit, title: unit.text, level: path.length + 1, year: own, after: paragraphs.length };
      path = [...path, heading];
      opened = [...opened, heading];
      headings.push(heading);
      current = null;
    } else if (isNumbered(unit) || before === null) begin(unit);
    else if (kind !== 'text' || LETTERED.test(unit.text) || (throughout && before.number !== null))
      before.units.push(unit);
    else begin(unit);
  }
  return assemble(source, { units, front: units.slice(0, front), headings, paragraphs, year });
}

function unitsOf(source: string, blocks: readonly TextBlock[]): Unit[] {
  let afterHeading = true;
  let introduced = false;
  return blocks.map((block) => {
    const text = source.slice(block.start, block.end).replace(/\s+/gu, ' ');
    // The items of a list that a text introduces are no paragraphs.
    if (block.kind !== 'item') introduced = block.kind === 'text' && /:$/u.test(text);
    const countable = block.kind === 'text' || (block.kind === 'item' && !introduced);
    const unit = { block, text, number: countable ? readNumber(text) : null, afterHeading };
    if (block.kind === 'heading') afterHeading = true;
    else if (unit.number !== null) afterHeading = false;
    return unit;
  });
}

/**
 * How many units are front matter: the title, which is the one heading that no other is beside or above, and what stands
 * under it before the first paragraph or heading.
 */
function frontOf(units: readonly Unit[], isNumbered: (unit: Unit) => boolean, throughout: boolean): number {
  const [first] = units;
  const titled =
    first?.block.kind === 'heading' &&
    units
      .slice(1)
      .every(({ block }) => block.kind !== 'heading' || (block.level ?? 1) > (first.block.level ?? 1));
  const from = titled ? 1 : 0;
  const end = units.findIndex(
    (unit, index) => index >= from && (unit.block.kind !== 'text' || isNumbered(unit)),
  );
  const before = units.slice(from, end === -1 ? units.length : end);
  // Nothing but front matter is no document.
  if (before.length + from === units.length) return from;
  const whole = before.reduce((sum, { text }) => sum + text.length, 0) <= MAX_FRONT;
  if (throughout && whole && isNumbered(units[from + before.length] as Unit)) return from + before.length;
  const lines = before.findIndex(({ text }) => ENDS_SENTENCE.test(text) || text.length > MAX_FRONT_LINE);
  return from + (lines === -1 ? before.length : lines);
}
