import { placeOf, type RecordDocument } from '../../corpus/index.js';
import { openWriter, type Writer } from '../../generate/index.js';
import type { AnswerView } from '../../response/index.js';
import { NO_FILTERS } from '../../retrieve/index.js';
import { startScriptedModel } from '../scripted-model.js';
import { holdsSame } from './held.js';
import { checkedPassages, paragraphOf, planted } from './passages.js';
import type { GroundingCase } from './types.js';

/** Nothing waits for a model that answers at once: only a busy machine takes as long as this, in milliseconds. */
const PATIENCE_MS = 120_000;
/** Citations that an answer may have: as many as its quotations. */
const MAX_LIMIT = 20;

/** What became of a sentence. */
export interface TriedCase {
  readonly item: GroundingCase;
  /** What of it reached the reader in the model's words, without marks; null where none of it did. */
  readonly shown: string | null;
  /** What the reader got in the record's words. */
  readonly quoted: readonly string[];
  /** Whether that says the same of the paragraphs that the sentence cites, as `holdsSame` has it. */
  readonly held: boolean;
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
      const source = planted(document, item);
      const given = await givenFor(writer, source, item);
      const texts = checkedPassages(source, item.cites).map(({ text }) => text);
      tried.push({ item, ...given, held: holdsSame(item.sentence, given.quoted, texts) });
    }
    return tried;
  } finally {
    await model.close();
  }
}

/** What a reader is shown for the sentence, by whose words it is. */
async function givenFor(
  writer: Writer,
  document: RecordDocument,
  { id, cites }: GroundingCase,
): Promise<Pick<TriedCase, 'shown' | 'quoted'>> {
  const responder = { documents: [document], ask: async () => foundIn(document, cites) };
  const question = {
    text: 'What does the record say?',
    limit: MAX_LIMIT,
    filters: NO_FILTERS,
    scope: false,
  };
  const { mode, sentences = [], citations, generation } = await writer.ask(responder, question, {});
  // Any other reason says something of this machine and nothing of the sentence.
  if (mode !== 'generated' && generation?.reason !== 'too_little')
    throw new Error(`${id} was not judged: ${generation?.reason}`);
  const own = sentences.filter(({ words }) => words === 'model').map(({ text }) => text);
  const ids = sentences.filter(({ words }) => words === 'record').flatMap((sentence) => sentence.citations);
  return {
    shown: own.length > 0 ? own.join(' ').replaceAll(/ *\[\d+\]/gu, '') : null,
    quoted: citations.filter((citation) => ids.includes(citation.id)).map(({ quote }) => quote),
  };
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
