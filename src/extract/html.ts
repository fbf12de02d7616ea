import { parse, defaultTreeAdapter as tree } from 'parse5';
import { dateIn, languageTag } from './dates.js';
import {
  attribute,
  children,
  type Element,
  find,
  isHidden,
  type Node,
  OWN_LINE,
  only,
  type Parent,
  textOf,
  walk,
} from './dom.js';
import { MAX_DEPTH } from './limits.js';
import { isTitleLike } from './lines.js';
import { letters, roman } from './numerals.js';
import { type BlockKind, type ExtractedText, UnreadableFile } from './types.js';
import { superscript, TextWriter, tidy } from './writer.js';

const HEADING = /^h([1-6])$/u;
/** Level of a paragraph that is written as a heading without being marked as one. */
const BOLD_HEADING_LEVEL = 7;

/** The text of a page: what a reader sees of its main part, without navigation, scripts and what is hidden. */
export function extractHtml(html: string): ExtractedText {
  const document = parse(html);
  const head = find(document, 'head');
  const body = find(document, 'body');
  const root = body ? (find(body, 'main') ?? only(body, 'article') ?? body) : document;
  const writer = new TextWriter();
  writeBlocks(root, writer, notesOf(root));
  return { ...writer.done(), said: saidIn(find(document, 'html'), head) };
}

function saidIn(html: Element | null, head: Element | null): ExtractedText['said'] {
  const metas = head ? children(head).filter(({ tagName }) => tagName === 'meta') : [];
  const meta = (...names: string[]) =>
    metas.flatMap((element) => {
      const name = (attribute(element, 'name') ?? attribute(element, 'property') ?? '').toLowerCase();
      const content = attribute(element, 'content');
      return names.includes(name) && content ? [content] : [];
    })[0];
  const title = head && find(head, 'title');
  return {
    title: (title && tidy(textOf(title))) || null,
    date: dateIn(meta('date', 'dc.date', 'dcterms.date', 'dcterms.issued', 'article:published_time') ?? ''),
    changed: dateIn(meta('dcterms.modified', 'article:modified_time') ?? ''),
    language: languageTag((html && attribute(html, 'lang')) ?? meta('language', 'dc.language')),
  };
}

/** Footnotes by the id that their references lead to, with the number that the text gets for them. */
type Notes = ReadonlyMap<string, number>;

/** References are raised links into the page whose text is a number, with brackets or not. */
function notesOf(root: Parent): Notes {
  const notes = new Map<string, number>();
  walk(root, (element) => {
    const target = referenceIn(element);
    if (target !== null && !notes.has(target)) notes.set(target, notes.size + 1);
  });
  return notes;
}

function referenceIn(element: Element): string | null {
  if (element.tagName !== 'sup') return null;
  const link = find(element, 'a');
  const target = link && attribute(link, 'href');
  return target?.startsWith('#') && /^\s*[[(]?[\d*†a-z]{1,4}[\])]?\s*$/u.test(textOf(element))
    ? target.slice(1)
    : null;
}

function writeBlocks(root: Parent, writer: TextWriter, notes: Notes): void {
  let line = '';
  /** What the line that is being gathered is. */
  let kind: BlockKind = 'text';
  let level: number | undefined;
  const flush = () => {
    writer.add(kind, line, level === undefined ? {} : { level });
    line = '';
  };
  const as = (next: BlockKind, inside: () => void, nextLevel?: number) => {
    flush();
    const before = { kind, level };
    kind = next;
    level = nextLevel;
    inside();
    flush();
    kind = before.kind;
    level = before.level;
  };
  const visit = (node: Node, depth: number): void => {
    if (depth > MAX_DEPTH) throw new UnreadableFile('is nested too deeply to be a document; save it anew');
    if (tree.isTextNode(node)) {
      line += node.value;
      return;
    }
    if (!tree.isElementNode(node) || isHidden(node)) return;
    const { tagName } = node;
    const inside = () => {
      for (const child of node.childNodes) visit(child, depth + 1);
    };
    const reference = referenceIn(node);
    const note = notes.get(attribute(node, 'id') ?? '');
    const heading =
      attribute(node, 'class') === 'title' && tagName === 'h1' ? '0' : HEADING.exec(tagName)?.[1];
    if (reference !== null && notes.has(reference))
      line = line.trimEnd() + superscript(notes.get(reference) ?? 0);
    else if (note !== undefined && OWN_LINE.has(tagName))
      as('note', () => {
        writer.add('note', `${superscript(note)} ${noteText(node)}`);
      });
    else if (heading) as('heading', inside, Number(heading));
    else if (tagName === 'br') line += ' ';
    else if (tagName === 'table') as(kind, () => writeTable(node, writer, notes, depth));
    else if (tagName === 'li') as('item', () => writeItem(node, inside, (text) => (line += text)));
    else if (tagName === 'p' && kind === 'text' && isBoldLine(node))
      as('heading', inside, BOLD_HEADING_LEVEL);
    else if (OWN_LINE.has(tagName)) as(kind === 'heading' ? 'text' : kind, inside);
    else inside();
  };
  for (const child of root.childNodes) visit(child, 0);
  flush();
}

