import { getDocumentProxy } from 'unpdf';
import { dateIn, languageTag } from './dates.js';
import { type Group, groupLines } from './group.js';
import { MAX_PAGES } from './limits.js';
import { linesOfPages, type PrintedLine, type TextItem } from './print.js';
import { type ExtractedText, UnreadableFile } from './types.js';
import { TextWriter, tidy } from './writer.js';

/** Least letters on a page on average; a scan has none, or only a stamp. */
const MIN_LETTERS_A_PAGE = 20;
/** Lines at the top and at the foot of a page that may be the same on all. */
const EDGE_LINES = 2;
/** Share of the pages that have a line, from which it is a running head. */
const RUNNING_SHARE = 0.5;

/** The text of a PDF by its pages, lines joined to paragraphs, without running heads and page numbers. */
export async function extractPdf(bytes: Uint8Array): Promise<ExtractedText> {
  const pdf = await opened(bytes);
  if (pdf.numPages > MAX_PAGES)
    throw new UnreadableFile(`has more than ${MAX_PAGES} pages; divide it into several files`);
  const { info } = (await pdf.getMetadata().catch(() => ({ info: {} }))) as {
    info: Readonly<Record<string, unknown>>;
  };
  const contents: TextItem[][] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    contents.push(items as TextItem[]);
    page.cleanup();
  }
  const pages = linesOfPages(contents);
  const letters = pages.flat().reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  if (letters < MIN_LETTERS_A_PAGE * pdf.numPages)
    throw new UnreadableFile('has pictures of pages but no text; run text recognition (OCR) over it first');
  const writer = new TextWriter();
  const words = wordsOf(pages.flat());
  for (const group of groupLines(withPrint(withoutRunning(pages)))) write(writer, group, words);
  const said = (name: string) => (typeof info[name] === 'string' ? tidy(info[name]) || null : null);
  return {
    ...writer.done(),
    said: {
      title: said('Title'),
      date: null,
      changed: dateIn(said('ModDate') ?? said('CreationDate') ?? ''),
      language: languageTag(said('Language')),
    },
  };
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0, isEvalSupported: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new UnreadableFile('is encrypted; save it without a password');
    throw new UnreadableFile('is damaged: it cannot be read as a PDF; save it anew');
  }
}

/** Without lines that the same edge of most pages has, whatever number is in them, and lines that are a page's number. */
function withoutRunning(pages: readonly (readonly PrintedLine[])[]): PrintedLine[] {
  const folded = ({ text }: PrintedLine) => text.replace(/\d+/gu, '#').replace(/\s+/gu, ' ');
  const edges = (lines: readonly PrintedLine[]) => [
    ...lines.slice(0, EDGE_LINES),
    ...lines.slice(EDGE_LINES).slice(-EDGE_LINES),
  ];
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const text of new Set(edges(lines).map(folded))) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const runs = (line: PrintedLine) =>
    isPageNumber(line.text) ||
    (pages.length > 2 && (counts.get(folded(line)) ?? 0) > Math.max(2, RUNNING_SHARE * pages.length));
  return pages.flatMap((lines) => {
    const out = new Set(edges(lines).filter(runs));
    return lines.filter((line) => !out.has(line));
  });
}

function isPageNumber(text: string): boolean {
  return /^(?:[-–—]\s*)?(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:\/|of)\s*\d{1,4})?(?:\s*[-–—])?$/iu.test(
    text,
  );
}

/** Which lines are larger or bolder than most of the text, and which smaller. */
function withPrint(lines: readonly PrintedLine[]): PrintedLine[] {
  const size = mostFrequent(lines, (line) => line.size);
  const font = mostFrequent(lines, (line) => line.font ?? '');
  return lines.map((line) => {
    if (line.size > size * 1.08 || (line.font !== null && line.font !== font && line.size >= size))
      return { ...line, print: 'heading' };
    return line.size < size * 0.92 ? { ...line, print: 'note' } : line;
  });
}

/** By the number of characters. */
function mostFrequent<T>(lines: readonly PrintedLine[], of: (line: PrintedLine) => T): T {
  const counts = new Map<T, number>();
  for (const line of lines) counts.set(of(line), (counts.get(of(line)) ?? 0) + line.text.length);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return (most as [T, number])[0];
}

function write(
  writer: TextWriter,
  { kind, level, lines }: Group<PrintedLine>,
  words: ReadonlySet<string>,
): void {
  const page = lines[0]?.page;
  writer.add(
    kind,
    lines.map(({ text }) => text).reduce((text, line) => joined(text, line, words)),
    { ...(level !== undefined && { level }), ...(page !== undefined && { page }) },
  );
}

function wordsOf(lines: readonly PrintedLine[]): Set<string> {
  return new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}-]+\p{L}/gu) ?? []));
}

/** A hyphen at the end of a line goes where the document has the word without it, or has it nowhere with it. */
function joined(text: string, line: string, words: ReadonlySet<string>): string {
  const before = /([\p{L}-]*\p{L})[-‐]$/u.exec(text)?.[1];
  const after = /^\p{Ll}[\p{L}-]*/u.exec(line)?.[0];
  if (before === undefined || after === undefined) return `${text} ${line}`;
  const kept = words.has(`${before}-${after}`.toLowerCase()) && !words.has(`${before}${after}`.toLowerCase());
  return kept ? text + line : text.slice(0, -1) + line;
}
