import type { CallToolResult, ListToolsResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type MatchView, paragraphView, type Responder } from '../../response/index.js';
import { answering } from '../answering.js';
import * as bodies from '../contract/bodies.js';
import { SETTINGS } from '../contract/index.js';
import { findDocument, findParagraph } from '../find.js';
import { parse } from '../problems.js';
import { askBody, draftBody, verifyBody } from '../schemas.js';
import { since } from '../took.js';
import { answerInWords, type Naming, type Place, passagesInWords, titlesOf } from '../words.js';
import { paragraphAddress } from './addresses.js';

/** What a tool is called with, beside its arguments. */
export interface ToolContext {
  /** What answers. @throws ParaciteError `not_ready` while nothing does */
  readonly responder: () => Promise<Responder>;
  /** Ends what was not begun: the client went away or changed its mind. */
  readonly signal: AbortSignal;
  /** Told of what is asked, for the log where the settings allow it. */
  readonly onQuestion: (question: string) => void;
}

export interface Tool {
  readonly description: ListToolsResult['tools'][number];
  /** @throws ParaciteError `bad_request` where the arguments do not fit, and whatever the responder throws */
  readonly call: (given: unknown, context: ToolContext) => Promise<CallToolResult>;
}

/** What a tool says: the body that HTTP has, the same in words, and the places that the words are about. */
interface Said {
  readonly body: object;
  readonly text: string;
  readonly places: readonly (Place & { readonly label: string })[];
}

interface Definition<I extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: I;
  readonly output: z.ZodObject;
  readonly run: (given: z.output<I>, context: Omit<ToolContext, 'responder'> & Answering) => Promise<Said>;
}

interface Answering {
  readonly responder: Responder;
}

const PARAGRAPH = z
  .int()
  .min(0)
  .nullable()
  .describe('Its number; null or 0 for the front matter, what stands before paragraph 1.');

const { shape } = askBody;
/** What limits a question and a search, in the words that an assistant reads. */
const LIMITS = {
  limit: shape.limit.describe('Most results.'),
  filters: shape.filters.describe(
    'Leaves out what is outside: ids of documents, years of the headings above a paragraph, parts of headings, a range of paragraph numbers. Values of one kind widen, kinds narrow.',
  ),
  scope: shape.scope.describe('Whether words such as "in 2022" limit the search too.'),
};

/** Every tool, by its name. What it takes and gives is said by the schemas that check requests over HTTP. */
export const TOOLS: ReadonlyMap<string, Tool> = new Map(
  [
    tool({
      name: 'ask',
      title: 'Ask the record',
      description:
        'Answers a question about the meeting records with verbatim quotations, each with its paragraph, or says that the record does not answer it. Ask one thing at a time, as a whole question, or give the questions before it as its history. Years and sessions named in the question limit the search ("in 2022"); filters do so for sure. Quote what it gives word for word, with its paragraph; where it says that the record does not answer, say so too.',
      input: askBody.extend({
        question: shape.question.describe(
          'One question, as a whole sentence, or one that follows from those of the history.',
        ),
        history: shape.history.describe(
          'Questions that were asked before, oldest first. A follow-up such as "and in 2023?" is completed from them, and `understood` says to what; not needed for a question that stands alone.',
        ),
        ...LIMITS,
        answer: shape.answer.describe(
          'extractive: only quotations, also where a language model writes answers.',
        ),
      }),
      output: bodies.askAnswer,
      run: async (asked, { responder, signal, onQuestion }) => {
        onQuestion(asked.question);
        const started = performance.now();
        const view = await answering(responder, asked, { signal });
        return {
          body: { ...view, tookMs: since(started) },
          text: answerInWords(view, namingOf(responder)),
          places: view.answer === null ? view.passages : view.citations,
        };
      },
    }),
    tool({
      name: 'search',
      title: 'Search the record',
      description:
        'Lists the paragraphs nearest to some words, best first, each with a snippet. It finds passages; it does not say whether they answer anything. Use read_paragraph for the whole of one.',
      input: z.object({ query: shape.question.describe('Words to look for.'), ...LIMITS }),
      output: bodies.searchAnswer,
      run: async ({ query, ...rest }, { responder, signal, onQuestion }) => {
        onQuestion(query);
        const started = performance.now();
        const view = await responder.search({ text: query, ...rest }, { signal });
        const none =
          'Nothing is near these words within these limits; leave out filters, or try other words.';
        return {
          body: { ...view, tookMs: since(started) },
          text: view.results.length === 0 ? none : passagesInWords(view.results, namingOf(responder)),
          places: view.results,
        };
      },
    }),
    tool({
      name: 'verify',
      title: 'Verify a quotation',
      description:
        'Compares one quotation with the record: verbatim, altered (with the words that differ), stitched (real fragments joined into what was never said), misattributed (stands in another paragraph than was claimed) or not_found. Use it before you show a quotation that you wrote yourself.',
      input: verifyBody.extend({
        quote: verifyBody.shape.quote.describe('The quotation, without its quotation marks.'),
        document: verifyBody.shape.document.describe('Id of the document that it is said to stand in.'),
        paragraph: verifyBody.shape.paragraph.describe(
          'Number of the paragraph that it is said to stand in, 0 for the front matter.',
        ),
      }),
      output: bodies.verifyAnswer,
      run: async ({ paragraph = null, ...claim }, { responder, signal }) => {
        const view = await responder.verify({ ...claim, paragraph }, { signal });
        const { verdict, tooShort } = view;
        // Where a stock phrase stands is in the body; said in words it would look like proof.
        const matches = tooShort ? [] : view.matches;
        const reason = tooShort ? ': so few and common words prove nothing' : '';
        return {
          body: view,
          text: [`${verdict}${reason}`, ...matches.map((match) => matchInWords(match, responder))].join('\n'),
          places: matches,
        };
      },
    }),
    tool({
      name: 'verify_draft',
      title: 'Verify every quotation of a draft',
      description:
        'Finds the quotations of a text of up to 200,000 characters and the paragraphs that it names for them, and compares each with the record as verify does.',
      input: draftBody.omit({ quote: true }),
      output: bodies.draftAnswer,
      run: async (draft, { responder, signal }) => {
        const view = await responder.verifyDraft(draft, { signal });
        const items = view.items.map(({ text, verdict, unjudged, matches }) =>
          [
            `${verdict ?? unjudged}: ${text}`,
            ...matches.slice(0, 1).map((match) => matchInWords(match, responder)),
          ].join('\n'),
        );
        return {
          body: view,
          text: items.length === 0 ? 'The draft has nothing that could be checked.' : items.join('\n\n'),
          places: [],
        };
      },
    }),
    tool({
      name: 'read_paragraph',
      title: 'Read a paragraph',
      description:
        'The whole text of one paragraph, with its list items, footnotes, headings and neighbours.',
      input: z.object({
        document: z.string().min(1).max(200).describe('Id of the document.'),
        paragraph: PARAGRAPH,
      }),
      output: bodies.paragraphAnswer,
      run: async ({ document: id, paragraph: number }, { responder }) => {
        const document = findDocument(responder.documents, id);
        const view = paragraphView(document, findParagraph(document, keyOfNumber(number)));
        const footnotes = view.footnotes.map(({ mark, text }) => `Footnote ${mark}: ${text}`);
        return {
          body: view,
          text: [
            [document.metadata.shortTitle, ...view.section, view.label].join(' > '),
            view.text,
            ...footnotes,
          ].join('\n\n'),
          places: [view],
        };
      },
    }),
  ].map((one) => [one.description.name, one]),
);

