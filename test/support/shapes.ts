import { z } from 'zod';

/** The shapes that the interface promises. They may gain fields, so others are let through. */

const span = z.tuple([z.int().min(0), z.int().min(1)]);
const spans = z.array(span).min(1);
const unit = z.number().min(0).max(1);

const place = z.object({
  document: z.string().min(1),
  paragraph: z.int().min(1).nullable(),
  label: z.string(),
  section: z.array(z.string()),
  year: z.int().nullable(),
  url: z.string(),
});

type Place = z.output<typeof place>;

/** "para. 71" and its address, or "front matter" for what has no number. */
function agrees({ document, paragraph, label, url }: Place): boolean {
  const [name, key] =
    paragraph === null ? ['front matter', 'front-matter'] : [`para. ${paragraph}`, String(paragraph)];
  return label === name && url === `/v1/documents/${document}/paragraphs/${key}`;
}

const passage = place.extend({ score: unit, snippet: z.string().min(1) }).refine(agrees);
const citation = place
  .extend({
    id: z.int().min(1),
    quote: z.string().min(1),
    spans,
    score: unit,
    leadIn: z.object({ quote: z.string().min(1), spans }).nullable(),
  })
  .refine(agrees);

export const searchShape = z.object({
  query: z.string().min(1),
  results: z.array(passage),
  index: z.string().min(1),
  tookMs: z.number().min(0),
});

const answerBase = z.object({
  passages: z.array(passage),
  confidence: unit,
  mode: z.enum(['extractive', 'generated']),
  generation: z
    .object({
      model: z.string().min(1),
      sentences: z.int().min(0),
      repaired: z.int().min(0),
      replaced: z.int().min(0),
      removed: z.int().min(0),
      tokens: z.object({ input: z.int().min(0), output: z.int().min(0) }),
      reason: z.string().min(1).optional(),
    })
    .optional(),
  sentences: z
    .array(
      z.object({
        text: z.string().min(1),
        citations: z.array(z.int().min(1)).min(1),
        words: z.enum(['model', 'record']),
      }),
    )
    .optional(),
  index: z.string().min(1),
  tookMs: z.number().min(0),
});

export const askShape = z.discriminatedUnion('status', [
  answerBase.extend({
    status: z.literal('answered'),
    answer: z.string().min(1),
    citations: z.array(citation).min(1),
  }),
  answerBase.extend({
    status: z.literal('not_found'),
    answer: z.null(),
    citations: z.array(z.never()),
  }),
]);

const verdict = z.enum(['verbatim', 'altered', 'stitched', 'misattributed', 'not_found']);

const match = z.object({
  document: z.string().min(1),
  paragraph: z.int().min(1).nullable(),
  label: z.string(),
  quote: z.string().min(1),
  spans,
  similarity: unit,
  changes: z.array(z.object({ source: z.string(), given: z.string() })),
  pieces: z.array(z.object({ quote: z.string().min(1), spans })),
  diff: z.array(z.object({ kind: z.enum(['same', 'record', 'given', 'omitted']), text: z.string().min(1) })),
});

export const verifyShape = z.object({ verdict, tooShort: z.boolean(), matches: z.array(match) });

const count = z.int().min(0);

export const draftShape = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['quotation', 'block', 'passage', 'statement']),
      text: z.string().min(1),
      start: count,
      end: count,
      claim: z
        .object({
          paragraphs: z.array(count).min(1),
          missing: z.array(count),
          document: z.string().nullable(),
          start: count.nullable(),
          end: count.nullable(),
        })
        .nullable(),
      verdict: verdict.nullable(),
      unjudged: z.enum(['too_short', 'paraphrase']).nullable(),
      matches: z.array(match),
    }),
  ),
  counts: z.record(z.enum([...verdict.options, 'too_short', 'paraphrase']), count),
  unchecked: count,
});

const placed = place.extend({
  quote: z.string().min(1),
  spans,
  leadIn: z.object({ quote: z.string().min(1), spans }).nullable(),
  footnote: z.int().min(1).nullable(),
});
const counted = z.object({ paragraphs: z.int().min(0) });

export const digestShape = z.object({
  topic: z.string().min(1),
  status: z.enum(['found', 'not_found']),
  filters: z.object({
    documents: z.array(z.string()),
    years: z.array(z.int()),
    sections: z.array(z.string()),
  }),
  scope: z.array(
    z.object({
      kind: z.enum(['year', 'pillar', 'round', 'section', 'heading']),
      value: z.string(),
      words: z.string(),
      mode: z.enum(['filter', 'boost']),
    }),
  ),
  documents: z.array(z.object({ id: z.string(), title: z.string(), date: z.iso.date() })),
  counts: z.object({
    paragraphs: z.int().min(0),
    quotations: z.int().min(0),
    years: z.array(counted.extend({ year: z.int().nullable() })),
    parts: z.array(counted.extend({ document: z.string(), part: z.string().nullable() })),
    elsewhere: z.int().min(0),
    omitted: z.int().min(0),
  }),
  silentYears: z.array(z.int()),
  years: z.array(
    z.object({
      year: z.int().nullable(),
      sections: z.array(
        z.object({
          document: z.string().min(1),
          section: z.array(z.string()),
          quotations: z
            .array(
              placed
                .extend({ id: z.int().min(1), score: unit, alsoIn: z.array(placed.refine(agrees)) })
                .refine(agrees),
            )
            .min(1),
        }),
      ),
    }),
  ),
  confidence: unit,
  index: z.string().min(1),
  tookMs: z.number().min(0),
});

const wording = z.object({ text: z.string().min(1), spans });

export const paragraphShape = place.extend({
  text: z.string().min(1),
  spans,
  bullets: z.array(wording),
  footnotes: z.array(wording.extend({ mark: z.int().min(1) })),
  previous: z.string().nullable(),
  next: z.string().nullable(),
});

export const documentShape = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  date: z.iso.date(),
  language: z.string().min(2),
});

export const documentsShape = z.object({ documents: z.array(documentShape).min(1) });

export const outlineShape = documentShape.extend({
  outline: z
    .array(
      z.object({
        kind: z.string(),
        title: z.string().min(1),
        level: z.int().min(1),
        year: z.int().nullable(),
        from: z.int().min(1),
        to: z.int().min(1),
        span,
      }),
    )
    .min(1),
});

export const problemShape = z.object({
  type: z.string().min(1),
  title: z.string().min(1),
  status: z.int().min(400).max(599),
  detail: z.string().min(1),
});

export type SearchBody = z.output<typeof searchShape>;
export type AskBody = z.output<typeof askShape>;
export type VerifyBody = z.output<typeof verifyShape>;
export type DigestBody = z.output<typeof digestShape>;
export type DraftBody = z.output<typeof draftShape>;
export type Problem = z.output<typeof problemShape>;
