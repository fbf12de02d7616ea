import { strFromU8, unzipSync } from 'fflate';
import { decode } from './html.js';

/** Rows of a CSV file (RFC 4180) behind its byte order mark, written without a look at `src/`. */
export function csvRows(file: string): Record<string, string>[] {
  const text = file.replace(/^\uFEFF/u, '');
  const records: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new Error(`no CSV: ${text.slice(0, 200)}`);
    records.at(-1)?.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    if (match[3] === '\r\n') records.push([]);
  }
  const [head = [], ...rows] = records.filter((record) => record.length > 0);
  return rows.map((row) => {
    if (row.length !== head.length) throw new Error(`${row.length} fields under ${head.length} names`);
    return Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']));
  });
}

/** Block quotations of a Markdown file, with its escapes read. */
export function markdownQuotations(file: string): string[] {
  return file
    .split('\n')
    .filter((line) => line.startsWith('> '))
    .map((line) => unescaped(line.slice(2)));
}

/** Markdown's escapes, read as CommonMark says. */
export function unescaped(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}

/** Paragraphs of a DOCX file: style and words of each. */
export function docxParagraphs(file: Uint8Array): { readonly style: string; readonly text: string }[] {
  const xml = strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array());
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>|<w:p\/>/gsu)].map(([, inner = '']) => ({
    style: /<w:pStyle w:val="([^"]*)"/u.exec(inner)?.[1] ?? '',
    text: [...inner.matchAll(/<w:t(?:\s[^>]*)?>(.*?)<\/w:t>/gsu)]
      .map(([, words = '']) => decode(words))
      .join(''),
  }));
}
