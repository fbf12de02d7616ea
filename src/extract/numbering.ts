import { letters, roman } from './numerals.js';

/** Parts of a Word document, as XML; empty where there is none. */
export interface WordParts {
  readonly document: string;
  readonly numbering: string;
  readonly styles: string;
}

interface Level {
  readonly format: string;
  readonly start: number;
  /** "%1.%2" */
  readonly text: string;
}

interface List {
  /** Lists of one definition are counted together. */
  readonly definition: string;
  readonly levels: ReadonlyMap<number, Level>;
}

/** What numbers a paragraph: a list, and how far in. */
interface Numbered {
  readonly list: string;
  readonly level: number;
}

/** A paragraph up to the end of its properties, which stand first in it. What they were before a change is not looked at. */
const PARAGRAPH =
  /(<w:p(?:\s[^>]*)?>\s*<w:pPr(?:\s[^>]*)?>)((?:(?!<w:pPrChange\b)[\s\S])*?)(<w:pPrChange\b[\s\S]*?<\/w:pPrChange>\s*)?(<\/w:pPr>)/gu;
const OWN_NUMBER = /<w:numPr\b(?:[^>]*\/>|[\s\S]*?<\/w:numPr>)/u;
const NO_NUMBER = '<w:numPr><w:numId w:val="0"/></w:numPr>';

/**
 * The document with the numbers that Word shows written into the text. Word keeps only which list a paragraph belongs to
 * and counts when it shows it; what reads the document otherwise begins every list at 1.
 */
export function withNumbers({ document, numbering, styles }: WordParts): string {
  if (numbering === '' || !/<w:numPr\b/u.test(document + styles)) return document;
  const lists = listsIn(numbering);
  const byStyle = stylesIn(styles);
  const counts = new Map<string, number[]>();
  return document.replace(
    PARAGRAPH,
    (whole: string, open: string, properties: string, _: string | undefined, close: string) => {
      const numbered = numberedBy(properties, byStyle);
      const list = numbered && lists.get(numbered.list);
      const level = numbered && list?.levels.get(numbered.level);
      if (!list || !level || level.format === 'bullet' || level.format === 'none') return whole;
      const count = counts.get(list.definition) ?? [];
      counts.set(list.definition, count);
      count[numbered.level] = (count[numbered.level] ?? level.start - 1) + 1;
      count.length = numbered.level + 1;
      const label = level.text.replace(/%(\d)/gu, (_whole, digit: string) => {
        const at = Number(digit) - 1;
        const other = list.levels.get(at);
        return formatted(count[at] ?? other?.start ?? 1, other?.format ?? 'decimal');
      });
      const others = properties.replace(OWN_NUMBER, '');
      return `${open}${others}${NO_NUMBER}${close}<w:r><w:t xml:space="preserve">${label} </w:t></w:r>`;
    },
  );
}

function listsIn(numbering: string): Map<string, List> {
  const definitions = new Map(
    elements(numbering, 'w:abstractNum').map((definition) => [
      attribute(definition, 'w:abstractNumId') ?? '',
      new Map(
        elements(definition, 'w:lvl').map((level): [number, Level] => [
          Number(attribute(level, 'w:ilvl')),
          {
            format: wordValue(level, 'w:numFmt') ?? 'decimal',
            start: Number(wordValue(level, 'w:start') ?? 1),
            text: wordValue(level, 'w:lvlText') ?? '',
          },
        ]),
      ),
    ]),
  );
  return new Map(
    elements(numbering, 'w:num').flatMap((list): [string, List][] => {
      const id = attribute(list, 'w:numId') ?? '';
      const definition = wordValue(list, 'w:abstractNumId') ?? '';
      const levels = definitions.get(definition);
      if (!levels) return [];
      const begun = elements(list, 'w:lvlOverride').flatMap((override): [number, Level][] => {
        const level = Number(attribute(override, 'w:ilvl'));
        const start = wordValue(override, 'w:startOverride');
        const base = levels.get(level);
        return base && start !== null ? [[level, { ...base, start: Number(start) }]] : [];
      });
      // A list that begins anew counts by itself.
      const own = begun.length > 0 ? `${definition} ${id}` : definition;
      return [[id, { definition: own, levels: new Map([...levels, ...begun]) }]];
    }),
  );
}

/** Styles that number what has them, also by the style that they are based on. */
function stylesIn(styles: string): Map<string, Numbered> {
  const byId = new Map(
    elements(styles, 'w:style').map((style) => [attribute(style, 'w:styleId') ?? '', style]),
  );
  const found = new Map<string, Numbered>();
  for (const id of byId.keys()) {
    const seen = new Set<string>();
    for (
      let own = id;
      byId.has(own) && !seen.has(own);
      own = wordValue(byId.get(own) ?? '', 'w:basedOn') ?? ''
    ) {
      seen.add(own);
      const number = OWN_NUMBER.exec(byId.get(own) ?? '')?.[0];
      if (number === undefined) continue;
      found.set(id, numberedIn(number));
      break;
    }
  }
  return found;
}

function numberedBy(properties: string, byStyle: ReadonlyMap<string, Numbered>): Numbered | null {
  const own = OWN_NUMBER.exec(properties)?.[0];
  const style = byStyle.get(wordValue(properties, 'w:pStyle') ?? '') ?? null;
  if (own === undefined) return style;
  const list = wordValue(own, 'w:numId') ?? style?.list;
  return list === undefined || list === '0' ? null : { ...numberedIn(own), list };
}

function numberedIn(number: string): Numbered {
  return { list: wordValue(number, 'w:numId') ?? '', level: Number(wordValue(number, 'w:ilvl') ?? 0) };
}

function formatted(number: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return letters(number);
    case 'upperLetter':
      return letters(number).toUpperCase();
    case 'lowerRoman':
      return roman(number).toLowerCase();
    case 'upperRoman':
      return roman(number);
    case 'decimalZero':
      return String(number).padStart(2, '0');
    default:
      return String(number);
  }
}

/** Elements of a name that never stands inside itself, with everything in them. */
function elements(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<${name}\\b(?:[^>]*/>|[\\s\\S]*?</${name}>)`, 'gu')) ?? [];
}

/** Of the element that the text begins with. */
function attribute(element: string, name: string): string | null {
  return new RegExp(`^<[^>]*\\s${name}="([^"]*)"`, 'u').exec(element)?.[1] ?? null;
}

/** `w:val` of the first element of that name. */
function wordValue(xml: string, name: string): string | null {
  return new RegExp(`<${name}\\b[^>]*\\sw:val="([^"]*)"`, 'u').exec(xml)?.[1] ?? null;
}
