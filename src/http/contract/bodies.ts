import { z } from 'zod';
import { FALLBACK_REASONS } from '../../response/index.js';

/** Every body that a response has. `agreement.ts` holds them and the views to each other when the program is compiled. */

/** UTF-16 code units of the source file. */
const offset = z.int().min(0);
const span = z.tuple([offset, offset]).describe('[start, end) in UTF-16 code units of the source file.');
const spans = z.array(span).describe('Joined, and without what is not wording, they give the quotation.');
const share = z.number().min(0).max(1);
const identity = z.string().describe('Identity of the index that answered: same corpus, same identity.');
const tookMs = z.number().min(0).describe('Time that the answer took, in milliseconds.');

const placeFields = {
  document: z.string(),
  paragraph: z.int().min(1).nullable().describe('null for text before paragraph 1.'),
  label: z.string().describe('"para. 71", "annex I, para. 3", or "front matter".'),
  section: z.array(z.string()).describe('Headings above it, outermost first.'),
  year: z.int().nullable().describe('Year of the heading above it.'),
  url: z.string().describe('Path of the paragraph on this server.'),
  printed: z
    .string()
    .nullable()
    .exactOptional()
    .describe('The number that is printed before it, null where none is. Left out where it is `paragraph`.'),
  page: z
    .int()
    .min(1)
    .nullable()
    .exactOptional()
    .describe('Page on which it begins, where the file has pages.'),
};

export const passage = z.object({
  ...placeFields,
  score: share,
  snippet: z.string(),
});

const quotation = z.object({ quote: z.string(), spans });

export const citation = z.object({
  id: z.int().min(1).describe('Its number in the answer: [1].'),
  quote: z.string().describe('The own words of the source.'),
  spans,
  ...placeFields,
  score: share,
  leadIn: quotation.nullable().describe('What introduces the list that it is an item of.'),
  footnote: z.int().min(1).nullable().describe('Number of the footnote that it stands in.'),
});

export const scopeTerm = z
  .object({
    kind: z.enum(['year', 'pillar', 'round', 'section', 'heading']),
    value: z.string().describe('What it stands for, as the outline says it.'),
    words: z.string().describe('The words of the question that say it.'),
    mode: z.enum(['filter', 'boost']).describe('A filter leaves out what is outside, a boost puts it lower.'),
  })
  .describe('A limit that was understood from the words of a question.');

export const searchAnswer = z.object({
  query: z.string(),
  results: z.array(passage).describe('Best first, one a paragraph.'),
  scope: z.array(scopeTerm),
  index: identity,
  tookMs,
});

const generation = z
  .object({
    model: z.string().describe('provider:model.'),
    sentences: z.int().min(0).describe('That the model wrote.'),
    repaired: z.int().min(0).describe('Of them in the answer in a second wording.'),
    replaced: z
      .int()
      .min(0)
      .describe("Of them told in the record's own words, because the model's could not be proved."),
    removed: z.int().min(0).describe('Of them not in the answer: the record does not bear them out.'),
    tokens: z
      .object({ input: z.int().min(0), output: z.int().min(0) })
      .describe('That it read and wrote for this request, as far as it says.'),
    reason: z.enum(FALLBACK_REASONS).optional().describe('Why the answer is extractive all the same.'),
  })
  .describe('What a language model had to do with it, where one is set and was asked.');

export const sentence = z.object({
  text: z.string().describe('With its marks.'),
  citations: z.array(z.int().min(1)).describe('Ids of the citations whose marks it has.'),
  words: z
    .enum(['model', 'record'])
    .describe(
      'model: a wording of the model that was checked. record: a quotation in the place of one that could not be proved; it has one citation, whose quote stands in the text.',
    ),
});

export const understood = z
  .object({
    question: z.string().describe('What was searched for and answered.'),
    from: z
      .enum(['question', 'history'])
      .describe('question: as it was asked, it stands alone. history: completed from what was asked before.'),
    by: z.enum(['rule', 'model']).nullable().describe('What completed it; null where nothing did.'),
    earlier: z.string().nullable().describe('The earlier question that it was completed from.'),
    carried: z
      .array(z.string())
      .describe('Words that the question itself does not have, in the order of the completed one.'),
  })
  .describe('What a question was understood as, after those before it.');

export const askAnswer = z.object({
  status: z
    .enum(['answered', 'not_found'])
    .describe('not_found: the record does not answer; there are no citations, but the nearest passages.'),
  answer: z.string().nullable().describe('Prose with [1] markers; null when not_found.'),
  citations: z.array(citation),
  passages: z.array(passage).describe('What was considered, best first.'),
  confidence: share.describe('Probability that the record answers the question.'),
  mode: z
    .enum(['extractive', 'generated'])
    .describe(
      'extractive: only the source is quoted. generated: written by a language model, and every sentence checked against what it cites.',
    ),
  generation: generation.optional(),
  sentences: z
    .array(sentence)
    .optional()
    .describe('Only of a generated answer: what it is made of, in order.'),
  scope: z.array(scopeTerm),
  understood: understood.optional().describe('Only where the request has a history.'),
  index: identity,
  tookMs,
});

const verdict = z
  .enum(['verbatim', 'altered', 'stitched', 'misattributed', 'not_found'])
  .describe(
    'altered: one passage, words differ. stitched: fragments joined into what was never said. misattributed: verbatim, but not where it was said to stand.',
  );

