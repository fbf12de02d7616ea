import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { dateIn, languageTag } from './dates.js';
import { extractHtml } from './html.js';
import { withNumbers } from './numbering.js';
import { type ExtractedText, UnreadableFile } from './types.js';
import { readZip } from './zip.js';

const DOCUMENT = 'word/document.xml';
/** What has words or says what they are; not pictures, fonts and embedded files. */
const WANTED = /^(?:\[Content_Types\]\.xml|(?:_rels|word|docProps)\/(?:_rels\/)?[\w.-]+\.(?:xml|rels))$/u;
const MACROS = /(?:^|\/)vba(?:Project|Data)/iu;

/** The text of a Word document, with its headings, tables, footnotes, and the numbers that Word shows. */
export async function extractDocx(bytes: Buffer): Promise<ExtractedText> {
  const { names, parts } = await readZip(bytes, (name) => WANTED.test(name));
  const types = textIn(parts, '[Content_Types].xml');
  if (names.some((name) => MACROS.test(name)) || /macroEnabled/iu.test(types))
    throw new UnreadableFile('holds macros, which are not let in; save it as a DOCX without them');
  if (!parts.has(DOCUMENT)) throw new UnreadableFile('is not a Word document, whatever its name says');
  for (const name of parts.keys()) {
    if (/<!(?:DOCTYPE|ENTITY)/iu.test(textIn(parts, name)))
      throw new UnreadableFile('defines entities, which no Word document does; save it anew with Word');
  }
  const core = textIn(parts, 'docProps/core.xml');
  const numbered = withNumbers({
    document: textIn(parts, DOCUMENT),
    numbering: textIn(parts, 'word/numbering.xml'),
    styles: textIn(parts, 'word/styles.xml'),
  });
  const rewritten = { ...Object.fromEntries(parts), [DOCUMENT]: new TextEncoder().encode(numbered) };
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync(rewritten, { level: 0 })) },
    {
      styleMap: ["p[style-name='Title'] => h1.title:fresh", "p[style-name='Subtitle'] => p:fresh"],
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  );
  const { text, blocks } = extractHtml(value);
  return {
    text,
    blocks,
    said: {
      title: elementIn(core, 'dc:title'),
      date: null,
      changed: dateIn(elementIn(core, 'dcterms:modified') ?? elementIn(core, 'dcterms:created') ?? ''),
      language: languageTag(
        elementIn(core, 'dc:language') ??
          /<w:lang\b[^>]*\bw:val="([^"]+)"/u.exec(textIn(parts, 'word/styles.xml'))?.[1],
      ),
    },
  };
}

function textIn(parts: ReadonlyMap<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(parts.get(name));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function elementIn(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}\\b[^>]*>([^<]*)</${name}>`, 'u').exec(xml)?.[1]?.trim();
  return text?.replace(/&(amp|lt|gt|quot|apos);/gu, (_, entity: string) => ENTITIES[entity] ?? '') || null;
}
