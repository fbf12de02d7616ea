import type { CitationView, SentenceView } from '../response/index.js';
import { citationBook } from './citations.js';
import { judge } from './judge.js';
import { type Outcome, orderedOutlet, type Settled } from './outlet.js';
import type { RecordWords } from './own-words.js';
import type { NumberedPassage } from './passages.js';
import { answerMessages, type Failed, NO_ANSWER, repairMessages, repairsIn } from './prompt.js';
import { read } from './read.js';
import { type Drafted, draftedIn, marked, sentenceReader } from './sentences.js';
import { type AnswerModel, ModelFailure, type Tokens } from './types.js';

/** Most sentences that are read of a model: what writes more does not stop by itself. */
const MAX_SENTENCES = 40;
/** Share of its sentences that must be left of an answer. */
const ENOUGH = 0.5;
export interface WriteOptions {
  readonly model: AnswerModel;
  readonly question: string;
  readonly passages: readonly NumberedPassage[];
  /** BCP 47 tag of the passages. */
  readonly language: string;
  /** Most citations. */
  readonly limit: number;
  /** Ends it, whatever the model does. */
  readonly signal: AbortSignal;
  /** Told of each sentence in the order of the answer, once it is checked. */
  readonly onSentence: (sentence: SentenceView) => void;
  /** Told of what each request took, also of one that failed. */
  readonly onTokens: (tokens: Tokens) => void;
}

/** An answer that the passages bear out, sentence by sentence. */
export interface Written {
  readonly sentences: readonly SentenceView[];
  readonly citations: readonly CitationView[];
  readonly counts: WrittenCounts;
}

/** What became of the sentences that a model wrote. */
export interface WrittenCounts {
  readonly written: number;
  /** Of them in a second wording. */
  readonly repaired: number;
  /** Of them told in the record's own words. */
  readonly replaced: number;
  /** Of them left out. */
  readonly removed: number;
}

/** How much a model wrote that came to nothing. */
export class TooLittle extends ModelFailure {
  constructor(readonly counts: WrittenCounts) {
    super('too_little');
  }
}

/** A sentence that failed, and what the record says in its place. */
interface Failing extends Failed {
  readonly instead: readonly RecordWords[];
}

/**
 * Has an answer written and checks every sentence of it. What is only not borne out for sure is told in the record's own words at once. What
 * has a fault is written a second time, all of it in one request; where that fails too, or does not come in time, the record's words
 * stand for it, and where it retells nothing it is left out.
 *
 * @throws ModelFailure, or what the model's package throws; the signal's reason where that came first
 */
export async function write(options: WriteOptions): Promise<Written> {
  const { model, question, passages, language, limit, onSentence } = options;
  const outlet = orderedOutlet(citationBook(limit), onSentence);
  const drafts: Drafted[] = [];
  const failed: Failing[] = [];
  const take = (drafted: Drafted) => {
    const judged = judge(drafted, passages);
    const { instead } = judged;
    const number = drafts.push(drafted);
    if (judged.cited) outlet.settle(number, { parts: [{ drafted, cited: judged.cited }], instead });
    else if (!judged.sure && instead.length > 0) outlet.settle(number, { parts: [], instead });
    else failed.push({ number, text: asWritten(drafted), faults: judged.faults, instead });
    if (number > MAX_SENTENCES) throw new ModelFailure('endless');
  };

  const reader = sentenceReader(language);
  let whole = '';
  await read(model, answerMessages(question, passages), options, (text) => {
    whole += text;
    if (whole.includes(NO_ANSWER)) throw new ModelFailure('refused');
    for (const drafted of reader.push(text)) take(drafted);
  });
  if (whole.trim() === '') throw new ModelFailure('empty');
  for (const drafted of reader.end()) take(drafted);

  const repaired = failed.length === 0 ? new Map<number, Settled>() : await repair(options, failed);
  for (const { number, instead } of failed)
    outlet.settle(number, repaired.get(number) ?? { parts: [], instead });
  const { sentences, outcomes, citations } = outlet.close(drafts.length);
  const counted = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const counts = {
    written: drafts.length,
    repaired: failed.filter(({ number }) => outcomes[number - 1] === 'model').length,
    replaced: counted('record'),
    removed: counted('none'),
  };
  const kept = drafts.length - counts.removed;
  if (kept === 0 || kept < ENOUGH * drafts.length) throw new TooLittle(counts);
  return { sentences, citations, counts };
}

/** What second wordings come to, by the number of the sentence. None where the model fails: what has passed stays. */
async function repair(options: WriteOptions, failed: readonly Failing[]): Promise<Map<number, Settled>> {
  const { model, question, passages, language, signal } = options;
  let whole = '';
  try {
    await read(model, repairMessages(question, passages, failed), options, (text) => {
      whole += text;
    });
  } catch (error) {
    if (isAbandoned(signal)) throw error;
    return new Map();
  }
  const repairs = repairsIn(whole);
  return new Map(
    failed.map(({ number, instead }) => {
      const again = draftedIn(repairs.get(number) ?? '', language).map((drafted) => ({
        drafted,
        judged: judge(drafted, passages),
      }));
      const passed = again.flatMap(({ drafted, judged: { cited } }) => (cited ? [{ drafted, cited }] : []));
      // A first wording may have cited what it did not retell.
      const own = instead.length > 0 ? instead : again.flatMap(({ judged }) => judged.instead);
      return [number, { parts: passed.length === again.length ? passed : [], instead: own }] as const;
    }),
  );
}

/** Whether nobody waits any more, rather than that time is up. */
function isAbandoned({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof ModelFailure);
}

function asWritten({ text, cites }: Drafted): string {
  return cites.length === 0 ? text : marked(text, cites);
}
