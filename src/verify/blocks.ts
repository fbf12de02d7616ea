import type { Found } from './found.js';
import type { DraftRange, FoundQuote } from './quotes.js';
import type { Reference } from './references.js';
import type { DraftSentence } from './sentences.js';

const NUMBERED = /^\s*(\d{1,4})\.\s+/u;
/** "(para. 71)", or a line of its own that says where the quotation is from. */
const SOURCE = /\n?\s*[([][^()[\]\n]*[)\]]\s*\.?\s*$|\n\s*(?:[-–—]|--)\s?[^\n]*$/u;
/** Characters that may stand between a block quote and what names its place. */
const NEAR = 8;

/**
 * Block quotes with the paragraph that each is said to be: by the number it starts with, by the mention it ends with or
 * that follows it, or by the last mention of what leads up to it.
 */
export function foundBlocks(
  draft: string,
  blocks: readonly FoundQuote[],
  references: readonly Reference[],
  sentences: readonly DraftSentence[],
): Found[] {
  const inside = blocks.map(({ range }) =>
    references.filter((reference) => reference.range[0] >= range[0] && reference.range[1] <= range[1]),
  );
  const isSource = (index: number) =>
    (inside[index] ?? []).length > 0 && SOURCE.exec(`\n${blocks[index]?.text}`)?.index === 0;
  return blocks.flatMap(({ text, range }, index): Found[] => {
    if (isSource(index)) return [];
    const number = NUMBERED.exec(text);
    const last = inside[index]?.at(-1);
    const source = last && range[1] - last.range[1] <= 2 ? SOURCE.exec(text)?.index : undefined;
    const before = sentences.findLast((sentence) => sentence.range[1] <= range[0]);
    const leading = before && range[0] - before.range[1] <= NEAR ? before : undefined;
    const next = blocks[index + 1];
    const attributed =
      next && isSource(index + 1) && next.range[0] - range[1] <= NEAR ? inside[index + 1]?.[0] : undefined;
    return [
      {
        kind: 'block',
        text: text.slice(number?.[0].length ?? 0, source),
        range,
        reference:
          numberOf(number, range) ??
          (source === undefined ? undefined : last) ??
          attributed ??
          references.find((other) => other.inBrackets && isAfter(other.range, range)) ??
          leading?.references.at(-1) ??
          null,
        around: leading ? draft.slice(leading.range[0], range[1]) : text,
        inner: [],
      },
    ];
  });
}

function numberOf(number: RegExpExecArray | null, [start]: DraftRange): Reference | null {
  if (!number) return null;
  return { paragraphs: [Number(number[1])], range: [start, start + number[0].length], inBrackets: false };
}

function isAfter(range: DraftRange, block: DraftRange): boolean {
  return range[0] >= block[1] && range[0] - block[1] <= NEAR;
}
