import { z } from 'zod';
import { FORMATS } from '../digest/index.js';

/** Longest question and quotation, in characters. */
export const MAX_QUESTION = 2000;
/** Most earlier questions of a conversation. */
export const MAX_HISTORY = 20;
export const MAX_QUOTE = 10_000;
/** Longest draft that is verified, in characters. */
export const MAX_DRAFT = 200_000;
export const MAX_LIMIT = 50;
/** Most paragraphs of a digest. */
export const MAX_DIGEST = 100;

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
  history: z
    .array(text(MAX_QUESTION))
    .max(MAX_HISTORY)
    .describe('Earlier questions of the conversation, oldest first: a follow-up is completed from them.')
    .default([]),
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
  answer: z.enum(['extractive', 'generated']).default('generated'),
});

export const digestQuery = z.object({
  topic: text(MAX_QUESTION),
  limit: z.coerce.number().int().min(1).max(MAX_DIGEST).default(MAX_DIGEST),
  year: z.array(z.coerce.number().int().min(1).max(9999)).max(MAX_LIMIT).default([]),
  document: z.array(documentId).max(MAX_LIMIT).default([]),
  section: z.array(section).max(MAX_LIMIT).default([]),
  scope: z
    .stringbool()
    .meta({ enum: ['true', 'false'] })
    .default(true),
  format: z.enum(FORMATS).optional(),
});

export const verifyBody = z.object({
  quote: text(MAX_QUOTE),
  document: documentId.optional(),
  paragraph: z.int().min(0).nullish(),
});

/** A draft, whose places must stay what they are: nothing of it is cut off. */
export const draftBody = z.object({
  text: z
    .string()
    .meta({ minLength: 1, maxLength: MAX_DRAFT, pattern: '\\S' })
    .transform((value) => value.toWellFormed())
    .refine((value) => value.trim() !== '', 'must not be empty')
    .refine(
      (value) => [...value].length <= MAX_DRAFT,
      `must not be longer than ${MAX_DRAFT.toLocaleString('en')} characters`,
    ),
  paragraph: z
    .int()
    .min(0)
    .nullish()
    .transform((value) => value ?? null),
  quote: z.undefined('give either a quote or a text').optional(),
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

/** A field of a form that was left empty counts as not sent. */
function unlessBlank<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  );
}

/** Values of a field that a form sends any number of times. */
function several<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value.filter((one) => String(one).trim() !== '') : value),
    z.array(schema).max(MAX_LIMIT).default([]),
  );
}

/** Query of the pages that ask and search: that of `/v1/search`, earlier questions, and fields may be blank. */
export const askPageQuery = z.object({
  q: unlessBlank(text(MAX_QUESTION)),
  after: several(text(MAX_QUESTION)),
  year: several(z.coerce.number().pipe(year)),
  document: several(documentId),
  section: several(section),
  scope: z.stringbool().default(true),
  answer: z.enum(['extractive', 'generated']).default('generated'),
});

/** How a table on a page is sorted and narrowed. */
export const tableQuery = z.object({
  sort: unlessBlank(z.string().max(40)),
  order: z.enum(['asc', 'desc']).optional(),
  filter: unlessBlank(text(MAX_QUESTION)),
});

export const readPageQuery = z.object({
  mark: marks.optional().transform((value) => value ?? []),
  find: unlessBlank(text(MAX_QUESTION)),
  /** Number of the hit to stand at, from 1. */
  hit: unlessBlank(z.coerce.number().pipe(z.int().min(1))).transform((value) => value ?? 1),
});

/** A draft as a form sends it, with line breaks as browsers write them. */
export const draftForm = draftBody.extend({
  text: z
    .string()
    .default('')
    .transform((value) => value.replaceAll('\r\n', '\n'))
    .pipe(draftBody.shape.text),
  paragraph: z
    .string()
    .trim()
    .default('')
    .transform((value) => (value === '' ? null : Number(value)))
    .pipe(z.int().min(0).nullable()),
});