const match = z.object({
  ...placeFields,
  quote: z.string(),
  spans,
  similarity: share,
  changes: z.array(z.object({ source: z.string(), given: z.string() })),
  pieces: z
    .array(quotation)
    .describe('Where words were openly left out or put in: what is quoted on either side. Else empty.'),
  diff: z
    .array(z.object({ kind: z.enum(['same', 'record', 'given', 'omitted']), text: z.string() }))
    .describe('Where words differ: all of them in order, to be read with a space between. Else empty.'),
});

export const verifyAnswer = z.object({
  verdict,
  tooShort: z.boolean().describe('not_found because so few and common words prove nothing.'),
  matches: z.array(match),
});

const count = z.int().min(0);

export const draftAnswer = z.object({
  items: z
    .array(
      z.object({
        kind: z.enum(['quotation', 'block', 'passage', 'statement']),
        text: z.string().describe('What is checked, without its marks.'),
        start: offset.describe('Where it begins in the draft, in UTF-16 code units.'),
        end: offset,
        claim: z
          .object({
            paragraphs: z.array(count).describe('That the draft names; 0 is the front matter.'),
            missing: z.array(count).describe('Those of them that no document has.'),
            document: z.string().nullable(),
            start: offset.nullable(),
            end: offset.nullable(),
          })
          .nullable(),
        verdict: verdict.nullable(),
        unjudged: z.enum(['too_short', 'paraphrase']).nullable().describe('Why there is no verdict.'),
        matches: z.array(match),
      }),
    )
    .describe('In the order of the draft.'),
  counts: z.object({
    verbatim: count,
    altered: count,
    stitched: count,
    misattributed: count,
    not_found: count,
    too_short: count,
    paraphrase: count,
  }),
  unchecked: count.describe(
    'Items that are not checked: longer than 10,000 characters, or beyond the first thousand.',
  ),
});

const digestQuotation = z.object({
  quote: z.string(),
  spans,
  leadIn: quotation.nullable(),
  footnote: z.int().min(1).nullable(),
  ...placeFields,
});

export const digestAnswer = z.object({
  topic: z.string(),
  status: z.enum(['found', 'not_found']),
  filters: z.object({
    documents: z.array(z.string()),
    years: z.array(z.int()),
    sections: z.array(z.string()),
  }),
  scope: z.array(scopeTerm),
  documents: z.array(z.object({ id: z.string(), title: z.string(), date: z.string() })),
  counts: z.object({
    paragraphs: count,
    quotations: count,
    years: z.array(z.object({ year: z.int().nullable(), paragraphs: count })),
    parts: z.array(z.object({ document: z.string(), part: z.string().nullable(), paragraphs: count })),
    elsewhere: count.describe('Paragraphs on the topic outside what the request asks for.'),
    omitted: count.describe('Paragraphs on the topic that the limit left out.'),
  }),
  silentYears: z.array(z.int()).describe('Years of the record without a statement on the topic.'),
  years: z.array(
    z.object({
      year: z.int().nullable(),
      sections: z.array(
        z.object({
          document: z.string(),
          section: z.array(z.string()),
          quotations: z.array(
            digestQuotation.extend({
              id: z.int().min(1),
              score: share,
              alsoIn: z.array(digestQuotation).describe('Where the record says the same again.'),
            }),
          ),
        }),
      ),
    }),
  ),
  confidence: share,
  index: identity,
  tookMs,
});

export const documentSummary = z.object({
  id: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  date: z.iso.date(),
  language: z.string().describe('BCP 47 tag.'),
  symbol: z.string().nullable(),
  body: z.string().nullable(),
  sha256: z.string().describe("Of the file's bytes, hexadecimal."),
  paragraphs: z.int().min(0).describe('How many numbered ones there are.'),
  url: z.string(),
});

export const documentList = z.object({ documents: z.array(documentSummary) });

export const documentDetail = documentSummary.extend({
  frontMatter: z.boolean().describe('Whether there is text before paragraph 1.'),
  outline: z.array(
    z.object({
      kind: z.enum(['part', 'year', 'section', 'sub-heading']),
      title: z.string(),
      level: z.int().min(1).describe('1 for the outermost.'),
      year: z.int().nullable(),
      from: z.int().describe('First paragraph.'),
      to: z.int().describe('Last paragraph.'),
      span,
    }),
  ),
  source: z.string().describe('Path of the file as it is.'),
});

const wording = z.object({ text: z.string(), spans });

export const paragraphAnswer = z.object({
  ...placeFields,
  ...wording.shape,
  bullets: z.array(wording),
  footnotes: z.array(wording.extend({ mark: z.int() })),
  previous: z.string().nullable().describe('Path of the paragraph before it.'),
  next: z.string().nullable().describe('Path of the paragraph after it.'),
});

export const up = z.object({ status: z.literal('up') });

const buildProgress = z.object({ stage: z.string(), done: z.number(), total: z.number() });

export const ready = z.object({
  status: z.literal('ready'),
  index: identity,
  building: buildProgress.optional().describe('How far another index is that is built meanwhile.'),
});

export const reindexProgress = z.object({
  state: z.enum(['idle', 'running', 'done', 'failed']),
  index: z.string().nullable().describe('Identity of the index that answers since.'),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  progress: buildProgress
    .nullable()
    .describe('How far the building is, whoever asked for it; null while nothing is built.'),
});

export const problemDetails = z
  .object({
    type: z.string().describe('urn:paracite:problem:..., one for each status.'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong and what to do.'),
    requestId: z.string().optional().describe('The X-Request-Id of the response; the log has it too.'),
  })
  .describe('Problem details (RFC 9457).');

/** Events of a streamed answer, each with the JSON of its `data`. */
export const passagesEvent = askAnswer.pick({ passages: true, scope: true, understood: true });