function tool<I extends z.ZodObject>(definition: Definition<I>): Tool {
  const { name, title, description, input, output, run } = definition;
  // A misspelt limit must not be taken for no limit.
  const strict = input.strict();
  return {
    description: {
      name,
      title,
      description,
      inputSchema: schemaOf(strict),
      outputSchema: schemaOf(output),
      annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    },
    call: async (given, context) => {
      const checked = parse(strict, given);
      const responder = await context.responder();
      const { body, text, places } = await run(checked as z.output<I>, { ...context, responder });
      return {
        content: [{ type: 'text', text }, ...linksTo(places, responder)],
        structuredContent: { ...body },
      };
    },
  };
}

/** Draft 7, which is what clients check with; as with the contract, answers may gain fields. */
function schemaOf(schema: z.ZodObject): { type: 'object' } {
  const { '~standard': _, ...plain } = z.toJSONSchema(schema, { ...SETTINGS, target: 'draft-7' });
  return plain as { type: 'object' };
}

/** A link to each place, once. */
function linksTo(places: Said['places'], { documents }: Responder): CallToolResult['content'] {
  const links = new Map(
    places.map(({ document, paragraph, label }) => {
      const uri = addressOf({ document, paragraph });
      const title = documents.find(({ metadata }) => metadata.id === document)?.metadata.shortTitle;
      return [
        uri,
        {
          type: 'resource_link' as const,
          uri,
          name: `${document}, ${label}`,
          ...(title !== undefined && { title: `${title}, ${label}` }),
          mimeType: 'application/json',
        },
      ];
    }),
  );
  return [...links.values()];
}

function matchInWords({ quote, label, document, changes }: MatchView, responder: Responder): string {
  const differ = changes.map(({ source, given }) => {
    if (given === '') return `the record has “${source}” besides`;
    return source === ''
      ? `the record does not have “${given}”`
      : `the record has “${source}”, not “${given}”`;
  });
  return [`- ${titlesOf(responder)(document)}, ${label}: “${quote}”`, ...differ].join('\n  ');
}

function namingOf(responder: Responder): Naming {
  return { titleOf: titlesOf(responder), addressOf };
}

function addressOf({ document, paragraph }: Place): string {
  return paragraphAddress(document, keyOfNumber(paragraph));
}

function keyOfNumber(paragraph: number | null): string {
  return paragraph === null || paragraph === 0 ? 'front-matter' : String(paragraph);
}
