/** What a question was taken for, given the questions before it. */
export interface Understood {
  /** What is searched for and answered. */
  readonly question: string;
  /** Whether it is the question as it was asked, or completed from what was asked before. */
  readonly from: 'question' | 'history';
  /** What completed it: a rule or a language model; null where nothing did. */
  readonly by: 'rule' | 'model' | null;
  /** The earlier question that it was completed from; null where it stands alone. */
  readonly earlier: string | null;
  /** Words that were carried over, in the order of the completed question. */
  readonly carried: readonly string[];
}

/**
 * Completes a question from those before it, in place of the rules.
 *
 * @param history earlier questions, oldest first
 * @returns the question as it stands alone, the same where it already does; undefined where the rules should decide
 */
export type Rewriter = (
  history: readonly string[],
  question: string,
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;
