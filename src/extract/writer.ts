import { MAX_TEXT } from './limits.js';
import { type BlockKind, type TextBlock, UnreadableFile } from './types.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Puts an extracted text together, a blank line between blocks that belong to nothing common. */
export class TextWriter {
  readonly #parts: string[] = [];
  readonly #blocks: TextBlock[] = [];
  #length = 0;

  /** Adds a block; its white space becomes single spaces. Nothing is added where no text is left. */
  add(kind: BlockKind, raw: string, place: { readonly level?: number; readonly page?: number } = {}): void {
    const text = tidy(raw);
    if (text === '') return;
    const last = this.#blocks.at(-1);
    const separator = last ? (joins(last.kind, kind) ? '\n' : '\n\n') : '';
    const start = this.#length + separator.length;
    if (start + text.length > MAX_TEXT)
      throw new UnreadableFile(
        `holds more than ${MAX_TEXT / 1024 / 1024} million characters; divide it into several files`,
      );
    this.#parts.push(separator, text);
    this.#length = start + text.length;
    this.#blocks.push({ kind, start, end: this.#length, ...place });
  }

  done(): { readonly text: string; readonly blocks: readonly TextBlock[] } {
    return { text: this.#blocks.length > 0 ? `${this.#parts.join('')}\n` : '', blocks: this.#blocks };
  }
}

/** Items of a list and rows of a table follow one another line by line. */
function joins(before: BlockKind, kind: BlockKind): boolean {
  const table = (one: BlockKind) => one === 'row' || one === 'header';
  return (before === 'item' && kind === 'item') || (table(before) && table(kind));
}

/** One line, without control characters and what is not shown. */
export function tidy(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\ufeff]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/** A footnote's mark as the texts write it: "¹²". */
export function superscript(number: number): string {
  return [...String(number)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
}
