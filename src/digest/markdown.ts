import {
  alsoInOf,
  chaptersOf,
  citationOf,
  partTitle,
  sectionTitle,
  spansText,
  summaryOf,
  titleOf,
  yearTitle,
} from './phrases.js';
import type { PlainDigest, PlainStatement } from './types.js';

/** A digest in Markdown (CommonMark with tables): a heading a year and a section, a block quotation a statement. */
export function toMarkdown(digest: PlainDigest): string {
  const { counts, documents } = digest;
  const blocks = [
    `# ${escaped(titleOf(digest))}`,
    documents.map(({ title, date }) => `- ${escaped(title)}, ${date}`).join('\n'),
    escaped(summaryOf(digest).join(' ')),
    table(
      'Year',
      counts.years.map(({ year, paragraphs }) => [yearTitle(year), paragraphs]),
    ),
    table(
      'Part',
      counts.parts.map((count) => [partTitle(digest, count), count.paragraphs]),
    ),
    ...chaptersOf(digest).flatMap(({ title, silence, sections }) => [
      `## ${escaped(title)}`,
      ...(silence === null ? [] : [silence]),
      ...sections.flatMap((section) => [
        `### ${escaped(sectionTitle(section))}`,
        ...section.quotations.map((said) => statement(digest, said)),
      ]),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function statement(digest: PlainDigest, said: PlainStatement): string {
  const lines = [
    ...(said.leadIn ? [`> ${escaped(said.leadIn.quote)}`, '>'] : []),
    `> ${escaped(said.quote)}`,
    '',
    `— ${escaped(citationOf(digest, said))}, characters ${spansText(said)}, \`${said.url}\``,
    ...(said.alsoIn.length > 0 ? ['', escaped(alsoInOf(digest, said))] : []),
  ];
  return lines.join('\n');
}

function table(name: string, rows: readonly (readonly [string, number])[]): string {
  return [
    `| ${name} | Paragraphs |`,
    '| --- | ---: |',
    ...rows.map(([label, count]) => `| ${escaped(label)} | ${count} |`),
  ].join('\n');
}

/** A text on one line, so that every character of it is shown as it is: no mark-up, no entity, no link. */
function escaped(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_[\]<>#|~&$@]/gu, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./giu, '\\$&')
    .replace(/^(\s*)([-+=])/u, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/u, '$1\\$2');
}