/** The item's number or bullet before its text. A numbered item of the outermost list may be a numbered paragraph. */
function writeItem(item: Element, inside: () => void, say: (text: string) => void): void {
  const list = item.parentNode as Element | null;
  const numbered = list?.tagName === 'ol' && !/^(?:none|disc)$/u.test(styleOf(list));
  say(numbered ? `${numberOf(item, list)} ` : '- ');
  inside();
}

function numberOf(item: Element, list: Element): string {
  const items = children(list).filter(({ tagName }) => tagName === 'li');
  let number = Number(attribute(list, 'start') ?? 1);
  for (const one of items) {
    number = Number(attribute(one, 'value') ?? number);
    if (one === item) break;
    number += 1;
  }
  switch (attribute(list, 'type')) {
    case 'a':
      return `(${letters(number)})`;
    case 'A':
      return `(${letters(number).toUpperCase()})`;
    case 'i':
      return `(${roman(number).toLowerCase()})`;
    case 'I':
      return `(${roman(number)})`;
    default:
      return `${number}.`;
  }
}

/** Rows with bars between the cells; a table of one column is no table but a frame. */
function writeTable(table: Element, writer: TextWriter, notes: Notes, depth: number): void {
  const rows: Element[] = [];
  walk(table, (element) => {
    if (element.tagName === 'tr' && tableOf(element) === table) rows.push(element);
  });
  const caption = find(table, 'caption');
  if (caption) writer.add('text', textOf(caption));
  const cells = rows.map((row) =>
    children(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th'),
  );
  if (depth < MAX_DEPTH && Math.max(0, ...cells.map(({ length }) => length)) < 2) {
    for (const cell of cells.flat()) writeBlocks(cell, writer, notes);
    return;
  }
  for (const [index, row] of cells.entries()) {
    const heads = row.length > 0 && row.every(({ tagName }) => tagName === 'th');
    const texts = row.map((cell) => tidy(textOf(cell)).replaceAll('|', '¦'));
    if (texts.join('') !== '')
      writer.add(heads && index === 0 ? 'header' : 'row', `| ${texts.join(' | ')} |`);
  }
}

/** The innermost table that a row stands in. */
function tableOf(row: Element): Parent | null {
  let parent: Parent | null = row.parentNode;
  while (parent && tree.isElementNode(parent) && parent.tagName !== 'table') parent = parent.parentNode;
  return parent;
}

/** A short paragraph that is bold throughout and ends no sentence. */
function isBoldLine(paragraph: Element): boolean {
  const text = tidy(textOf(paragraph));
  const bold = children(paragraph).filter(({ tagName }) => /^(?:b|strong)$/u.test(tagName));
  return isTitleLike(text) && bold.length > 0 && tidy(bold.map(textOf).join(' ')) === text;
}

/** Without the mark and the arrow back. */
function noteText(note: Element): string {
  return textOf(note)
    .replace(/^\s*[[(]?[\d*†]{1,4}[\])]?[.:]?\s*/u, '')
    .replace(/\s*[↑↩^]\ufe0e?\s*$/u, '');
}

function styleOf(list: Element): string {
  return /list-style(?:-type)?\s*:\s*(\w+)/u.exec(attribute(list, 'style') ?? '')?.[1] ?? '';
}
