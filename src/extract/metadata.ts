import { z } from 'zod';
import { dateIn } from './dates.js';
import { isTitleLike } from './lines.js';
import type { DateSource, ExtractedText } from './types.js';

/** What may be said beside a file, in `<name>.json`: it wins over what the file says. */
export const overridesSchema = z.object({
  title: z.string().min(1).optional(),
  shortTitle: z.string().min(1).optional(),
  date: z.iso.date().optional(),
  language: z.string().min(2).optional(),
  symbol: z.string().nullish(),
  body: z.string().nullish(),
});
export type Overrides = z.infer<typeof overridesSchema>;

export interface ExtractedMetadata {
  readonly id: string;
  readonly title: string;
  readonly shortTitle: string;
  /** ISO 8601 date. */
  readonly date: string;
  readonly dated: DateSource;
  /** BCP 47 tag; "und" where nothing says it. */
  readonly language: string;
  readonly symbol: string | null;
  readonly body: string | null;
}

/** Start of a text in which the day of the document is looked for, in UTF-16 code units. */
const OPENING = 800;
const MAX_TITLE = 300;
/** Titles that programs give where nobody gave one. */
const NO_TITLE = /^(?:microsoft word\b.*|untitled.*|document\d*|.*\.(?:docx?|pdf|html?|odt|rtf|indd))$/iu;

/**
 * @param name of the file
 * @param changed day on which the file was changed, ISO 8601
 */
export function metadataOf(
  id: string,
  name: string,
  { text, blocks, said }: ExtractedText,
  overrides: Overrides,
  changed: string,
): ExtractedMetadata {
  const [first] = blocks;
  const opening = first ? titleIn(text.slice(first.start, first.end)) : '';
  const heading = first?.kind === 'heading' ? opening : null;
  const named = said.title !== null && !NO_TITLE.test(said.title) ? said.title : null;
  const title = (
    overrides.title ??
    heading ??
    named ??
    (isTitleLike(opening) ? opening : stemOf(name).replace(/[_\s]+/gu, ' '))
  ).slice(0, MAX_TITLE);
  const dates: readonly (readonly [string | null | undefined, DateSource])[] = [
    [overrides.date ?? said.date, 'said'],
    [dateIn(text.slice(0, OPENING)), 'text'],
    [said.changed, 'properties'],
  ];
  const [date, dated] = dates.find(([found]) => found) ?? [changed, 'file' as const];
  return {
    id,
    title,
    shortTitle: overrides.shortTitle ?? title,
    date: date ?? changed,
    dated,
    language: overrides.language ?? said.language ?? 'und',
    symbol: overrides.symbol ?? null,
    body: overrides.body ?? null,
  };
}

/** The lines of an opening before the one that has the day. */
function titleIn(opening: string): string {
  const lines = opening.split('\n');
  const dated = lines.findIndex((line, index) => index > 0 && dateIn(line) !== null);
  return lines
    .slice(0, dated === -1 ? lines.length : dated)
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A file's name without what says its kind. */
export function stemOf(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/u, '');
}
