import { MAX_FILE_BYTES, megabytes } from './limits.js';
import { UnreadableFile } from './types.js';

export type FileKind = 'markdown' | 'text' | 'html' | 'docx' | 'pdf';

const KINDS: Readonly<Record<string, FileKind>> = {
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  text: 'text',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  docx: 'docx',
  pdf: 'pdf',
};
/** What is told of kinds that people try. */
const OTHERS: Readonly<Record<string, string>> = {
  docm: 'may hold macros, which are not let in; save it as a DOCX',
  dotm: 'may hold macros, which are not let in; save it as a DOCX',
  doc: 'is of the old Word format; save it as a DOCX',
  rtf: 'is rich text; save it as a DOCX',
  odt: 'is an OpenDocument text; save it as a DOCX',
};

/** @throws UnreadableFile for a kind that is not read */
export function kindOf(name: string): FileKind {
  const extension = /\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS[extension];
  if (kind) return kind;
  throw new UnreadableFile(
    OTHERS[extension] ?? 'is of a kind that is not read; Markdown, text, HTML, DOCX and PDF with text are',
  );
}

/** @throws UnreadableFile where there is nothing in it, or too much */
export function checkSize(bytes: number): void {
  if (bytes === 0) throw new UnreadableFile('is empty; put its text into the file or remove it');
  if (bytes > MAX_FILE_BYTES)
    throw new UnreadableFile(
      `has ${megabytes(bytes)}, more than the ${megabytes(MAX_FILE_BYTES)} that are read; divide it, or leave out its pictures`,
    );
}

/** @throws UnreadableFile where the first bytes are those of another kind than the name says */
export function checkContent(kind: FileKind, bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const isZip = start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06');
  const isPdf = start.includes('%PDF-');
  // The container of old Office files is what Office encrypts new ones into.
  const isContainer = start.startsWith('\xd0\xcf\x11\xe0');
  if (kind === 'docx' && isContainer)
    throw new UnreadableFile('is encrypted or of the old Word format; save it as a DOCX without a password');
  const right =
    { docx: isZip, pdf: isPdf }[kind as string] ?? !(isZip || isContainer || start.startsWith('%PDF-'));
  if (!right) {
    const really = isZip ? 'a compressed file' : isPdf ? 'a PDF' : isContainer ? 'an old Office file' : null;
    throw new UnreadableFile(
      `is ${really ?? `no ${kind.toUpperCase()}`}, whatever its name says; give it the name of its kind`,
    );
  }
}
