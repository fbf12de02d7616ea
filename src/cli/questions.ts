import { appendFile, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Config } from '../config.js';
import { describeProblem, type Paragraph } from '../corpus/index.js';
import { messageOf, ParaciteError } from '../errors.js';
import { draftQuestions, estimateOf, openModel, type Tokens } from '../generate/index.js';
import { NO_FILTERS, retrieve } from '../retrieve/index.js';
import { Service } from '../service.js';
import { EXIT } from './commands.js';

export interface QuestionsArguments {
  /** Id of the document. */
  readonly document: string;
  /** Whether the cost needs no consent. */
  readonly yes: boolean;
}

/** Results among which a question must find its paragraph. */
const FOUND_AMONG = 10;
const MILLION = 1_000_000;
/** Tokens that a model may write for a paragraph. */
const MAX_TOKENS = 2000;

/**
 * `paracite questions`: drafts the sidecar of a document, a line a paragraph, appended as soon as it is whole; what is there already, in
 * the sidecar or in the draft, is not drafted again.
 */
export async function questionsCommand(config: Config, args: QuestionsArguments): Promise<number> {
  if (!config.answer)
    throw new ParaciteError('config', 'questions are drafted by a language model; set ANSWER_MODEL');
  const { prices, timeoutMs } = config.answer;
  const model = await openModel(config.answer, MAX_TOKENS);
  const service = await Service.open(config, {
    onProblem: (problem) => console.error(`left out: ${describeProblem(problem)}`),
  });
  try {
    const { index } = service;
    const document = index.documents.find(({ metadata }) => metadata.id === args.document);
    if (!document) {
      const ids = index.documents.map(({ metadata }) => metadata.id).join(', ');
      throw new ParaciteError('bad_request', `no document "${args.document}"; there are ${ids}`);
    }
    const file = path.join(config.corpusDirectory, `${args.document}.questions.draft.jsonl`);
    const drafted = await draftedIn(file);
    const done = new Set([...drafted, ...document.questions].map(({ paragraph }) => paragraph));
    const open = document.paragraphs.filter(({ number }) => !done.has(number));
    if (open.length === 0) {
      console.log(`every paragraph of ${args.document} has questions, drafted ones in ${file}`);
      return EXIT.well;
    }
    const costOf = ({ input, output }: Tokens) => (input * prices.input + output * prices.output) / MILLION;
    const estimate = estimateOf(open);
    console.log(
      `${open.length} paragraph(s) with ${model.name}: about ${estimate.input} tokens to read and ${estimate.output} to write${priceOf(costOf(estimate))}`,
    );
    if (!args.yes && !(await consents())) return EXIT.failed;

    const used = { input: 0, output: 0 };
    const before = [...drafted, ...document.questions].flatMap(({ questions, unanswered }) => [
      ...questions,
      ...unanswered,
    ]);
    const drafter = {
      model,
      timeoutMs: timeoutMs,
      onTokens: ({ input, output }: Tokens) => {
        used.input += input;
        used.output += output;
      },
      embed: (texts: string[]) => index.embeddings.embedDocuments(texts),
      finds: async (text: string, { number }: Paragraph) => {
        const query = { text, limit: FOUND_AMONG, filters: NO_FILTERS, scope: false };
        const { passages } = await retrieve(index, query);
        return passages.some((one) => one.document === document && one.paragraph.number === number);
      },
    };
    let failed = 0;
    let dropped = 0;
    for (const paragraph of open) {
      try {
        const { dropped: left, ...line } = await draftQuestions(drafter, paragraph, before);
        dropped += left;
        before.push(...line.questions, ...line.unanswered);
        if (line.questions.length === 0) throw new Error('no draft that fits');
        await appendFile(file, `${JSON.stringify(line)}\n`);
        console.log(
          `paragraph ${paragraph.number}: ${line.questions.length} and ${line.unanswered.length} without an answer`,
        );
      } catch (error) {
        failed += 1;
        const why =
          error instanceof Error && 'status' in error ? `status ${String(error.status)}` : reasonOf(error);
        console.error(`paragraph ${paragraph.number}: nothing drafted (${why})`);
      }
    }
    console.log(
      `${used.input} tokens read and ${used.output} written${priceOf(costOf(used))}; ${dropped} draft(s) left out`,
    );
    console.log(`Read ${file}, strike and mend, and rename it to ${args.document}.questions.jsonl`);
    if (failed > 0) console.error(`paracite: ${failed} paragraph(s) have none; run it again to go on`);
    return failed > 0 ? EXIT.failed : EXIT.well;
  } finally {
    await service.close();
  }
}

/** What a provider's package says may hold a part of a key: only errors of our own are told. */
function reasonOf(error: unknown): string {
  const own =
    error instanceof Error && (error.name === 'ModelFailure' || error.message === 'no draft that fits');
  return own ? messageOf(error) : 'the model failed';
}

function priceOf(cost: number): string {
  return cost > 0 ? `, ${cost.toFixed(2)} at the prices of the settings` : '';
}

/** Whole lines of a draft that was begun; half a line, of a run that was killed, is cut off. */
async function draftedIn(file: string) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      try {
        const { paragraph, questions = [], unanswered = [] } = JSON.parse(line) as Partial<Line>;
        return { paragraph, questions, unanswered };
      } catch {
        throw new ParaciteError(
          'bad_request',
          `${file}:${at + 1}: this is no JSON; mend the line or remove it`,
        );
      }
    });
}

interface Line {
  readonly paragraph: number;
  readonly questions: readonly string[];
  readonly unanswered: readonly string[];
}

async function consents(): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new ParaciteError('bad_request', 'nobody can be asked whether that is right; give --yes');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/iu.test((await terminal.question('Go on? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
