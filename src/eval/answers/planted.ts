import { placeOf, type RecordDocument } from '../../corpus/index.js';
import { openWriter, type Writer } from '../../generate/index.js';
import type { AnswerView } from '../../response/index.js';
import { NO_FILTERS } from '../../retrieve/index.js';
import { startScriptedModel } from '../scripted-model.js';
import { paragraphOf, planted } from './passages.js';
import type { GroundingCase } from './types.js';

/** Nothing waits for a model that answers at once: only a busy machine takes as long as this, in milliseconds. */
const PATIENCE_MS = 120_000;

/** What became of a sentence. */
export interface TriedCase {
  readonly item: GroundingCase;
  /** What of it reached the reader, without marks; null where none of it did. */
  readonly shown: string | null;
}

/**
 * Has a model say each sentence, with the paragraphs that it cites shown to it, and looks at what reaches the reader. The model is a
 * script behind a real server that speaks OpenAI's protocol, and says the same again when it is asked to mend it. All
 * between it and the reader is as it is for any `ANSWER_MODEL`; only what would be found for a question is given.
 *
 * @throws ParaciteError `bad_request` where a paragraph that is cited is not there
 */
export async function tryCases(
  document: RecordDocument,
  cases: readonly GroundingCase[],
): Promise<TriedCase[]> {
  let says = '';
  const model = await startScriptedModel(({ messages }) => ({
    text: messages.length > 2 ? `1: ${says}` : says,
  }));
  try {
    const writer = await openWriter({
      answer: {
        provider: 'openai',
        model: 'scripted',
        url: model.url,
        apiKey: undefined,
        timeoutMs: PATIENCE_MS,
        prices: { input: 0, output: 0 },
      },
      cacheEntries: 0,
      requestTimeoutMs: PATIENCE_MS,
    });
    if (!writer) throw new RangeError('no writer for settings that have a model');
    const tried: TriedCase[] = [];
    for (const item of cases) {
      says = `${item.sentence} ${item.cites.map((_, position) => `[${position + 1}]`).join('')}`;
      tried.push({ item, shown: await shownOf(writer, planted(document, item), item) });
    }
    return tried;
  } finally {
    await model.close();
  }
}

/** What of the sentence is in the answer that a reader is shown. */
async function shownOf(
  writer: Writer,
  document: RecordDocument,
  { id, cites }: GroundingCase,
): Promise<string | null> {
  const responder = { documents: [document], ask: async () => foundIn(document, cites) };
  const question = {
    text: 'What does the record say?',
    limit: cites.length,
    filters: NO_FILTERS,
    scope: false,
  };
  const { mode, answer, generation } = await writer.ask(responder, question, {});
  if (mode === 'generated') return answer?.replaceAll(/ *\[\d+\]/gu, '') ?? null;
  // Any other reason says something of this machine and nothing of the sentence.
  if (generation?.reason !== 'too_little') throw new Error(`${id} was not judged: ${generation?.reason}`);
  return null;
}

/** The answer that the paragraphs were found for. */
function foundIn(document: RecordDocument, cites: readonly number[]): AnswerView {
  const passages = cites.map((number) => {
    const paragraph = paragraphOf(document, number);
    return { ...placeOf({ document, paragraph }), score: 1, snippet: paragraph.wording.text };
  });
  return {
    status: 'answered',
    answer: '',
    citations: [],
    passages,
    confidence: 1,
    mode: 'extractive',
    scope: [],
    index: '',
  };
}
