import { Marked } from 'marked';
import { dateIn, languageTag } from './dates.js';
import { extractHtml } from './html.js';
import type { ExtractedText } from './types.js';

/** Lines between dashes at the very top: "title: ...". */
const FRONT_MATTER = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/u;
const FOOTNOTE = /^\[\^([^\]\s]+)\]:[ \t]*(.+(?:\r?\n[ \t]+\S.*)*)/gmu;
const REFERENCE = /\[\^([^\]\s]+)\]/gu;

const marked = new Marked({ gfm: true });
marked.use({
  renderer: {
    // A list keeps the numbers that are written, with their gaps.
    listitem({ raw, tokens }) {
      const number = /^\s*(\d{1,9})[.)]/u.exec(raw)?.[1];
      const inside = this.parser.parse(tokens);
      return `<li${number === undefined ? '' : ` value="${Number(number)}"`}>${inside}</li>\n`;
    },
  },
});

/** The text of Markdown as it reads once rendered (CommonMark with tables and footnotes); front matter says what it is. */
export function extractMarkdown(markdown: string): ExtractedText {
  const front = FRONT_MATTER.exec(markdown);
  const { text, blocks } = extractHtml(
    marked.parse(withFootnotes(markdown.slice(front?.[0].length ?? 0)), { async: false }),
  );
  const said = (name: string) =>
    new RegExp(`^${name}:[ \\t]*["']?(.+?)["']?[ \\t]*$`, 'imu').exec(front?.[1] ?? '')?.[1] ?? null;
  return {
    text,
    blocks,
    said: {
      title: said('title'),
      date: dateIn(said('date') ?? ''),
      changed: null,
      language: languageTag(said('lang(?:uage)?')),
    },
  };
}

/** Footnotes as a page has them: a raised link, and what it leads to at the end. */
function withFootnotes(markdown: string): string {
  const names: string[] = [];
  const notes = new Map([...markdown.matchAll(FOOTNOTE)].map(([, name = '', note = '']) => [name, note]));
  const body = markdown.replace(FOOTNOTE, '').replace(REFERENCE, (whole, name: string) => {
    if (!notes.has(name)) return whole;
    if (!names.includes(name)) names.push(name);
    const number = names.indexOf(name) + 1;
    return `<sup><a href="#footnote-${number}">${number}</a></sup>`;
  });
  const written = names.map((name, index) => `<p id="footnote-${index + 1}">${notes.get(name) ?? ''}</p>`);
  return `${body}\n\n${written.join('\n\n')}\n`;
}
