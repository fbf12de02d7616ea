import type { Metadata } from '../../corpus/index.js';

/** What is cited: words of a document, and where they stand. */
export interface Citable {
  readonly metadata: Metadata;
  readonly quote: string;
  readonly leadIn: string | null;
  /** "para. 71", with the footnote where it is one. */
  readonly label: string;
  readonly paragraph: number | null;
  /** The reading page with the quotation marked, whole. */
  readonly url: string;
}

export interface CitationText {
  readonly name: string;
  readonly text: string;
}

/** A citation in the forms that people paste. */
export function citationTexts(citable: Citable): CitationText[] {
  return [
    { name: 'Plain text', text: plainText(citable) },
    { name: 'Markdown', text: markdown(citable) },
    { name: 'UN style', text: unStyle(citable) },
    { name: 'BibTeX', text: bibTex(citable) },
    { name: 'CSL-JSON', text: cslJson(citable) },
  ];
}

function plainText({ metadata, quote, leadIn, label }: Citable): string {
  return `${leadIn === null ? '' : `“${leadIn}” `}“${quote}” (${metadata.shortTitle}, ${label})`;
}

function markdown({ metadata, quote, leadIn, label, url }: Citable): string {
  const words = leadIn === null ? `> ${quote}` : `> ${leadIn}\n>\n> ${quote}`;
  return `${words}\n>\n> — [${metadata.title}, ${label}](${url})`;
}

/** Symbol where there is one, else who and what, and the day: as footnotes of the United Nations cite their documents. */
function unStyle({ metadata, quote, label }: Citable): string {
  const { symbol, body, title, date } = metadata;
  const named = symbol ?? [body, `“${title}”`, dayOf(date)].filter((part) => part !== null).join(', ');
  return `“${quote}”\n${named}, ${label}.`;
}

function bibTex({ metadata, quote, label, paragraph, url }: Citable): string {
  const { id, title, body, symbol, date, language } = metadata;
  const [year] = partsOf(date);
  const fields: readonly (readonly [name: string, value: string | null])[] = [
    ['title', `{${escapeTeX(title)}}`],
    ['author', body === null ? null : `{${escapeTeX(body)}}`],
    ['year', year === undefined ? null : String(year)],
    ['date', date],
    ['number', symbol === null ? null : escapeTeX(symbol)],
    ['language', language],
    ['note', escapeTeX(label)],
    ['annote', escapeTeX(quote)],
    ['url', url],
  ];
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}}`]));
  return `@misc{${id.replace(/[^\w.-]/gu, '-')}-${paragraph ?? 'front-matter'},\n${lines.join(',\n')}\n}`;
}

function cslJson({ metadata, quote, label, paragraph, url }: Citable): string {
  const { id, title, shortTitle, body, symbol, date, language } = metadata;
  return JSON.stringify(
    [
      {
        id: `${id}-${paragraph ?? 'front-matter'}`,
        type: 'document',
        title,
        'title-short': shortTitle,
        ...(body !== null && { author: [{ literal: body }] }),
        issued: { 'date-parts': [partsOf(date)] },
        ...(symbol !== null && { number: symbol }),
        language,
        note: label,
        annote: quote,
        URL: url,
      },
    ],
    null,
    2,
  );
}

/** "16 January 2025" */
export function dayOf(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function partsOf(date: string): number[] {
  return date.split('-').map(Number);
}

function escapeTeX(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  };
  return text.replace(/[\\~^&%$#_{}]/gu, (character) => named[character] ?? `\\${character}`);
}
