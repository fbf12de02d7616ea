import { z } from 'zod';

/** Whether a question has the record's words or an ordinary person's. */
export const REGISTERS = ['record', 'everyday'] as const;

/** One line of an evaluation set. */
export const evalQuestionSchema = z.object({
  id: z.string().min(1),
  question: z.string().min(1),
  kind: z.string().min(1),
  register: z.enum(REGISTERS).optional(),
  /** Every paragraph that answers it; 0 is the front matter, none where the record does not answer. */
  gold: z.array(z.int().min(0)),
  /** Any of these must be in what is quoted. */
  must_quote: z.array(z.string()).default([]),
  year: z.int().nullish(),
});

export type EvalQuestion = z.output<typeof evalQuestionSchema>;

/** Whether one right paragraph is looked for: recall@k and MRR are over these, themes have a figure of their own. */
export function isSingle({ gold, kind }: EvalQuestion): boolean {
  return gold.length > 0 && kind !== 'theme';
}

/** Kinds without an answer in the record. */
export const UNANSWERABLE = ['near', 'far', 'hostile'] as const;

/** Ranks paragraphs for a question: numbers, best first, at least 15 where there are as many. */
export interface System {
  readonly name: string;
  rank(question: string): Promise<number[]>;
}

/** A mean with its 95 % bootstrap interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Questions it is taken over. */
  readonly n: number;
}
