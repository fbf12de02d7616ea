import { parseRecord, placeOf, type RecordDocument, spansOf } from '../../corpus/index.js';
import { ParaciteError } from '../../errors.js';
import { openWriter, type Writer } from '../../generate/index.js';
import type { AnswerView } from '../../response/index.js';
import { NO_FILTERS } from '../../retrieve/index.js';
import { startScriptedModel } from '../scripted-model.js';
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
    const paragraph = document.paragraphs.find((one) => one.number === number);
    if (!paragraph) throw new ParaciteError('bad_request', `there is no paragraph ${number}`);
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

/** The record as if the text had stood in its file, at the end of the first paragraph that is cited. */
function planted(document: RecordDocument, { cites, planted: text }: GroundingCase): RecordDocument {
  if (text === undefined) return document;
  const paragraph = document.paragraphs.find(({ number }) => number === cites[0]);
  if (!paragraph) throw new ParaciteError('bad_request', `there is no paragraph ${cites[0]}`);
  const { wording } = paragraph;
  const end = spansOf(wording, 0, wording.text.length, document.source).at(-1)?.[1] ?? 0;
  const source = `${document.source.slice(0, end)} ${text}${document.source.slice(end)}`;
  return { ...document, source, ...parseRecord(source) };
}
