/** What a stretch of an extracted text is. `row` and `header` are lines of a table with bars between the cells. */
export type BlockKind = 'heading' | 'text' | 'item' | 'row' | 'header' | 'note';

/** A stretch of the text that stands by itself. All offsets are UTF-16 code units of the text. */
export interface TextBlock {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  /** Of a heading: 1 for the outermost. */
  readonly level?: number;
  /** From 1; where the file has pages. */
  readonly page?: number;
}

/** Where a date was found: said by the file or beside it, in its text, in its properties, or only as its time of change. */
export type DateSource = 'said' | 'text' | 'properties' | 'file';

/** What a file says about itself; null where it says nothing. */
export interface Said {
  readonly title: string | null;
  /** The day that it gives as its date, ISO 8601. */
  readonly date: string | null;
  /** The day on which its properties say that it was made or changed, ISO 8601. */
  readonly changed: string | null;
  /** BCP 47 tag. */
  readonly language: string | null;
}

/** The text of a file, every block of it on lines of its own, and what the file says about itself. */
export interface ExtractedText {
  readonly text: string;
  /** In reading order, without overlap. */
  readonly blocks: readonly TextBlock[];
  readonly said: Said;
}

/** A file that cannot be taken in: one line for a person, with what to do. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
