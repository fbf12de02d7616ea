import { z } from 'zod';

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
  label: z.string().describe('"para. 71", or "front matter".'),
  section: z.array(z.string()).describe('Headings above it, outermost first.'),
  year: z.int().nullable().describe('Year of the heading above it.'),
  url: z.string().describe('Path of the paragraph on this server.'),
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
    kind: z.enum(['year', 'pillar', 'round', 'section']),
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

export const askAnswer = z.object({
  status: z
    .enum(['answered', 'not_found'])
    .describe('not_found: the record does not answer; there are no citations, but the nearest passages.'),
  answer: z.string().nullable().describe('Prose with [1] markers; null when not_found.'),
  citations: z.array(citation),
  passages: z.array(passage).describe('What was considered, best first.'),
  confidence: share.describe('Probability that the record answers the question.'),
  mode: z.literal('extractive').describe('Only the source is quoted.'),
  scope: z.array(scopeTerm),
  index: identity,
  tookMs,
});

export const verifyAnswer = z.object({
  verdict: z
    .enum(['verbatim', 'altered', 'stitched', 'misattributed', 'not_found'])
    .describe(
      'altered: one passage, words differ. stitched: fragments joined into what was never said. misattributed: verbatim, but not where it was said to stand.',
    ),
  matches: z.array(
    z.object({
      ...placeFields,
      quote: z.string(),
      spans,
      similarity: share,
      changes: z.array(z.object({ source: z.string(), given: z.string() })),
    }),
  ),
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
export const passagesEvent = askAnswer.pick({ passages: true, scope: true });
