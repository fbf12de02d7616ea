import { z } from 'zod';

/** Longest question and quotation, in characters. */
export const MAX_QUESTION = 2000;
export const MAX_QUOTE = 10_000;
export const MAX_LIMIT = 50;

/**
 * Text of a request: lone surrogates replaced, not blank, counted in characters as people count them. What the contract says of it
 * is in `meta`, because a JSON Schema cannot be made of functions.
 */
function text(max: number) {
  return z
    .string()
    .meta({ minLength: 1, maxLength: max, pattern: '\\S' })
    .transform((value) => value.toWellFormed().trim())
    .refine((value) => value !== '', 'must not be empty')
    .refine(
      (value) => [...value].length <= max,
      `must not be longer than ${max.toLocaleString('en')} characters`,
    );
}

const year = z.int().min(1).max(9999);
const documentId = z.string().min(1).max(200);
const section = z.string().trim().min(1).max(300);

export const searchQuery = z.object({
  q: text(MAX_QUESTION),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(10),
  year: z.array(z.coerce.number().int().min(1).max(9999)).max(MAX_LIMIT).default([]),
  document: z.array(documentId).max(MAX_LIMIT).default([]),
  section: z.array(section).max(MAX_LIMIT).default([]),
  scope: z
    .stringbool()
    .meta({ enum: ['true', 'false'] })
    .default(true),
});

export const askBody = z.object({
  question: text(MAX_QUESTION),
  limit: z.int().min(1).max(MAX_LIMIT).default(5),
  // A misspelt filter must not be taken for no filter.
  filters: z
    .strictObject({
      documents: z.array(documentId).max(MAX_LIMIT).default([]),
      years: z.array(year).max(MAX_LIMIT).default([]),
      sections: z.array(section).max(MAX_LIMIT).default([]),
      paragraphs: z
        .strictObject({ from: z.int().min(0).optional(), to: z.int().min(0).optional() })
        .nullish()
        .transform((value) => value ?? null),
    })
    .prefault({}),
  scope: z.boolean().default(true),
});

export const verifyBody = z.object({
  quote: text(MAX_QUOTE),
  document: documentId.optional(),
  paragraph: z.int().min(0).nullish(),
});

/** `start-end` pairs with commas between, as the reading page's links carry them. */
const marks = z
  .string()
  .regex(/^\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,99}$/, 'must be like 61234-61398')
  .transform((value) =>
    value
      .split(',')
      .map((pair): [number, number] => [Number(pair.split('-')[0]), Number(pair.split('-')[1])]),
  );

export const pageQuery = z.object({
  q: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    text(MAX_QUESTION).optional(),
  ),
  mark: marks.optional().transform((value) => value ?? []),
});
