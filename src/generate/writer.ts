import { LRUCache } from 'lru-cache';
import type { Question } from '../answer/index.js';
import type { Config } from '../config.js';
import type { RecordDocument } from '../corpus/index.js';
import { ParaciteError } from '../errors.js';
import type {
  AnswerView,
  GenerationView,
  RequestOptions,
  Responder,
  SentenceView,
} from '../response/index.js';
import { requestKey } from '../serving/index.js';
import type { Rewriter } from '../understand/index.js';
import { deadlineOf } from './deadline.js';
import { failureOf } from './failures.js';
import { openModel } from './open.js';
import { numberedPassages } from './passages.js';
import { rewriterOf } from './rewrite.js';
import { type Tally, tally, type WritingStats } from './tally.js';
import type { AnswerModel, ModelFailure, Tokens } from './types.js';
import { TooLittle, type WrittenCounts, write } from './write.js';

export interface WriterOptions {
  /** Told of each answer that stays extractive because the model gave none: why, and the provider's HTTP status. */
  readonly onFallback?: (failure: ModelFailure) => void;
}

/** Has a language model write answers, and lets none of it through that the record does not bear out. */
export interface Writer {
  /** provider:model */
  readonly model: string;
  stats(): WritingStats;
  /** Completes follow-ups; leaves to the rules what it cannot complete in time, or only with words that nobody said. */
  readonly rewriter: Rewriter;
  /**
   * The answer of a responder in prose. What is not found stays not found; where the model fails or too little of what it
   * writes is borne out, the extractive answer is given, with the reason.
   *
   * @throws ParaciteError what the responder throws, and `cancelled` where the client goes away
   */
  ask(
    responder: Pick<Responder, 'documents' | 'ask'>,
    question: Question,
    options: RequestOptions,
  ): Promise<AnswerView>;
}

/**
 * Opens the language model of the settings; the one place where that is done.
 *
 * @returns null where none is set
 * @throws ParaciteError `config` where it cannot be opened
 */
export async function openWriter(
  config: Pick<Config, 'answer' | 'cacheEntries' | 'requestTimeoutMs'>,
  options: WriterOptions = {},
): Promise<Writer | null> {
  return config.answer && makeWriter(await openModel(config.answer), config, options);
}

/** The same responder, whose answers are written. The same one where there is no writer. */
export function written(responder: Responder, writer: Writer | null): Responder {
  if (!writer) return responder;
  return {
    // They change while it runs.
    get documents() {
      return responder.documents;
    },
    get identity() {
      return responder.identity;
    },
    get builtAt() {
      return responder.builtAt;
    },
    ask: (question, options = {}) => writer.ask(responder, question, options),
    rewriter: writer.rewriter,
    search: (query, options) => responder.search(query, options),
    verify: (claim, options) => responder.verify(claim, options),
    verifyDraft: (draft, options) => responder.verifyDraft(draft, options),
    digest: (query, options) => responder.digest(query, options),
  };
}

interface Known {
  readonly view: AnswerView;
  readonly sentences: readonly SentenceView[];
}

/** Share of the time for an answer in which a follow-up must be completed. */
const REWRITING = 0.25;
const NO_TOKENS: Tokens = { input: 0, output: 0 };
const NOTHING: WrittenCounts = { written: 0, repaired: 0, replaced: 0, removed: 0 };

function makeWriter(
  model: AnswerModel,
  { answer, cacheEntries, requestTimeoutMs }: Parameters<typeof openWriter>[0],
  { onFallback = () => undefined }: WriterOptions,
): Writer {
  const known = cacheEntries > 0 ? new LRUCache<string, Known>({ max: cacheEntries }) : null;
  const counts: Tally = tally(answer?.prices ?? NO_TOKENS);
  const limitMs = answer?.timeoutMs ?? requestTimeoutMs;

  return {
    model: model.name,
    stats: counts.stats,
    rewriter: rewriterOf(model, {
      limitMs: limitMs * REWRITING,
      entries: cacheEntries,
      onTokens: counts.tokens,
    }),
    ask: async (responder, question, options) => {
      const started = performance.now();
      // Read with the question, so that they are those of the index that answers it.
      const { documents } = responder;
      const extractive = await responder.ask(question, options);
      if (extractive.status !== 'answered' || question.answer === 'extractive') return extractive;
      const key = JSON.stringify([
        model.name,
        requestKey(extractive.index, { kind: 'ask', request: question }),
      ]);
      const before = known?.get(key);
      options.progress?.found(extractive);
      if (before) {
        counts.known();
        for (const sentence of before.sentences) options.progress?.sentence(sentence);
        return before.view;
      }
      const timeLeft = Math.min(limitMs, requestTimeoutMs - (performance.now() - started));
      const made = await attempt({ question, extractive, documents, options, timeLeft });
      if (made.sentences.length > 0) known?.set(key, { ...made, view: withoutTokens(made.view) });
      return made.view;
    },
  };

  async function attempt({ question, extractive, documents, options, timeLeft }: Attempt): Promise<Known> {
    const passages = numberedPassages(extractive, documents);
    let tokens = NO_TOKENS;
    const generation = ({ written: sentences, ...outcomes }: WrittenCounts): GenerationView => ({
      model: model.name,
      sentences,
      ...outcomes,
      tokens,
    });
    const deadline = deadlineOf(timeLeft, options.signal);
    try {
      const made = await write({
        model,
        question: question.text,
        passages,
        language: passages[0]?.document.metadata.language ?? 'en',
        limit: question.limit,
        signal: deadline.signal,
        onSentence: (sentence) => options.progress?.sentence(sentence),
        onTokens: (more) => {
          tokens = { input: tokens.input + more.input, output: tokens.output + more.output };
          counts.tokens(more);
        },
      });
      counts.generated(made.counts);
      const { sentences, citations } = made;
      const answer = sentences.map(({ text }) => text).join(' ');
      return {
        sentences,
        view: {
          ...extractive,
          answer,
          citations: [...citations],
          mode: 'generated',
          sentences,
          generation: generation(made.counts),
        },
      };
    } catch (error) {
      if (options.signal?.aborted)
        throw new ParaciteError('cancelled', 'the client went away before it was answered');
      const failure = failureOf(error);
      const made = error instanceof TooLittle ? error.counts : NOTHING;
      counts.fellBack(failure.reason, made);
      onFallback(failure);
      const { reason } = failure;
      return { sentences: [], view: { ...extractive, generation: { ...generation(made), reason } } };
    } finally {
      deadline.clear();
    }
  }
}

interface Attempt {
  readonly question: Question;
  readonly extractive: AnswerView;
  readonly documents: readonly RecordDocument[];
  readonly options: RequestOptions;
  /** In milliseconds. */
  readonly timeLeft: number;
}

/** What is known costs nothing the second time. */
function withoutTokens(view: AnswerView): AnswerView {
  return { ...view, ...(view.generation && { generation: { ...view.generation, tokens: NO_TOKENS } }) };
}
