/** A statement of an answer, with the passages that it cites. */
export interface Statement<P> {
  readonly text: string;
  readonly cited: readonly P[];
}

/** Whether passages, taken together, bear a text out. */
export type Judge<P> = (text: string, passages: readonly P[]) => boolean;

export interface CitationScores {
  /** A value a statement: 1 where what it cites bears it out. */
  readonly supported: readonly number[];
  /** Mean of them. */
  readonly recall: number;
  /** Share of the citations that are of use. */
  readonly precision: number;
}

/**
 * Citation recall and precision of an answer as in ALCE (Gao et al. 2023, section 4.3): a statement counts where all its citations
 * together bear it out; a citation counts where its statement does and it bears it out alone, or the others without it do
 * not. An answer that cites nothing has a precision of 0.
 */
export function citationScores<P>(statements: readonly Statement<P>[], judge: Judge<P>): CitationScores {
  const judged = (text: string, passages: readonly P[]) => passages.length > 0 && judge(text, passages);
  const supported = statements.map(({ text, cited }) => (judged(text, cited) ? 1 : 0));
  const useful = statements.flatMap(({ text, cited }, at) =>
    cited.map((one, position) =>
      supported[at] === 1 && (judged(text, [one]) || !judged(text, cited.toSpliced(position, 1))) ? 1 : 0,
    ),
  );
  return { supported, recall: share(supported), precision: share(useful) };
}

function share(values: readonly number[]): number {
  return values.reduce((sum: number, value) => sum + value, 0) / Math.max(values.length, 1);
}
