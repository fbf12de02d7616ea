import { z } from 'zod';

/** What can be wrong with a sentence, as people planted it. */
export const PLANTED = [
  'number',
  'negation',
  'paragraph',
  'quotation',
  'body',
  'cause',
  'instruction',
] as const;
export type Planted = (typeof PLANTED)[number];

/** A sentence as a model could write it, and whether it may reach a reader. */
export const groundingCaseSchema = z.strictObject({
  id: z.string().min(1),
  fault: z.enum([...PLANTED, 'none']),
  /** How a correct one was made of the record: shortened, combined, condensed, reworded. */
  kind: z.string().min(1).optional(),
  /** Without marks. */
  sentence: z.string().min(1),
  /** Paragraphs that it cites; 0 is the front matter. */
  cites: z.array(z.int().min(0)).min(1),
  /** Text to stand at the end of the first of these paragraphs, with the instruction that is followed, or not. */
  planted: z.string().min(1).optional(),
});

export type GroundingCase = z.output<typeof groundingCaseSchema>;
