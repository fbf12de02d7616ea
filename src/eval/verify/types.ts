import { createHash } from 'node:crypto';
import { z } from 'zod';
import { VERDICTS } from '../../verify/index.js';

/** A quotation with the verdict that is right for it. */
export const verifyCaseSchema = z.object({
  id: z.string().min(1),
  expected: z.enum(VERDICTS),
  quote: z.string().min(1),
  /** Paragraph that it is said to stand in; 0 is the front matter. */
  paragraph: z.int().min(0).nullable().default(null),
  document: z.string().optional(),
  /** Paragraphs that it, or a part of it, comes from; empty where nobody noted them. */
  source: z.array(z.int().min(0)).default([]),
  /** How it was made. */
  how: z.string().min(1),
});

export type VerifyCase = z.output<typeof verifyCaseSchema>;

export const HALVES = ['dev', 'test'] as const;
export type Half = (typeof HALVES)[number];

/** The half of a case, by its id: only the development half may be looked at and tuned on. */
export function halfOf({ id }: VerifyCase): Half {
  const [first = 0] = createHash('sha256').update(id).digest();
  return first % 2 === 0 ? 'dev' : 'test';
}
