import type { TextBlock } from '../../extract/index.js';
import type { NamedPlace, Unnamed } from './labels.js';
import type { ReadNumber } from './numbers.js';

/** A block of an extracted text, with what it says on one line. */
export interface Unit {
  readonly block: TextBlock;
  readonly text: string;
  /** Null where it begins with none. */
  readonly number: ReadNumber | null;
  /** Whether a heading stands between it and the number before, so that the numbering may begin anew. */
  readonly afterHeading: boolean;
}

export interface OpenHeading extends NamedPlace {
  readonly unit: Unit;
  readonly year: number | null;
  /** How many paragraphs stand before it. */
  readonly after: number;
}

export interface OpenParagraph extends Unnamed {
  readonly units: Unit[];
  readonly path: readonly OpenHeading[];
}
