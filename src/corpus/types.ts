/** `[start, end)` in UTF-16 code units of the source file. */
export type Span = readonly [start: number, end: number];

/** A stretch of wording that stands in the source without interruption. All numbers are UTF-16 code units. */
export interface Run {
  /** Where the run starts in the wording. */
  readonly at: number;
  /** Where it starts in the source. */
  readonly source: number;
  readonly length: number;
}

/**
 * What a piece of the source says, without what is not wording (bold marks, link targets, footnote marks); a line
 * or page break inside it is one space. Every character of `text` stands for one character of the source: see
 * `spansOf`.
 */
export interface Wording {
  readonly text: string;
  readonly runs: readonly Run[];
}

export type PieceKind =
  | 'front-matter'
  | 'part'
  | 'year'
  | 'section'
  | 'sub-heading'
  | 'paragraph'
  | 'bullet'
  /** Line of a table with bars between its cells, and the one above its rule. */
  | 'row'
  | 'header'
  | 'footnote'
  /** Marks without words, such as a bullet that nothing follows. */
  | 'residue';

/** One structural unit of the source. Every non-blank character of the source belongs to exactly one piece. */
export interface Piece {
  readonly kind: PieceKind;
  /** Everything of the piece with its number, bullet and marks; a span a line. */
  readonly spans: readonly Span[];
  readonly wording: Wording;
}

export interface Footnote {
  readonly mark: number;
  readonly wording: Wording;
}

/** A row keeps the bars between its cells: a quotation has them as the source does. */
export interface Block {
  readonly kind: 'body' | 'bullet' | 'row' | 'header';
  readonly wording: Wording;
}

/** How a paragraph is cited where its number does not say it. */
export interface Print {
  /** The number that is printed before it, null where none is. */
  readonly printed: string | null;
  /** "annex I, para. 3", "paragraph 7 of the text, p. 4" */
  readonly label: string;
  /** Page on which it begins, null where the file has none. */
  readonly page: number | null;
  /** What stands before it on a page: "3.", "§ 3", "¶ 7". */
  readonly mark: string;
}

/** A numbered paragraph, or the front matter (number 0) with a block for each of its lines of print. */
export interface Paragraph {
  readonly number: number;
  /** Lead-in, bullets and what follows them, in order. */
  readonly blocks: readonly Block[];
  readonly footnotes: readonly Footnote[];
  /** The whole paragraph, a line for each block, bullets with their mark. Without its number and footnotes. */
  readonly wording: Wording;
  /** The headings above it, outermost first. Empty for the front matter. */
  readonly section: readonly string[];
  /** The year of the heading above it, null where no heading names one. */
  readonly year: number | null;
  /** Left out where the number is what is printed and there are no pages. */
  readonly print?: Print;
}

export interface OutlineEntry {
  readonly kind: 'part' | 'year' | 'section' | 'sub-heading';
  readonly title: string;
  /** 1 for the outermost. */
  readonly level: number;
  readonly year: number | null;
  readonly from: number;
  readonly to: number;
  readonly span: Span;
}

/** What is known about a document beside its text. */
export interface Metadata {
  readonly id: string;
  readonly title: string;
  readonly shortTitle: string;
  /** ISO 8601 date. */
  readonly date: string;
  /** BCP 47 tag. */
  readonly language: string;
  readonly symbol: string | null;
  readonly body: string | null;
}

/** Questions about a paragraph: indexed, never shown and never quoted. */
export interface ParagraphQuestions {
  readonly paragraph: number;
  /** That it answers. */
  readonly questions: readonly string[];
  /** That one could think it answers, and that nothing in the document does. */
  readonly unanswered: readonly string[];
}

export interface StrayNote {
  /** Its mark as the source has it. */
  readonly mark: string;
  readonly wording: Wording;
}

export interface RecordDocument {
  readonly metadata: Metadata;
  /** Name of the file that the text was extracted of; left out where the text is the file. */
  readonly file?: string;
  /** The file's text, unchanged, or what was extracted of it. */
  readonly source: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of everything that an index of the document depends on: file, metadata and sidecar. Hexadecimal. */
  readonly fingerprint: string;
  /** Footnotes that no paragraph refers to. */
  readonly strayNotes: readonly StrayNote[];
  /** Front matter first where there is any, then by number. */
  readonly paragraphs: readonly Paragraph[];
  readonly outline: readonly OutlineEntry[];
  readonly questions: readonly ParagraphQuestions[];
}

export interface CorpusProblem {
  readonly file: string;
  /** From 1; 0 where it is the whole file. */
  readonly line: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

export interface Corpus {
  readonly documents: readonly RecordDocument[];
  /** Documents that could not be read; the others stay usable. */
  readonly problems: readonly CorpusProblem[];
}
