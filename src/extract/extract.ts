import { decode } from './decode.js';
import type { FileKind } from './kinds.js';
import { type ExtractedText, UnreadableFile } from './types.js';

/**
 * The text of a file. Its readers are loaded when first needed.
 *
 * @throws UnreadableFile where it has none, or is not to be read
 */
export async function extractBytes(kind: FileKind, bytes: Buffer): Promise<ExtractedText> {
  const extracted = await read(kind, bytes);
  if (!/[\p{L}\p{N}]/u.test(extracted.text) || extracted.blocks.length === 0)
    throw new UnreadableFile('has no text; put its text into the file or remove it');
  return extracted;
}

async function read(kind: FileKind, bytes: Buffer): Promise<ExtractedText> {
  switch (kind) {
    case 'text':
      return (await import('./text.js')).extractText(decode(bytes));
    case 'markdown':
      return (await import('./markdown.js')).extractMarkdown(decode(bytes));
    case 'html':
      return (await import('./html.js')).extractHtml(decode(bytes, true));
    case 'docx':
      return (await import('./docx.js')).extractDocx(bytes);
    case 'pdf':
      return (await import('./pdf.js')).extractPdf(new Uint8Array(bytes));
  }
}
