import { type Group, groupLines, type Line } from './group.js';
import type { ExtractedText, TextBlock } from './types.js';

interface PlacedLine extends Line {
  readonly start: number;
  readonly end: number;
}

/** A plain text: it stays as it is, character for character. A form feed ends a page. */
export function extractText(text: string): ExtractedText {
  const blocks = groupLines(linesOf(text)).flatMap((group): TextBlock[] => blockOf(group));
  return { text, blocks, said: { title: null, date: null, changed: null, language: null } };
}

function blockOf({ kind, level, lines }: Group<PlacedLine>): TextBlock[] {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return [];
  return [
    {
      kind,
      start: first.start,
      end: last.end,
      ...(level !== undefined && { level }),
      ...(first.page !== undefined && { page: first.page }),
    },
  ];
}

function linesOf(text: string): PlacedLine[] {
  const lines: PlacedLine[] = [];
  const paged = text.includes('\f');
  let afterGap = true;
  let page = 1;
  for (const match of text.matchAll(/[^\n\f]*(?:\n|\f|$)/gu)) {
    const raw = match[0];
    const line = raw.replace(/^\ufeff/u, '').trim();
    const start = match.index + (line === '' ? 0 : raw.indexOf(line));
    if (line !== '')
      lines.push({ text: line, start, end: start + line.length, afterGap, ...(paged && { page }) });
    afterGap = line === '' || raw.endsWith('\f');
    if (raw.endsWith('\f')) page += 1;
  }
  return lines;
}
